package domain

import (
	"slices"
	"strings"
	"time"
)

// The media types of evidence that the program takes.
const (
	MediaJPEG   = "image/jpeg"
	MediaPNG    = "image/png"
	MediaWebP   = "image/webp"
	MediaHEIC   = "image/heic"
	MediaMP3    = "audio/mpeg"
	MediaMP4    = "audio/mp4"
	MediaAAC    = "audio/aac"
	MediaAMR    = "audio/amr"
	MediaAMRWB  = "audio/amr-wb"
	Media3GPP   = "audio/3gpp"
	MediaWAV    = "audio/wav"
	MediaOgg    = "audio/ogg"
	MediaPDF    = "application/pdf"
	MediaText   = "text/plain"
	anyMedia    = "*/*"
	anyOfFamily = "/*"
)

// EvidenceTypes lists every media type that the program takes.
func EvidenceTypes() []string {
	return []string{
		MediaJPEG, MediaPNG, MediaWebP, MediaHEIC, MediaMP3, MediaMP4, MediaAAC, MediaAMR, MediaAMRWB,
		Media3GPP, MediaWAV, MediaOgg, MediaPDF, MediaText,
	}
}

// The limits on evidence that are ours; an endpoint may have narrower ones.
const (
	// MaxEvidence is the most files of a complaint (intake-v1.yaml).
	MaxEvidence = 20
	// MaxEvidenceBytes is the largest file.
	MaxEvidenceBytes = 512 << 20
	// MaxEvidenceName is the longest name of a file, in bytes.
	MaxEvidenceName = 120
)

// TakesEvidence says whether an endpoint with these capabilities takes files at
// all.
func (c *Capabilities) TakesEvidence() bool { return c.MaxEvidenceBytes > 0 }

// TakesMedia says whether it takes files of a media type. Endpoints write some
// types in other ways, and may name a whole family as "image/*".
func (c *Capabilities) TakesMedia(mediaType string) bool {
	return slices.ContainsFunc(c.EvidenceTypes, func(t string) bool {
		t, _, _ = strings.Cut(strings.ToLower(t), ";")
		t = strings.TrimSpace(t)
		family, isFamily := strings.CutSuffix(t, anyOfFamily)
		return t == anyMedia || isFamily && strings.HasPrefix(mediaType, family+"/") || sameMedia(t) == mediaType
	})
}

// sameMedia gives the name by which this program knows a media type.
func sameMedia(t string) string {
	switch t {
	case "image/jpg", "image/pjpeg":
		return MediaJPEG
	case "image/heif":
		return MediaHEIC
	case "audio/mp3":
		return MediaMP3
	case "audio/m4a", "audio/x-m4a", "audio/m4p":
		return MediaMP4
	case "audio/x-aac", "audio/aacp":
		return MediaAAC
	case "audio/x-wav", "audio/wave", "audio/vnd.wave":
		return MediaWAV
	case "application/ogg":
		return MediaOgg
	}
	return t
}

// MediaName is what people call a media type; one that the program does not know
// stays as it is.
func MediaName(mediaType string) string {
	switch sameMedia(mediaType) {
	case MediaJPEG:
		return "JPEG"
	case MediaPNG:
		return "PNG"
	case MediaWebP:
		return "WebP"
	case MediaHEIC:
		return "HEIC"
	case MediaMP3:
		return "MP3"
	case MediaMP4:
		return "M4A"
	case MediaAAC:
		return "AAC"
	case MediaAMR, MediaAMRWB:
		return "AMR"
	case Media3GPP:
		return "3GP"
	case MediaWAV:
		return "WAV"
	case MediaOgg:
		return "Ogg"
	case MediaPDF:
		return "PDF"
	case MediaText:
		return "TXT"
	}
	return mediaType
}

// TakenMedia are the names of what it takes of all that the program does. An endpoint
// may take more, and name it in words that mean nothing to people.
func (c *Capabilities) TakenMedia() []string {
	return MediaNames(slices.DeleteFunc(EvidenceTypes(), func(t string) bool { return !c.TakesMedia(t) }))
}

// MediaNames are the names of media types, each once.
func MediaNames(types []string) []string {
	var out []string
	for _, t := range types {
		if name := MediaName(t); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// EvidenceKind is what a file is to people.
type EvidenceKind string

// The kinds of files.
const (
	EvidencePicture   EvidenceKind = "picture"
	EvidenceRecording EvidenceKind = "recording"
	EvidenceDocument  EvidenceKind = "document"
	EvidenceText      EvidenceKind = "text"
)

// Kind is what the file is to people.
func (e Evidence) Kind() EvidenceKind {
	switch family, _, _ := strings.Cut(e.MediaType, "/"); family {
	case "image":
		return EvidencePicture
	case "audio":
		return EvidenceRecording
	case "text":
		return EvidenceText
	}
	return EvidenceDocument
}

// EvidenceState is how far a file of a complaint has come.
type EvidenceState string

// The states of a file.
const (
	// EvidenceStored: it is in the workspace, and its turn has not come.
	EvidenceStored EvidenceState = "stored"
	// EvidenceWaiting: its complaint is filed, and it is to be sent.
	EvidenceWaiting EvidenceState = "waiting"
	// EvidenceUploaded: the endpoint has it.
	EvidenceUploaded EvidenceState = "uploaded"
	// EvidenceRefused: the endpoint does not take it.
	EvidenceRefused EvidenceState = "refused"
	// EvidenceMissing: it is gone from the workspace, or was changed there,
	// before the endpoint had it.
	EvidenceMissing EvidenceState = "missing"
)

// EvidenceStates lists every state of a file.
func EvidenceStates() []EvidenceState {
	return []EvidenceState{EvidenceStored, EvidenceWaiting, EvidenceUploaded, EvidenceRefused, EvidenceMissing}
}

// EvidenceStatus is a file of a complaint with what became of it.
type EvidenceStatus struct {
	Evidence

	State EvidenceState
	// Attempts is how often sending was begun.
	Attempts int
	// NextAt is when it is tried again; zero for never.
	NextAt time.Time
	// ErrorKey is the message key of why it is not there yet, or empty, and
	// Detail the endpoint's own sentence.
	ErrorKey string
	Detail   string
	// HTTPStatus is that of the last answer, 0 for none.
	HTTPStatus int
}

// Err is why the file is not there yet, nil for no reason.
func (e *EvidenceStatus) Err() error {
	if e.ErrorKey == "" {
		return nil
	}
	return E("domain.Err", Unavailable, e.ErrorKey, Args{"Name": e.FileName, "Status": e.HTTPStatus}, nil)
}
