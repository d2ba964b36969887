package domain

// FraudKind is the scheme behind a fraud call. It says more about a complaint
// of the category fraud; ComplaintBody.FraudKind holds its code.
type FraudKind string

// The kinds of fraud of enums.md C.5: the police's ten, then those that aim at
// old people.
const (
	FraudOrderRebate     FraudKind = "order_rebate"
	FraudInvestment      FraudKind = "investment"
	FraudShopping        FraudKind = "shopping"
	FraudCustomerService FraudKind = "customer_service"
	FraudLoan            FraudKind = "loan"
	FraudCreditRepair    FraudKind = "credit_repair"
	FraudAcquaintance    FraudKind = "acquaintance"
	FraudAuthority       FraudKind = "authority"
	FraudRomance         FraudKind = "romance"
	FraudGameItems       FraudKind = "game_items"
	FraudRelative        FraudKind = "relative"
	FraudPrize           FraudKind = "prize"
	FraudHealthProducts  FraudKind = "health_products"
	FraudPension         FraudKind = "pension_investment"
	FraudProtection      FraudKind = "million_protection"
)

// FraudKinds lists every kind of fraud in the order of the form.
func FraudKinds() []FraudKind {
	return []FraudKind{
		FraudOrderRebate, FraudInvestment, FraudShopping, FraudCustomerService, FraudLoan,
		FraudCreditRepair, FraudAcquaintance, FraudAuthority, FraudRomance, FraudGameItems,
		FraudRelative, FraudPrize, FraudHealthProducts, FraudPension, FraudProtection,
	}
}

// FraudKindOf is the kind that a complaint names, empty for none.
func (b *ComplaintBody) FraudKindOf() FraudKind {
	if b.FraudKind == nil {
		return ""
	}
	return FraudKind(*b.FraudKind)
}
