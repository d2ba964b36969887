package practice

import (
	"fmt"
	"regexp"
	"time"

	"quietline/internal/domain"
)

var receiptForm = regexp.MustCompile(`^P([0-9]{8})-([0-9]{6,18})-([0-9])$`)

// receiptNumber is the number of the nth complaint, unique because n is: the
// day in China, n, and a check digit that finds a mistyped or swapped digit.
func receiptNumber(n int64, at time.Time) string {
	day, count := at.In(domain.China()).Format("20060102"), fmt.Sprintf("%06d", n)
	return fmt.Sprintf("P%s-%s-%d", day, count, checkDigit(day+count))
}

// validReceipt says whether the number has the right form and check digit.
func validReceipt(number string) bool {
	m := receiptForm.FindStringSubmatch(number)
	return m != nil && int(m[3][0]-'0') == checkDigit(m[1]+m[2])
}

// checkDigit is the check digit of ISO/IEC 7064, MOD 11,10.
func checkDigit(digits string) int {
	product := 10
	for _, d := range digits {
		sum := (int(d-'0') + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return (11 - product) % 10
}
