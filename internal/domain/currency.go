package domain

// Yuan is the currency of a loss where nothing else is said.
const Yuan = "CNY"

// Currencies lists the currencies in which a loss may be stated, as ISO 4217
// codes, the yuan first.
func Currencies() []string {
	return []string{Yuan, "HKD", "MOP", "TWD", "USD", "EUR", "GBP", "JPY", "KRW", "SGD", "AUD", "CAD"}
}
