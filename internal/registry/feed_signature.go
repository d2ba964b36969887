package registry

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"aead.dev/minisign"

	"quietline/internal/domain"
)

const opVerify = "registry.VerifyManifest"

// maxKey is the longest public key, in bytes: one line, and room for the line
// of comment that a key file has before it.
const maxKey = 1024

// VerifyManifest reads a manifest after verifying that the owner of the key
// signed it. The key is a minisign public key: its one line, or a whole key
// file. The signature is a minisign signature file, pre-hashed, as minisign
// makes them since 0.10; its trusted comment is verified too.
//
// It fails as CheckKey and ParseManifest do, with Corrupt
// "registry.feed_too_large" (Args: File, Limit in KiB),
// "registry.feed_signature_malformed" where the signature is none,
// "registry.feed_key_other" (Args: Have, Want, the ids of the keys) where
// somebody else signed, and "registry.feed_signature_bad" where the manifest or
// the signature was changed.
func VerifyManifest(manifest, sig []byte, key string) (Manifest, error) {
	public, err := publicKey(key)
	if err != nil {
		return Manifest{}, err
	}
	if err := CheckSize(ManifestFile, manifest, MaxManifest); err != nil {
		return Manifest{}, err
	}
	if err := CheckSize(ManifestFile+SignatureEnd, sig, MaxSignature); err != nil {
		return Manifest{}, err
	}
	var s minisign.Signature
	if err := s.UnmarshalText(sig); err != nil || s.Algorithm != minisign.HashEdDSA {
		return Manifest{}, domain.E(opVerify, domain.Corrupt, "registry.feed_signature_malformed", nil, err)
	}
	if s.KeyID != public.ID() {
		return Manifest{}, domain.E(opVerify, domain.Corrupt, "registry.feed_key_other",
			domain.Args{"Have": keyID(s.KeyID), "Want": keyID(public.ID())}, nil)
	}
	if !minisign.Verify(public, manifest, sig) {
		return Manifest{}, domain.E(opVerify, domain.Corrupt, "registry.feed_signature_bad", nil, nil)
	}
	return ParseManifest(manifest)
}

// CheckKey fails with Invalid "registry.feed_key_malformed" at /key where the
// text is no minisign public key.
func CheckKey(key string) error {
	_, err := publicKey(key)
	return err
}

func publicKey(key string) (minisign.PublicKey, error) {
	var public minisign.PublicKey
	key = strings.TrimSpace(key)
	var err error
	if len(key) <= maxKey {
		if err = public.UnmarshalText([]byte(key)); err == nil {
			return public, nil
		}
	}
	// The cause would quote the text, which may be a secret key pasted by mistake.
	return public, domain.E("registry.CheckKey", domain.Invalid, "registry.feed_key_malformed", nil, nil).At("/key")
}

// keyID is how minisign writes the id of a key.
func keyID(id uint64) string { return fmt.Sprintf("%016X", id) }

// SignManifest signs a manifest for VerifyManifest. The same manifest and key
// give the same signature.
func SignManifest(manifest []byte, key minisign.PrivateKey) ([]byte, error) {
	r := minisign.NewReader(bytes.NewReader(manifest))
	if _, err := io.Copy(io.Discard, r); err != nil {
		return nil, domain.E("registry.SignManifest", domain.Internal, "internal", nil, err)
	}
	format := FeedFormat
	if m, err := ParseManifest(manifest); err == nil {
		format = m.format()
	}
	return r.SignWithComments(key, format+" file:"+ManifestFile, "signature of key "+keyID(key.ID())), nil
}
