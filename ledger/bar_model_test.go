package ledger_test

import (
	"everykit/civil"
	"everykit/ledger"
)

// barModel is the simplest account of barred stock that could be right: for each of three lots at each of three outlets
// what is there now and what was there when yesterday ended. Lots 0 and 1 may be joined. Deeds are of today or yesterday.
type barModel struct {
	today  civil.Date
	step   int
	at     [3][3]barred // by lot and outlet
	bars   [3][]modelBar
	joined bool
}

// barred is a lot at an outlet.
type barred struct {
	now, yesterday barredCounts
	unchecked      int
	released       map[int]bool // by notice
}

type barredCounts struct{ shelf, held, spoiled, transit, people, lost int }

type modelBar struct {
	notice int
	kind   ledger.Bars
	on     civil.Date
	step   int // at which it began to bar this lot
}

// move changes a day's end and all since.
func (b *barred) move(day, today civil.Date, fn func(*barredCounts)) {
	fn(&b.now)
	if day < today {
		fn(&b.yesterday)
	}
}

func (m *barModel) any(lot int, kind ledger.Bars) *modelBar {
	for i, b := range m.bars[lot] {
		if b.kind == kind {
			return &m.bars[lot][i]
		}
	}
	return nil
}

// holds is the first withdrawal that holds a lot at an outlet.
func (m *barModel) holds(lot, outlet int) *modelBar {
	for i, b := range m.bars[lot] {
		if b.kind == ledger.Withdrawn && !m.at[lot][outlet].released[b.notice] {
			return &m.bars[lot][i]
		}
	}
	return nil
}

// land puts kits on a shelf as the notices say.
func (m *barModel) land(lot, outlet, kits int, day civil.Date, checked bool) {
	at := &m.at[lot][outlet]
	at.move(day, m.today, func(c *barredCounts) { c.shelf += kits })
	if b := m.holds(lot, outlet); b != nil {
		at.move(max(day, b.on), m.today, func(c *barredCounts) { c.shelf -= kits; c.held += kits })
	} else if m.any(lot, ledger.ToCheck) != nil && !checked {
		at.unchecked += kits
	}
}

// settle takes back what was held though it had gone, if late allows it. ok is false if something is short still.
func (m *barModel) settle(lot, outlet int, late bool) (ok bool) {
	at := &m.at[lot][outlet]
	for _, day := range []civil.Date{m.today - 1, m.today} {
		short := -at.now.shelf
		if day < m.today {
			short = -at.yesterday.shelf
		}
		if short <= 0 {
			continue
		}
		covered := false
		for _, b := range m.bars[lot] {
			covered = covered || b.kind == ledger.Withdrawn && b.on <= day
		}
		free := at.now.held
		if day < m.today {
			free = min(free, at.yesterday.held)
		}
		if !late || !covered || free < short {
			return false
		}
		at.move(day, m.today, func(c *barredCounts) { c.shelf += short; c.held -= short })
	}
	at.unchecked = max(0, min(at.unchecked, at.now.shelf))
	return at.now.held >= 0 && at.yesterday.held >= 0
}

// bar begins a bar on one lot.
func (m *barModel) bar(lot int, b modelBar) {
	for _, had := range m.bars[lot] {
		if had.notice == b.notice {
			return
		}
	}
	m.bars[lot] = append(m.bars[lot], b)
	for o := range m.at[lot] {
		at := &m.at[lot][o]
		if b.kind == ledger.ToCheck {
			at.unchecked = at.now.shelf
			continue
		}
		at.now.held += at.now.shelf
		at.now.shelf, at.unchecked = 0, 0
	}
}

// family are the lots that are one with a lot.
func (m *barModel) family(lot int) []int {
	if m.joined && lot < 2 {
		return []int{0, 1}
	}
	return []int{lot}
}

func (m *barModel) end(notice int) {
	for lot := range m.bars {
		var open []modelBar
		for _, b := range m.bars[lot] {
			if b.notice != notice {
				open = append(open, b)
			}
		}
		m.bars[lot] = open
		if m.any(lot, ledger.ToCheck) == nil {
			for o := range m.at[lot] {
				m.at[lot][o].unchecked = 0
			}
		}
	}
}

// nextDay has yesterday end as things are.
func (m *barModel) nextDay() {
	m.today++
	for lot := range m.at {
		for o := range m.at[lot] {
			m.at[lot][o].yesterday = m.at[lot][o].now
		}
	}
}
