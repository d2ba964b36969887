package advice

import (
	"strings"
	"testing"

	"quietline/internal/advice"
	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// sample is a small table of every kind of statement, so that goldens do not
// change with the shipped one.
const sample = `entry,group,part,value,zh,en,certainty,source
transferred,transferred,title,,我刚转了钱,I have just transferred money,own,
transferred,transferred,phone,110,报警：钱已经转出,Police: money has gone,verified,某公安 Page.example 2020-09-21; Other.example
transferred,transferred,phone,96110,反诈专线：咨询,Anti-fraud line: advice,verified,某公安 Page.example 2020-09-21
transferred,transferred,do,,马上打 110。,Call 110 at once.,verified,某公安 Page.example 2020-09-21
transferred,transferred,do,,请银行马上止付。,Ask the bank to stop the payment.,unverified,complaint-12321.md §4
transferred,transferred,do,,不要再转第二笔。,Send nothing more.,own,
transferred,transferred,say,,“我被骗了，请帮我止付。”,"""I have been cheated. Please help to stop it.""",own,
transferred,transferred,say,,什么时候转的、转了多少。,"When it was, and how much.",own,
transferred,transferred,keep,,转账凭证。,The receipt.,unverified,complaint-12321.md §4
transferred,transferred,caution,,没有“安全账户”。,"There is no ""safe account"".",verified,某公安 Page.example 2020-09-21
transferred,transferred,fact,,延迟转账还来得及撤回。,A delayed transfer can be recalled.,single,Bank.example
police,scam,title,,冒充公检法,"Fake police, prosecutors or courts",verified,某公安 Page.example 2022; 某报 Paper.example 2026-03-22
police,scam,sign,,说你涉案，要你保密。,"You are said to be in a case, and to tell nobody.",verified,
police,scam,sign,,派假“协勤员”上门取钱。,"A false ""auxiliary officer"" comes for the money.",single,某公安 Page.example 2022
police,scam,do,,挂断，自己打 110 核实。,Hang up and call 110 yourself.,own,
police,scam,phone,110,报警,Police,verified,
boss,scam,title,,冒充领导、熟人,"A ""boss"" or an acquaintance",verified,公安部 2024
boss,scam,sign,,急着用钱。,Money is needed now.,unverified,scam-patterns.md 11
boss,scam,do,,打他原来的号码，或见面核实。,"Call the number you know, or meet.",own,
overseas,operator,title,,关闭境外来电,Switch off calls from overseas,single,某公安 Page.example (2025-09-12)
overseas,operator,sms,10010 GBGJLH,中国联通：电话,China Unicom: calls,single,
overseas,operator,sms,KTVOLTE,需要 VoLTE，用这条短信开通。,VoLTE is needed; this message switches it on.,unverified,
overseas,operator,caution,,关闭以后，国外的亲人也打不进来。,"Relatives abroad cannot call either, then.",own,
overseas,operator,link,https://police.example/codes.html,公安的说明,The police page with these codes,single,
draft,rule,title,,管理规定（征求意见稿）,Draft rules on messages and voice calls,verified_draft,Law.example
draft,rule,fact,,不答复视为拒绝。,Silence counts as refusal.,verified_draft,
draft,rule,caution,,有没有通过，没有查到。,Whether it was adopted was not found.,unverified,
one_ring,scam,title,,“响一声”就挂,"One ring, then gone",verified_old,Old.example 2010
one_ring,scam,sign,,只响一声。,It rings once.,verified_old,
one_ring,scam,do,,不回拨。,Do not call back.,own,
who,report,title,,什么事找谁,Who handles what,verified,notice-2020.md §7
who,report,phone,12321,骚扰电话、垃圾短信,Harassing calls and spam,verified,
blocks,display,title,,95 开头的号码怎么看,Reading a number that begins with 95,verified,Interview.example
blocks,display,fact,,显示可以伪造。,The display can be forged.,verified,
`

// book answers as the use cases do, from a table of its own.
type book struct {
	*advice.Service
	table *advice.Table
	banks []domain.RegistryEntry
}

// Search finds banks by a part of their names.
func (b *book) Search(query string, limit int) []domain.RegistryEntry {
	var out []domain.RegistryEntry
	for _, x := range b.banks {
		if query != "" && strings.Contains(x.Holder.NameZH+strings.ToLower(x.Holder.NameEN), strings.ToLower(query)) {
			out = append(out, x)
		}
	}
	return out[:min(limit, len(out))]
}

func newBook(t testing.TB, table string) *book {
	t.Helper()
	b := &book{banks: []domain.RegistryEntry{
		{Code: "95588", Holder: domain.Holder{
			NameZH: "中国工商银行", NameEN: "Industrial and Commercial Bank of China", Category: "bank", Scope: "national",
			Confidence: "verified in 2+ sources", Source: "metowolf/vCards:data/bank.yaml; hotline page",
		}},
		{Code: "96588", Holder: domain.Holder{
			NameZH: "徽商银行", NameEN: "Huishang Bank", Category: "bank", Scope: "安徽",
			Confidence: "single source", Source: "metowolf/vCards:data/bank.yaml",
		}},
		{Code: "95999", Holder: domain.Holder{NameZH: "我的银行", NameEN: "My bank", Category: "bank", Scope: "national", Own: true}},
	}}
	b.set(t, table)
	b.Service = advice.New(advice.Params{Table: func() *advice.Table { return b.table }, Registry: b})
	return b
}

func (b *book) set(t testing.TB, table string) {
	t.Helper()
	var err error
	if b.table, err = advice.Parse([]byte(table)); err != nil {
		t.Fatal(err)
	}
}

// stage is a window with the page in it.
type stage struct {
	*uitest.Harness
	page *Page
	book *book
}

func show(t *testing.T, o uitest.Options, table string, r kit.Route) *stage {
	t.Helper()
	s := &stage{Harness: uitest.New(t, o), book: newBook(t, table)}
	s.page = New(Params{
		Env: s.Env, Advice: s.book, Registry: uitest.Registry,
		Province: func(name string) (domain.Province, bool) {
			return domain.Province{Code: "34", NameZH: "安徽", NameEN: "Anhui"}, name == "安徽"
		},
	})
	s.Show(s.page, r)
	return s
}
