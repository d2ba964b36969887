package importer

// UnicomBill is the format "unicom_bill": the table of China Unicom, with tabs
// or commas.
func UnicomBill() Format { return newTableBill("unicom_bill", unicomTitles()) }
