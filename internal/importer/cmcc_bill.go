package importer

// CMCCBill is the format "cmcc_bill": the table of China Mobile's web site,
// in the forms of the country, of Shanghai and of Shaanxi.
func CMCCBill() Format { return newTableBill("cmcc_bill", cmccTitles()) }
