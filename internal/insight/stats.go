package insight

import (
	"cmp"
	"slices"
	"time"

	"quietline/internal/domain"
)

// Stats are counts of calls that were received; Outgoing alone counts the
// others.
type Stats struct {
	Calls, Outgoing int64
	First, Last     time.Time
	// Days are the days in China with calls, ascending.
	Days []DayCount
	// Week counts by weekday, Monday first, and hour in China.
	Week [7][24]int64
	// Families and Categories count by code, the most first; a call without a
	// mark has no category.
	Families   []FamilyCount
	Categories []CategoryCount
	// Codes are the TopCodes holder codes with the most calls.
	Codes []CodeCount
	// Marked counts the different numbers that bear a mark.
	Marked int64
	Shares []Share
}

// Clone gives a copy that shares nothing.
func (s Stats) Clone() Stats {
	s.Days = slices.Clone(s.Days)
	for i := range s.Days {
		s.Days[i].Families = slices.Clone(s.Days[i].Families)
	}
	s.Families, s.Categories = slices.Clone(s.Families), slices.Clone(s.Categories)
	s.Codes, s.Shares = slices.Clone(s.Codes), slices.Clone(s.Shares)
	return s
}

// TopCodes is how many holder codes statistics list.
const TopCodes = 20

// DayCount counts the calls of one day, its beginning in China.
type DayCount struct {
	Day   time.Time
	Calls int64
	// Families count the same calls, by code.
	Families []FamilyCount
}

// FamilyCount counts the calls of one family.
type FamilyCount struct {
	Family domain.Family
	Calls  int64
}

// CategoryCount counts the calls with one mark, and their different numbers.
type CategoryCount struct {
	Category domain.Category
	Calls    int64
}

// CodeCount counts the calls of one holder code, and its different numbers.
type CodeCount struct {
	Code           string
	Calls, Numbers int64
}

// Class is a class of the national figures.
type Class string

// The classes whose national shares are known.
const (
	ClassSales      Class = "sales"
	ClassHarassment Class = "harassment"
	ClassFraud      Class = "fraud"
)

// Classes lists every class in the order of the national figures.
func Classes() []Class { return []Class{ClassSales, ClassHarassment, ClassFraud} }

// Share is how much of the marked numbers is of a class, beside the country.
type Share struct {
	Class Class
	// Numbers are different numbers with a mark of the class.
	Numbers int64
	// Share is of all marked numbers, 0 to 1; 0 where none is marked.
	Share float64
	// National is the share of the class among the 1.214 billion numbers that
	// were marked in China in 2019 (figures that the product quotes): sales
	// 41.35 %, harassing 15.64 %, fraud 7.12 %.
	National float64
}

// National is the class's share among the numbers marked in China in 2019.
func (c Class) National() float64 {
	switch c {
	case ClassSales:
		return 0.4135
	case ClassHarassment:
		return 0.1564
	case ClassFraud:
		return 0.0712
	}
	return 0
}

// ClassOf puts a category into a class of the national figures, empty for
// those that belong to none. What offers something is sales; what disturbs or
// threatens without an offer, harassment; what is meant to cheat, fraud. A
// survey and "other" are none of them.
func ClassOf(c domain.Category) Class {
	switch c {
	case domain.CategoryLoan, domain.CategoryInsurance, domain.CategoryRealEstate, domain.CategoryEducation,
		domain.CategorySecurities, domain.CategoryFoodDrug, domain.CategoryTobaccoAlcohol, domain.CategoryRetail,
		domain.CategoryRecruit, domain.CategoryDecoration, domain.CategoryTelecomPromo:
		return ClassSales
	case domain.CategoryMalicious, domain.CategorySilent, domain.CategoryCollection, domain.CategoryPorn:
		return ClassHarassment
	case domain.CategoryFraud, domain.CategoryInvoiceCert:
		return ClassFraud
	default:
		return ""
	}
}

// CategoriesOf lists the categories of a class.
func CategoriesOf(class Class) []domain.Category {
	return slices.DeleteFunc(domain.Categories(), func(c domain.Category) bool { return ClassOf(c) != class })
}

// AddHour counts calls of one family that were received in an hour, numbered
// since 1970 in Chinese time. Hours come in ascending order.
func (s *Stats) AddHour(hour int64, family domain.Family, calls int64) {
	day := hour / 24
	s.AddDay(day, family, calls)
	const thursday = 3 // of the first day of 1970, from Monday
	s.Week[(day+thursday)%7][hour%24] += calls
}

// AddDay counts calls of one family that were received on a day, numbered since
// 1970 in Chinese time. Days come in ascending order. Week is left as it is.
func (s *Stats) AddDay(day int64, family domain.Family, calls int64) {
	start := moment(DayStart(day))
	if n := len(s.Days); n == 0 || !s.Days[n-1].Day.Equal(start) {
		s.Days = append(s.Days, DayCount{Day: start})
	}
	s.Days[len(s.Days)-1].add(family, calls)
	s.Calls += calls
}

func (d *DayCount) add(family domain.Family, calls int64) {
	d.Calls += calls
	i, found := slices.BinarySearchFunc(d.Families, family, func(f FamilyCount, of domain.Family) int {
		return cmp.Compare(f.Family, of)
	})
	if !found {
		d.Families = slices.Insert(d.Families, i, FamilyCount{Family: family})
	}
	d.Families[i].Calls += calls
}

// Hours sums the calls by hour of the day.
func (s *Stats) Hours() (out [24]int64) {
	for _, day := range s.Week {
		for h, n := range day {
			out[h] += n
		}
	}
	return out
}

// Weekdays sums the calls by weekday, Monday first.
func (s *Stats) Weekdays() (out [7]int64) {
	for d, day := range s.Week {
		for _, n := range day {
			out[d] += n
		}
	}
	return out
}

// SetShares fills in Marked and Shares from the different numbers in all and by
// class.
func (s *Stats) SetShares(marked int64, by map[Class]int64) {
	s.Marked, s.Shares = marked, nil
	for _, c := range Classes() {
		share := Share{Class: c, Numbers: by[c], National: c.National()}
		if marked > 0 {
			share.Share = float64(by[c]) / float64(marked)
		}
		s.Shares = append(s.Shares, share)
	}
}
