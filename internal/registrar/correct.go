package registrar

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/numbers"
	"quietline/internal/registry"
)

// Corrections lists what the user says differently, by code and scope.
func (s *Service) Corrections(ctx context.Context) ([]domain.Correction, error) {
	return s.p.Store.Corrections(ctx)
}

// Correct stores what the user says of a code and has it count at once, also
// for the calls in the log. A note on a place that has an own entry becomes the
// note of that. The code may be written as a display shows it; the
// scope is a province by any of its names for a 96 code and may be empty for
// the others; the category is "other" where empty. It fails with
// domain.Problems that point at /code, /scope, /name_zh, /name_en, /category
// and /note.
func (s *Service) Correct(ctx context.Context, c domain.Correction) (Effect, error) {
	s.changing.Lock()
	defer s.changing.Unlock()
	c, err := s.besideOwn(ctx, c)
	if err != nil {
		return Effect{}, err
	}
	if c, err = s.fit(c); err != nil {
		return Effect{}, err
	}
	c.UpdatedAt = s.p.Clock.Now()
	if err := s.p.Store.SaveCorrection(ctx, c); err != nil {
		return Effect{}, err
	}
	return s.followAt(ctx, place{code: c.Code, scope: c.Scope})
}

// besideOwn makes of a note on a row that the user's own entry stands for that
// entry with the note: there is one correction for a place, and the names must
// not go for a note.
func (s *Service) besideOwn(ctx context.Context, c domain.Correction) (domain.Correction, error) {
	if c.Kind != domain.CorrectionNote || strings.TrimSpace(c.Note) == "" {
		return c, nil
	}
	at, problems := s.place(c.Code, c.Scope)
	if len(problems) > 0 {
		return c, nil // fit says so
	}
	all, err := s.p.Store.Corrections(ctx)
	for _, own := range all {
		if own.Code == at.code && own.Scope == at.scope && own.Kind == domain.CorrectionEntry {
			own.Note = c.Note
			return own, nil
		}
	}
	return c, err
}

// Undo takes a correction back, so that the list counts again. It fails with
// NotFound "registry.correction_missing".
func (s *Service) Undo(ctx context.Context, code, scope string) (Effect, error) {
	s.changing.Lock()
	defer s.changing.Unlock()
	at, err := s.corrected(ctx, code, scope)
	if err != nil {
		return Effect{}, err
	}
	if err := s.p.Store.RemoveCorrection(ctx, at.code, at.scope); err != nil {
		return Effect{}, err
	}
	return s.followAt(ctx, at)
}

// corrected finds the correction that is meant. One that is there counts however
// its code reads without it.
func (s *Service) corrected(ctx context.Context, code, scope string) (place, error) {
	at, _ := s.place(code, scope)
	all, err := s.p.Store.Corrections(ctx)
	if err != nil {
		return at, err
	}
	code, scope = strings.TrimSpace(code), strings.TrimSpace(scope)
	for _, c := range all {
		if c.Code == code && (c.Scope == scope || scope == "" && c.Scope == registry.National) {
			return place{code: c.Code, scope: c.Scope}, nil
		}
	}
	return at, nil
}

func (s *Service) followAt(ctx context.Context, at place) (Effect, error) {
	e, err := s.follow(ctx)
	e.Code, e.Scope = at.code, at.scope
	return e, err
}

// follow puts a change in force. What was stored stays stored where this is
// interrupted: Start does the rest.
func (s *Service) follow(ctx context.Context) (Effect, error) {
	if err := s.read(ctx); err != nil {
		return Effect{}, err
	}
	return s.rejudge(ctx)
}

const opCorrect = "registrar.Correct"

func wrong(pointer, key string, args domain.Args) *domain.Error {
	return domain.E(opCorrect, domain.Invalid, key, args, nil).At(pointer)
}

