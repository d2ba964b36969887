package l10n

import (
	"strings"

	"quietline/internal/domain"
)

// ProvinceName is the name of a province in the language of the moment, or the
// Chinese one where there is only that.
func (p *Printer) ProvinceName(v domain.Province) string {
	if p.Language() == English && v.NameEN != "" {
		return v.NameEN
	}
	return v.NameZH
}

// ProvinceNamed is ProvinceName for a province of which the Chinese name is
// known. A name that find, which may be nil, does not know stays as it is.
func (p *Printer) ProvinceNamed(nameZH string, find func(nameZH string) (domain.Province, bool)) string {
	if nameZH == "" || find == nil || p.Language() != English {
		return nameZH
	}
	if v, ok := find(nameZH); ok {
		return p.ProvinceName(v)
	}
	return nameZH
}

// HolderName is the one name of an organisation in the language of the moment,
// or the other one where there is only that.
func (p *Printer) HolderName(h domain.Holder) string {
	if h.NameZH == "" || p.Language() == English && h.NameEN != "" {
		return h.NameEN
	}
	return h.NameZH
}

// HolderInFull is HolderName followed, in English, by the Chinese name, which
// is what the organisation goes by.
func (p *Printer) HolderInFull(h domain.Holder) string {
	if name := p.HolderName(h); name != h.NameZH {
		return strings.TrimSpace(name + " " + h.NameZH)
	}
	return h.NameZH
}
