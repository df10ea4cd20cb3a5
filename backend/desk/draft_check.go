package desk

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// checked is what preflight says about one version of a draft.
type checked struct {
	version  int64
	lines    []line
	env      repair.Env
	at       time.Time                // zero while only the lines are known
	order    []repair.Finding         // of the work order itself
	rows     map[int][]repair.Finding // by line from 1
	problems []int                    // lines with a finding, ascending
	blocking int
	warnings int
	asked    asked
}

// asked is what was asked about serial numbers elsewhere, and when. An edit asks
// only about what is new in the draft.
type asked struct {
	at    time.Time
	known map[string]bool // the keys asked about
	found map[string]repair.Finding
}

// askedLasts bounds the age of such an answer.
const askedLasts = 15 * time.Second

type checks struct{ memo[string, *checked] }

// keptChecks is how many drafts stay checked: the one at hand and a few before.
const keptChecks = 4

// askedLastsInEdit is the same for the answer to an edit of a checked draft: it
// asks only about what is new, and the next reading asks about all.
const askedLastsInEdit = 2 * time.Minute

// checkLasts bounds the age of an answer: the draft stays as it is, but other
// drafts and work orders, and the day, do not.
const checkLasts = 3 * time.Second

// check asks preflight about the whole draft, and this PC about serial numbers
// that stand elsewhere. The answer is kept while the draft stays as it is.
func (d *Desk) check(ctx context.Context, draft localdb.Draft) (*checked, error) {
	last, ok := d.checks.get(draft.ID)
	current := ok && last.version == draft.Version
	if current && d.Now().Sub(last.at) < checkLasts {
		return last, nil
	}
	env, err := d.env(ctx)
	if err != nil {
		return nil, err
	}
	c := &checked{version: draft.Version, env: env, at: d.Now(), rows: map[int][]repair.Finding{}}
	patience := askedLasts
	var before asked
	if ok {
		before = last.asked
	}
	if current && sameRules(last.env, env) {
		c.lines = last.lines
		if last.at.IsZero() { // an edit: the person waits for this answer
			patience = askedLastsInEdit
		}
	} else if c.lines, err = d.linesOf(ctx, draft.ID, repair.NewChecker(env)); err != nil {
		return nil, err
	}
	if c.asked, err = d.askAgain(ctx, draft, keysOf(c.lines, func(l line) string { return l.key }), before, patience); err != nil {
		return nil, err
	}
	devices := make([]repair.DeviceCheck, len(c.lines))
	for i, l := range c.lines {
		devices[i] = l.check
	}
	c.take(c.sayOnce(repair.Together(draft.Contact, draft.Address, devices)))
	for i, l := range c.lines {
		if where, ok := c.asked.found[l.key]; ok {
			where.Row = i + 1
			c.take([]repair.Finding{where})
		}
		c.take(onLine(l.found, i+1))
	}
	for n := range c.rows {
		c.problems = append(c.problems, n)
	}
	slices.Sort(c.problems)
	if newer, ok := d.checks.get(draft.ID); !ok || newer.version <= c.version {
		d.checks.put(draft.ID, c, keptChecks)
	}
	return c, nil
}

// sayOnce leaves out that a day is none where its reading said why: one cell, one
// finding to mend.
func (c *checked) sayOnce(found []repair.Finding) []repair.Finding {
	return slices.DeleteFunc(found, func(f repair.Finding) bool {
		return f.Code == repair.CodeShipDateInvalid && f.Row > 0 && slices.ContainsFunc(c.lines[f.Row-1].found, aboutDay)
	})
}

func aboutDay(f repair.Finding) bool { return f.Column == "ship_date" }

func (c *checked) take(found []repair.Finding) {
	for _, f := range found {
		if f.Severity == repair.Blocking {
			c.blocking++
		} else {
			c.warnings++
		}
		if f.Row == 0 {
			c.order = append(c.order, f)
			continue
		}
		c.rows[f.Row] = append(c.rows[f.Row], f)
	}
}

// askAgain adds to what was asked before, or asks anew when that is old. What it
// was given stays as it is: another page may be reading it.
func (d *Desk) askAgain(ctx context.Context, draft localdb.Draft, keys []string, before asked, patience time.Duration) (asked, error) {
	if d.Now().Sub(before.at) >= patience {
		before = asked{at: d.Now()}
	}
	var missing []string
	for _, key := range keys {
		if !before.known[key] {
			missing = append(missing, key)
		}
	}
	if len(missing) == 0 {
		return before, nil
	}
	found, err := d.elsewhere(ctx, draft, missing)
	return before.and(missing, found), err
}

