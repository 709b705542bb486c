package survey

import "everykit/civil"

// BankHoliday reports whether a day is a bank holiday in a nation, by the nation's code as the statistics offices have it. Of
// other nations none is known.
func BankHoliday(nation string, day civil.Date) bool {
	if nation == "" {
		return false
	}
	switch nation[0] {
	case 'E', 'W':
		return isHoliday(englandAndWales, day)
	case 'S':
		return isHoliday(scotland, day)
	case 'N':
		return isHoliday(northernIreland, day)
	}
	return false
}
