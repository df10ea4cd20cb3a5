package httpapi_test

import (
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"hashmend/backend/centredb"
	"hashmend/backend/centredb/postgres"
	"hashmend/backend/enginetest"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// httpRule is a rule of the guide as a centre keeps it: what it refuses and what
// it does, asked over HTTP.
type httpRule struct {
	name string // begins with the rule
	test func(*court)
}

// TestRulesOverHTTP asks a centre in this process about every rule that has a
// side at the centre. The rule index of package repair counts them.
func TestRulesOverHTTP(t *testing.T) {
	for _, rule := range httpRules() {
		t.Run(rule.name, func(t *testing.T) {
			rule.test(newCourt(t, sqliteOf(t)))
		})
	}
}

func sqliteOf(t *testing.T) func() (engine, error) {
	return func() (engine, error) { return centredb.Open(t.Context(), filepath.Join(t.TempDir(), "centre.db")) }
}

// TestRulesOverHTTPOnPostgres asks the same of a centre on PostgreSQL. The rules
// take turns on one database: to make another takes longer than to ask.
func TestRulesOverHTTPOnPostgres(t *testing.T) {
	url := enginetest.StartPostgres(t).URL()
	for _, rule := range httpRules() {
		t.Run(rule.name, func(t *testing.T) {
			rule.test(newCourt(t, func() (engine, error) {
				store, err := postgres.Open(t.Context(), url)
				if err != nil {
					return nil, err
				}
				return store, empty(t, url)
			}))
		})
	}
}

// empty takes everything out of a database and leaves its tables.
func empty(t *testing.T, url string) error {
	db, err := pgx.Connect(t.Context(), url)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close(t.Context()) }()
	var tables string
	if err := db.QueryRow(t.Context(), `SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables
		WHERE schemaname = 'public' AND tablename <> 'schema_version'`).Scan(&tables); err != nil {
		return err
	}
	_, err = db.Exec(t.Context(), "TRUNCATE "+tables)
	return err
}

func httpRules() []httpRule {
	return slices.Concat(rulesOfTheWayIn, rulesOfTheParcel, rulesOfTheBench, rulesOfTheMoney, rulesOfTheWayHome)
}

// court is a centre and the people of the stories, each with a token.
type court struct {
	*house
	open   func() (engine, error) // a store for another centre
	tokens map[repair.Role]string
	made   map[repair.Role]time.Time
	said   int
}

func newCourt(t *testing.T, open func() (engine, error)) *court {
	t.Helper()
	store, err := open()
	if err != nil {
		t.Fatal(err)
	}
	return &court{house: buildOn(t, store, false), open: open, tokens: map[repair.Role]string{}, made: map[repair.Role]time.Time{}}
}

const theFarm = "Altyn Hash"

// as gives a person's token, another one when the last has become old.
func (c *court) as(by repair.Person) string {
	c.t.Helper()
	if by == Stranger {
		return c.token(by.Role, "Another farm")
	}
	if at, known := c.made[by.Role]; !known || c.now.Sub(at).Abs() > 12*time.Hour {
		farm := ""
		if by.Role == repair.RoleCustomer {
			farm = theFarm
		}
		c.tokens[by.Role], c.made[by.Role] = c.token(by.Role, farm), c.now
	}
	return c.tokens[by.Role]
}

// tells leads the centre through a story, each command at its time.
func (c *court) tells(s *Story) *court {
	c.t.Helper()
	c.now = Start
	c.files(s.Filed)
	for _, told := range s.Told {
		c.now = told.At
		c.does(told.By, told.Cmd)
	}
	c.now = s.Now()
	return c
}

func (c *court) files(s repair.Submission) {
	c.t.Helper()
	if r, p := c.do("PUT", wire.PathWorkOrders+string(OrderID), c.as(Farmer), s); r.StatusCode != http.StatusCreated {
		c.t.Fatalf("it is not filed: %+v", p)
	}
}

// doesNotFile asks to file, and gets the refusal.
func (c *court) doesNotFile(s repair.Submission, code, rule string) {
	c.t.Helper()
	r, p := c.do("PUT", wire.PathWorkOrders+string(OrderID), c.as(Farmer), s)
	c.isRefused("file", r, p, code, rule)
}

