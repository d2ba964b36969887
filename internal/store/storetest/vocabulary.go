package storetest

// Chinese text for the tests of the search.
const (
	textFraud     = "诈骗"                  // a word of two characters
	textReversed  = "骗诈"                  // the same characters the other way round
	textSentence  = "对方说我涉嫌诈骗，要我转账"       // holds the word inside
	textUnrelated = "推销贷款，客气"             // does not
	textMixed     = "自称VIP客户经理"           // Latin inside Chinese
	textMixedWord = "vip客户"               // finds it
	textMixedPart = "自称vi"                // its beginning
	textName      = "妈妈"                  // a contact
	textOneHan    = "账"                   // a single character
	textTwoWords  = "转账 涉嫌"               // both are there, in another order
	textWide      = "Ｔ０１转"                // full-width forms
	textNarrow    = "T01"                 // the same, half-width
	textRare      = "𠮷田先生"                // a character beyond the basic plane
	textRareWord  = "𠮷田"                  // finds it
	textAcross    = "妈妈对方"                // end of the name, beginning of the note
	textQuotes    = `他说"转账"后 AND OR NOT*` // signs of the query language
	textQuoted    = `"转账"后`               // finds it
	textHolder    = "某银行"                 // a listed holder
	scopeAnhui    = "安徽"                  // a province
	nameHuishang  = "徽商银行"                // a holder there
)

// hanNote is a note in Chinese, which the index of texts takes apart.
const hanNote = "推销"