// fit brings a correction into its form and says what is wrong with it.
func (s *Service) fit(c domain.Correction) (domain.Correction, error) {
	at, problems := s.place(c.Code, c.Scope)
	c.Code, c.Scope = at.code, at.scope
	c.NameZH, c.NameEN = name(c.NameZH), name(c.NameEN)
	c.Note = strings.TrimSpace(domain.Undirected(strings.ReplaceAll(c.Note, "\r\n", "\n")))
	switch c.Kind {
	case domain.CorrectionEntry:
		problems = append(problems, fitEntry(&c)...)
	case domain.CorrectionHide, domain.CorrectionNote:
		c.NameZH, c.NameEN, c.Category = "", "", ""
		if _, ok := s.now.Load().snap.Listed(c.Code, c.Scope); !ok && len(problems) == 0 {
			problems = append(problems, wrong("/code", "registry.row_missing", domain.Args{"Code": c.Code}))
		}
		if c.Kind == domain.CorrectionNote && c.Note == "" {
			problems = append(problems, wrong("/note", "registry.note_missing", nil))
		}
	default:
		problems = append(problems, wrong("/kind", "registry.kind_unknown", domain.Args{"Value": domain.Clip(string(c.Kind), 40)}))
	}
	if n := utf8.RuneCountInString(c.Note); n > domain.MaxNoteLength {
		problems = append(problems, wrong("/note", "call.note_long", domain.Args{"Most": domain.MaxNoteLength, "Length": n}))
	}
	if strings.ContainsFunc(c.Note, func(r rune) bool {
		return r == utf8.RuneError || domain.Control(r) && !strings.ContainsRune("\t\n\u2028\u2029", r)
	}) {
		problems = append(problems, wrong("/note", "registry.text_broken", nil))
	}
	return c, problems.Err()
}

func fitEntry(c *domain.Correction) (problems domain.Problems) {
	if c.NameZH == "" {
		// A name is shown in both languages.
		c.NameZH, c.NameEN = c.NameEN, ""
	}
	if c.NameZH == "" {
		problems = append(problems, wrong("/name_zh", "registry.name_missing", nil))
	}
	for _, n := range []struct{ pointer, name string }{{"/name_zh", c.NameZH}, {"/name_en", c.NameEN}} {
		if utf8.RuneCountInString(n.name) > domain.MaxHolderName {
			problems = append(problems, wrong(n.pointer, "registry.name_long", domain.Args{"Most": domain.MaxHolderName}))
		}
		if strings.ContainsFunc(n.name, func(r rune) bool { return r == utf8.RuneError || domain.Control(r) }) {
			problems = append(problems, wrong(n.pointer, "registry.text_broken", nil))
		}
	}
	if c.Category == "" {
		c.Category = "other"
	}
	if !slices.Contains(registry.Categories(), c.Category) {
		problems = append(problems, wrong("/category", "registry.category_unknown", domain.Args{"Value": domain.Clip(c.Category, 40)}))
	}
	return problems
}

func name(s string) string { return strings.Join(strings.Fields(domain.Undirected(s)), " ") }

// place is what a correction is about.
type place struct{ code, scope string }

// place finds out which code and scope are meant.
func (s *Service) place(code, scope string) (place, domain.Problems) {
	snap := s.now.Load().snap
	check := numbers.New(numbers.Params{Registry: snap}).Check(code, "")
	at := place{code: check.Number, scope: strings.TrimSpace(scope)}
	if h, ok := listedAs(snap, code); ok {
		at.code = h
	} else if !ServiceLine(check) {
		return at, domain.Problems{wrong("/code", "registry.code_not_service", domain.Args{"Code": domain.Clip(code, 40)})}
	}
	provincial := check.Family == domain.FamilyProvincial96
	if provincial && at.scope == "" && check.AreaCode != "" {
		at.scope = check.Province
	}
	return at, fitScope(snap, &at, provincial)
}

// listedAs says whether the text is a code of the registry as it stands.
func listedAs(snap *registry.Snapshot, code string) (string, bool) {
	code = strings.TrimSpace(code)
	return code, snap.Find(code) != nil
}

// fitScope brings the scope into its form: a province for a 96 code or nothing,
// the whole country for every other.
func fitScope(snap *registry.Snapshot, at *place, provincial bool) domain.Problems {
	if !provincial {
		if at.scope != "" && at.scope != registry.National {
			return domain.Problems{wrong("/scope", "registry.scope_national", domain.Args{"Code": at.code})}
		}
		at.scope = registry.National
		return nil
	}
	if at.scope == "" {
		return nil
	}
	p, ok := snap.Province(at.scope)
	if !ok {
		return domain.Problems{wrong("/scope", "registry.scope_province", domain.Args{"Code": at.code})}
	}
	at.scope = p.NameZH
	return nil
}

// ServiceLine says whether the number is of a kind that a registry of service
// lines can name: not a person's phone, not foreign.
func ServiceLine(c domain.Check) bool {
	const shortest, longest = 3, 13
	if len(c.Number) < shortest || len(c.Number) > longest || c.Number[0] == '+' {
		return false
	}
	switch c.Family {
	case domain.FamilyEnterprise95, domain.FamilyCallCentre95, domain.FamilyPublic95, domain.FamilyUnassigned95,
		domain.FamilyProvincial96, domain.FamilyOperator, domain.FamilyPublicService,
		domain.FamilySharedCost, domain.FamilyTollFree, domain.FamilyPremium:
		return true
	default:
		return false
	}
}