func (c *court) asks(by repair.Person, cmd repair.Command) (*http.Response, wire.Problem) {
	c.t.Helper()
	if cmd.ID == "" {
		c.said++
		cmd.ID = CommandID(c.said)
	}
	if cmd.WorkOrder == "" && cmd.Kind != repair.CmdRecordUnclaimed && cmd.Kind != repair.CmdDecideUnclaimed {
		cmd.WorkOrder = OrderID
	}
	return c.do("PUT", wire.PathOps+string(cmd.ID), c.as(by), cmd)
}

// does gives a command that must succeed.
func (c *court) does(by repair.Person, cmd repair.Command) {
	c.t.Helper()
	if r, p := c.asks(by, cmd); r.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %d %+v", cmd.Kind, r.StatusCode, p)
	}
}

// refused gives a command that a rule forbids: the problem names it, and nothing
// of the case has changed.
func (c *court) refused(by repair.Person, cmd repair.Command, code, rule string) {
	c.t.Helper()
	before := c.text()
	r, p := c.asks(by, cmd)
	c.isRefused(string(cmd.Kind), r, p, code, rule)
	if after := c.text(); after != before {
		c.t.Errorf("%s was refused and has changed the case:\n%s\n%s", cmd.Kind, before, after)
	}
}

func (c *court) isRefused(what string, r *http.Response, p wire.Problem, code, rule string) {
	c.t.Helper()
	if r.StatusCode < 400 || r.StatusCode >= 500 || p.Code != code || p.Rule != rule {
		c.t.Errorf("%s: got %d %s of rule %q, want %s of %q", what, r.StatusCode, p.Code, p.Rule, code, rule)
	}
	if r.Header.Get("Content-Type") != wire.TypeProblem {
		c.t.Errorf("%s: the refusal is %s", what, r.Header.Get("Content-Type"))
	}
}

// text is the case as the customer reads it now.
func (c *court) text() string {
	c.t.Helper()
	return string(c.reads(wire.PathWorkOrders+string(OrderID), Farmer))
}

func (c *court) reads(path string, by repair.Person) []byte {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), "GET", c.server.URL+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+c.as(by))
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %d %s %v", path, response.StatusCode, body, err)
	}
	return body
}

func (c *court) whole() *repair.Case {
	c.t.Helper()
	var whole repair.Case
	if err := json.Unmarshal([]byte(c.text()), &whole); err != nil {
		c.t.Fatal(err)
	}
	return &whole
}

// feed is every row that a person is told of a kind.
func (c *court) feed(by repair.Person, kind wire.RowType) (rows []wire.Row) {
	c.t.Helper()
	for next := ""; ; {
		var page wire.Page
		if err := json.Unmarshal(c.reads(wire.PathChanges+"?since="+next, by), &page); err != nil {
			c.t.Fatal(err)
		}
		for _, row := range page.Rows {
			if row.T == kind {
				rows = append(rows, row)
			}
		}
		if !page.More {
			return rows
		}
		next = string(page.Next)
	}
}

// deadlines works out the days that matter as a desk does: from what the centre
// serves and nothing else.
func (c *court) deadlines(kind string) (found []repair.Deadline) {
	c.t.Helper()
	rows := c.feed(Farmer, wire.RowCentre)
	if len(rows) != 1 {
		c.t.Fatalf("the centre tells %d times what it is", len(rows))
	}
	var info repair.CentreInfo
	if err := json.Unmarshal(rows[0].D, &info); err != nil {
		c.t.Fatal(err)
	}
	env := Env(c.now)
	env.Settings = info.Settings
	for _, d := range c.whole().Deadlines(env) {
		if d.Kind == kind {
			found = append(found, d)
		}
	}
	return found
}

// set changes the centre's settings, as its operator does.
func (c *court) set(change func(*repair.Settings)) {
	c.t.Helper()
	if err := c.centre.ChangeInfo(c.t.Context(), func(info *repair.CentreInfo) error { change(&info.Settings); return nil }); err != nil {
		c.t.Fatal(err)
	}
}

func (c *court) stands(want repair.Stage) {
	c.t.Helper()
	if got := c.whole().Order.Stage; got != want {
		c.t.Errorf("the work order stands in %s, want %s", got, want)
	}
}

// is says what a thing should be, and is not.
func is[T comparable](c *court, what string, got, want T) {
	c.t.Helper()
	if got != want {
		c.t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func (c *court) later(d time.Duration) { c.now = c.now.Add(d) }

func (c *court) days(n int) { c.later(time.Duration(n) * 24 * time.Hour) }
