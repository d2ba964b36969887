package importer

// CMCCJiangsu is the format "cmcc_jiangsu": the table of China Mobile Jiangsu,
// with "~" between its cells and times in fourteen digits.
func CMCCJiangsu() Format { return newTableBill("cmcc_jiangsu", cmccJiangsuTitles()) }
