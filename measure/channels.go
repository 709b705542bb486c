package measure

import (
	"context"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
)

// ChannelRow is kits given out by one channel.
type ChannelRow struct {
	Channel registry.Channel
	Kits    int
}

// Channels reads the kits given out by channel in a period, in the order of the channels, those by which any were; of a
// region or nation, by all areas in it.
func (m *Measures) Channels(ctx context.Context, area int, p civil.Period) ([]ChannelRow, error) {
	var list []ChannelRow
	err := m.look(ctx, area, func(tx *store.Tx, l look) error {
		list = nil
		flows, err := readFlows(ctx, tx, l.ids, ledger.KindSupply, p.From, p.To)
		if err != nil {
			return err
		}
		for _, c := range registry.Channels() {
			row := ChannelRow{Channel: c}
			for _, f := range flows {
				row.Kits += f.kits[c]
			}
			if row.Kits != 0 {
				list = append(list, row)
			}
		}
		return nil
	})
	return list, err
}
