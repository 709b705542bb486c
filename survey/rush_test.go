package survey

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"everykit/fault"
)

// TestTwoAtOneLink answers one link from many hands at once, all from the same view. One of those who differ is taken, the
// others are told, and what they wrote is in the history. Those who answer other questions are all taken.
func TestTwoAtOneLink(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, token, _ := w.opened(Act2000)
		const hands = 6
		var taken, clashes atomic.Int64
		others := []string{"clients", "deaths", "started", "policy", "in_tender", "help"}
		value := map[string]string{"clients": "510", "deaths": "4", "started": "2015", "policy": "yes", "in_tender": "no", "help": "money"}
		begin := make(chan struct{})
		var group sync.WaitGroup
		for i := range hands {
			own, shared := form(others[i], value[others[i]]), form("provides", "yes", "dispensed", fmt.Sprint(100+i))
			own.Seen, shared.Seen, own.Done, shared.Done = 1, 1, false, false
			for range 2 { // each form goes twice
				group.Go(func() {
					<-begin
					if err := w.AnswerByToken(w.ctx, token, own); err != nil {
						t.Error(err)
					}
					switch err := w.AnswerByToken(w.ctx, token, shared); {
					case err == nil:
						taken.Add(1)
					case fault.Is(err, fault.Conflict):
						clashes.Add(1)
					default:
						t.Error(err)
					}
				})
			}
		}
		close(begin)
		group.Wait()
		equal(t, "taken, and taken again", taken.Load(), 2)
		equal(t, "clashes", clashes.Load(), 2*(hands-1))
		got := w.reply(r.ID, "E01")
		equal(t, "answers", len(got.Answers), 2+hands)
		equal(t, "history", strings.Count(w.history(r.ID, "E01"), "A form was not taken"), hands-1)
		equal(t, "version", got.Version, 1+1+hands)
	})
}

// TestClosingAmongAnswers closes a round while answers come. Whatever was taken was taken before it closed.
func TestClosingAmongAnswers(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		r, token, bristol := w.opened(Act2000)
		begin := make(chan struct{})
		var group sync.WaitGroup
		var taken atomic.Int64
		for i := range 8 {
			group.Go(func() {
				<-begin
				f := form("dispensed", fmt.Sprint(i))
				f.Done = false
				switch err := w.AnswerByToken(w.ctx, []string{token, bristol}[i%2], f); {
				case err == nil:
					taken.Add(1)
				case !fault.Is(err, fault.Refused):
					t.Error(err)
				}
			})
		}
		group.Go(func() {
			<-begin
			if err := w.Close(w.ctx, w.nora, r.ID); err != nil {
				t.Error(err)
			}
		})
		close(begin)
		group.Wait()
		forms := w.reply(r.ID, "E01").Version + w.reply(r.ID, "E02").Version - 2
		equal(t, "forms taken", int64(forms), taken.Load())
		refused(t, w.AnswerByToken(w.ctx, token, form("dispensed", "1")), fault.Refused, "closed")
	})
}
