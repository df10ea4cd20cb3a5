package simtest

import (
	"encoding/json"

	"hashmend/backend/wire"
)

// checkEffects: what others are told of a deed, the centre's own people and the
// programs that read its log, they are told of every deed, once, and no two work
// orders have one number (inv.W8).
func (w *World) checkEffects(commits []done, answers map[string]remembered) {
	told := map[string]int{}
	for _, c := range commits {
		told[c.op]++
	}
	numbers := map[string]string{}
	for _, a := range answers {
		if a.status >= 300 {
			continue
		}
		if n := told[a.id]; n != 1 {
			w.history.breaks("W8", "%s %s was done, and the log of everything tells of it %d times", a.kind, a.id, n)
		}
		var filed wire.Accepted
		if a.kind != "submit" || json.Unmarshal(a.body, &filed) != nil {
			continue
		}
		if other, twice := numbers[filed.Number]; twice || filed.Number == "" {
			w.history.breaks("W8", "the work orders %s and %s have the number %q", a.id, other, filed.Number)
		}
		numbers[filed.Number] = a.id
	}
}

// checkShared: what two PCs have sent, the original and its copy, has one effect
// and one answer (inv.S2).
func (w *World) checkShared(commits []done) error {
	effects := map[string]int{}
	for _, c := range commits {
		effects[c.op]++
	}
	revs := map[string]int64{}
	for _, p := range w.desks {
		file, err := openProbe(p.vault())
		if err != nil {
			return err
		}
		items, err := file.outbox()
		file.close()
		if err != nil {
			return err
		}
		for _, i := range w.history.intents {
			item, here := items[i.id]
			if !i.shared || !here || item.state != "accepted" {
				continue
			}
			if before, known := revs[i.id]; known && before != item.rev {
				w.history.breaks("S2", "%s %s was answered with rev %d and, at its copy, with rev %d", i.kind, i.id, before, item.rev)
			}
			revs[i.id] = item.rev
		}
	}
	for _, i := range w.history.intents {
		if i.shared && effects[i.id] > 1 {
			w.history.breaks("S2", "%s %s lay in two outboxes and had its effect %d times", i.kind, i.id, effects[i.id])
		}
	}
	return nil
}