// and adds what was found for more keys.
func (a asked) and(keys []string, found map[string]repair.Finding) asked {
	next := asked{at: a.at, known: make(map[string]bool, len(a.known)+len(keys)), found: make(map[string]repair.Finding, len(a.found)+len(found))}
	maps.Copy(next.known, a.known)
	for _, key := range keys {
		next.known[key] = true
	}
	maps.Copy(next.found, a.found)
	maps.Copy(next.found, found)
	return next
}

// elsewhere finds serial numbers in other drafts and in open work orders.
func (d *Desk) elsewhere(ctx context.Context, draft localdb.Draft, keys []string) (map[string]repair.Finding, error) {
	out := map[string]repair.Finding{}
	if len(keys) == 0 {
		return out, nil
	}
	if err := d.DB.View(ctx, func(t localdb.VaultTx) error {
		for _, state := range []localdb.DraftState{localdb.DraftOpen, localdb.DraftSent} {
			hits, err := t.SerialsElsewhere(ctx, draft.Scope, draft.ID, state, keys)
			if err != nil {
				return err
			}
			titles := map[string]string{}
			for _, h := range hits {
				title, known := titles[h.Draft]
				if !known {
					other, err := t.Draft(ctx, h.Draft)
					if err != nil {
						return err
					}
					title = titleOf(other)
					titles[h.Draft] = title
				}
				out[h.Key] = elsewhereFinding("draft", h.Draft, title)
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	return out, d.DB.Cached(ctx, draft.Scope, func(t localdb.CacheTx) error {
		known, err := t.KnownSerials(ctx, keys)
		for _, k := range known {
			if !slices.Contains(localdb.ClosedStages, k.Stage) {
				out[k.Key] = elsewhereFinding("order", string(k.Order), k.Number)
			}
		}
		return err
	})
}

func elsewhereFinding(kind, id, where string) repair.Finding {
	return repair.Finding{Code: CodeSerialElsewhere, Severity: repair.Warning, Column: "serial",
		Args: map[string]string{"kind": kind, "id": id, "where": where}}
}

// keysOf gives the keys of serial numbers, each once.
func keysOf[T any](all []T, keyOf func(T) string) []string {
	seen := make(map[string]bool, len(all))
	out := make([]string, 0, len(all))
	for _, one := range all {
		if key := keyOf(one); key != "" && !seen[key] {
			seen[key] = true
			out = append(out, key)
		}
	}
	return out
}

// onLine gives findings their line.
func onLine(found []repair.Finding, n int) []repair.Finding {
	out := slices.Clone(found)
	for i := range out {
		out[i].Row = n
	}
	return out
}

// foundOf gives what the reading of a file found and preflight cannot see again.
func foundOf(row localdb.DraftRow, line int) []repair.Finding {
	if row.Found == "" {
		return nil
	}
	var out []repair.Finding
	_ = json.Unmarshal([]byte(row.Found), &out) // written by foundText
	for i := range out {
		out[i].Row = line
	}
	return out
}

func foundText(found []repair.Finding) string {
	if len(found) == 0 {
		return ""
	}
	b, err := json.Marshal(found)
	if err != nil {
		return "" // strings always encode
	}
	return string(b)
}

// submissionOf is the draft as it would be filed: what was typed, trimmed.
func submissionOf(draft localdb.Draft, rows []localdb.DraftRow) repair.Submission {
	s := repair.Submission{Contact: draft.Contact, ReturnAddress: draft.Address, Reference: draft.Reference, Note: draft.Note,
		Devices: make([]repair.SubmittedDevice, 0, len(rows))}
	for _, row := range rows {
		s.Devices = append(s.Devices, deviceOf(row))
	}
	return s
}

func deviceOf(row localdb.DraftRow) repair.SubmittedDevice {
	dev := repair.SubmittedDevice{
		ID: repair.DeviceID(row.ID), Serial: repair.NewSerialNumber(row.Serial), Model: strings.TrimSpace(row.Model),
		Complaint: strings.TrimSpace(row.Complaint), ShipDate: repair.Date(strings.TrimSpace(row.ShipDate)), Photos: photosOf(row),
	}
	if extra := extraOf(row); len(extra) > 0 {
		dev.Extra = extra
	}
	return dev
}

func photosOf(row localdb.DraftRow) []repair.FileRef {
	var out []repair.FileRef
	if row.Photos != "" {
		_ = json.Unmarshal([]byte(row.Photos), &out) // written by photosText
	}
	return out
}

func photosText(photos []repair.FileRef) string {
	if len(photos) == 0 {
		return ""
	}
	b, err := json.Marshal(photos)
	if err != nil {
		return "" // strings always encode
	}
	return string(b)
}
