package domain

// Complainant is who complains, and for whom.
type Complainant struct {
	Name     string    `json:"name"`
	Phone    string    `json:"phone"`
	Province string    `json:"province"`
	Relation Relation  `json:"relation,omitempty"`
	OnBehalf *OnBehalf `json:"on_behalf_of,omitempty"`
}

// OnBehalf is the person for whom somebody else complains.
type OnBehalf struct {
	Name      string    `json:"name"`
	Phone     string    `json:"phone"`
	Authority Authority `json:"authority,omitempty"`
}

// StatedComplainant is who complains and for whom as a sheet states it:
// neighbours are no people of the workspace. An empty name is the owner of the
// workspace; a name of somebody who is in it stands for that person, and what is
// not stated is taken from there.
type StatedComplainant struct {
	Name  string `json:"name,omitempty"`
	Phone string `json:"phone,omitempty"`
	// OnBehalfOf is for whom they complain, empty for themselves.
	OnBehalfOf string `json:"on_behalf_of,omitempty"`
	// Relation is what the one who complains is to that person, Authority in which
	// form they allowed it.
	Relation  Relation  `json:"relation,omitempty"`
	Authority Authority `json:"authority,omitempty"`
	// Province is where the call was received.
	Province string `json:"province,omitempty"`
}

// SameParties says whether two complaints are stated by the same one for the same
// one; what else is stated of them may differ. nil is the owner's own.
func (c *StatedComplainant) SameParties(d *StatedComplainant) bool {
	return c.parties() == d.parties()
}

func (c *StatedComplainant) parties() StatedComplainant {
	if c == nil {
		return StatedComplainant{}
	}
	return StatedComplainant{Name: c.Name, Phone: c.Phone, OnBehalfOf: c.OnBehalfOf}
}
