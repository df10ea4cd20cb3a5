package app

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hashmend/backend/centrehost"
	"hashmend/backend/datadir"
	"hashmend/backend/desk"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// wantCode fails unless an error is one that a person may see, with this code.
func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var e *repair.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Errorf("error %v, want %s", err, code)
	}
}

// served is a centre of its own, as somebody else runs it.
func served(t *testing.T) (host *centrehost.Host, url string) {
	t.Helper()
	host, err := centrehost.Open(t.Context(), t.TempDir(), centrehost.Options{Info: repair.CentreInfo{Name: "Repair Shop", NameZh: "维修店"}})
	if err != nil {
		t.Fatal(err)
	}
	if url, err = host.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := host.Close(); err != nil {
			t.Error(err)
		}
	})
	return host, url
}

func invited(t *testing.T, host *centrehost.Host) string {
	t.Helper()
	return must[wire.Invite](t)(host.Invite(t.Context(), repair.RoleCustomer, "North Ridge", "Aigerim")).Code
}

// sound is a header that passes preflight; one row more makes a draft.
var sound = desk.DraftHeader{
	Contact:       repair.Contact{Company: "North Ridge", Name: "Aigerim", Phone: "+7 701 000 00 00", Email: "a@example.com", Language: "en"},
	ReturnAddress: repair.Address{Country: "KZ", Province: "Pavlodar", City: "Ekibastuz", Street: "1 Test street", Postcode: "141200", Recipient: "Aigerim", Phone: "+7 701 000 00 00"},
}

func drafted(t *testing.T, a *App) desk.DraftView {
	t.Helper()
	drafts := &Drafts{a}
	d := must[desk.DraftView](t)(drafts.Create(""))
	must[desk.DraftView](t)(drafts.SetHeader(d.ID, sound))
	must[desk.ImportView](t)(drafts.Paste(d.ID, -1, "", "JX26016P3YD25TS\tX16-Q\tno hash\n"))
	eventually(t, a, "the paste is in", func() bool {
		d = must[desk.DraftView](t)(drafts.Get(d.ID))
		return d.RowCount == 1
	})
	return d
}

func TestAnAddressThatIsNoCentreSaysWhatItIs(t *testing.T) {
	a := opened(t)
	start := &Start{a}
	portal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html>Welcome to the airport. Please log in.</html>"))
	}))
	defer portal.Close()
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"hello":"world"}`))
	}))
	defer other.Close()
	secret := httptest.NewTLSServer(http.NotFoundHandler())
	defer secret.Close()
	nginx := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte("<center>The plain HTTP request was sent to HTTPS port</center>"))
	}))
	defer nginx.Close()
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + nobody.Addr().String()
	if err := nobody.Close(); err != nil {
		t.Fatal(err)
	}
	for url, code := range map[string]string{
		closed:                             wire.CodeUnreachable,
		portal.URL:                         wire.CodePortal,
		other.URL:                          wire.CodePortal,
		"http" + secret.URL[len("https"):]: wire.CodeSpeaksTLS,
		nginx.URL:                          wire.CodeSpeaksTLS,
		"http://centre.example":            wire.CodeInsecure,
		"ftp://centre.example":             wire.CodeBadAddress,
		"":                                 wire.CodeBadAddress,
		"https://a b":                      wire.CodeBadAddress,
		"https://user:pw@centre.x":         wire.CodeBadAddress,
	} {
		_, err := start.Probe(url)
		wantCode(t, err, code)
		_, err = start.Connect(desk.ConnectRequest{URL: url, Invite: "X"})
		wantCode(t, err, code)
	}
	if s := must[desk.Session](t)(start.Session()); s.Mode != "none" {
		t.Errorf("session %+v", s)
	}
}

func TestAWrongInviteIsRefusedAndTheRightOneJoins(t *testing.T) {
	host, url := served(t)
	a := opened(t)
	start := &Start{a}
	d := drafted(t, a) // before anybody is joined
	_, err := start.Connect(desk.ConnectRequest{URL: url, Invite: "WRONG-CODE"})
	wantCode(t, err, wire.CodeInviteUnknown)
	found := must[desk.CentreFound](t)(start.Probe(url))
	if found.Name != "Repair Shop" || found.NameZh != "维修店" || found.ServerID == "" {
		t.Errorf("found %+v", found)
	}
	s := must[desk.Session](t)(start.Connect(desk.ConnectRequest{URL: url, Invite: invited(t, host)}))
	if s.Mode != "connected" || len(s.Roles) != 1 || s.ServerID != found.ServerID {
		t.Errorf("session %+v", s)
	}
	page := must[desk.OrderPage](t)((&Orders{a}).List(desk.OrderQuery{Mine: "drafts", Limit: 10}))
	if page.Total != 1 || page.Rows[0].ID != d.ID {
		t.Errorf("the draft made before joining is not there: %+v", page)
	}
}

func TestAnExpiredTokenKeepsWhatWaitsUntilThePersonJoinsAgain(t *testing.T) {
	host, url := served(t)
	now := &clock{}
	a := opened(t, func(c *Config) { c.Now = now.Now })
	start, sync := &Start{a}, &Sync{a}
	must[desk.Session](t)(start.Connect(desk.ConnectRequest{URL: url, Invite: invited(t, host)}))
	eventually(t, a, "joined", func() bool { return must[desk.SyncStatus](t)(sync.Status()).State == "up_to_date" })
	d := drafted(t, a)
	if err := host.Centre().Revoke(t.Context(), a.inside.Load().now().Install); err != nil {
		t.Fatal(err)
	}
	must[desk.DraftView](t)((&Drafts{a}).Send(d.ID))
	now.pass(10 * time.Second)
	eventually(t, a, "signed out", func() bool { return must[desk.SyncStatus](t)(sync.Now()).State == "signed_out" })
	s := must[desk.SyncStatus](t)(sync.Status())
	if s.Waiting != 1 || s.Refused != 0 || s.Reason == nil || s.Reason.Code != wire.CodeTokenExpired {
		t.Errorf("status %+v", s)
	}
	_, err := start.Leave(false)
	wantCode(t, err, errUnsent.Code)

	must[desk.Session](t)(start.Connect(desk.ConnectRequest{URL: url, Invite: invited(t, host)}))
	eventually(t, a, "what waited is sent", func() bool {
		return must[desk.SyncStatus](t)(sync.Now()).State == "up_to_date"
	})
	page := must[desk.OrderPage](t)((&Orders{a}).List(desk.OrderQuery{Mine: "open", Limit: 10}))
	if page.Total != 1 || page.Rows[0].Number == "" {
		t.Errorf("work orders %+v", page)
	}
}

func TestWhatIsUnsentCanBeTakenAway(t *testing.T) {
	host, url := served(t)
	a := opened(t)
	must[desk.Session](t)((&Start{a}).Connect(desk.ConnectRequest{URL: url, Invite: invited(t, host)}))
	d := drafted(t, a)
	must[desk.DraftView](t)((&Drafts{a}).Send(d.ID))
	file := must[desk.SavedFile](t)((&Sync{a}).Export())
	w := httptest.NewRecorder()
	a.Local().ServeHTTP(w, httptest.NewRequest("GET", file.URL, nil))
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "JX26016P3YD25TS") {
		t.Errorf("exported %d %s", w.Code, w.Body)
	}
	w = httptest.NewRecorder()
	a.Local().ServeHTTP(w, httptest.NewRequest("GET", "/local/saved/guess/unsent.json", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("a guessed address gives %d", w.Code)
	}
}

func TestAClockWrongByYearsSendsAllTheSame(t *testing.T) {
	for name, years := range map[string]time.Duration{"ahead": 10, "behind": -10} {
		t.Run(name, func(t *testing.T) {
			host, url := served(t)
			now := &clock{}
			now.pass(years * 365 * 24 * time.Hour)
			a := opened(t, func(c *Config) { c.Now = now.Now })
			must[desk.Session](t)((&Start{a}).Connect(desk.ConnectRequest{URL: url, Invite: invited(t, host)}))
			d := drafted(t, a)
			must[desk.DraftView](t)((&Drafts{a}).Send(d.ID))
			now.pass(10 * time.Second)
			sync := &Sync{a}
			eventually(t, a, "sent", func() bool {
				s := must[desk.SyncStatus](t)(sync.Now())
				return s.State == "up_to_date"
			})
			s := must[desk.SyncStatus](t)(sync.Status())
			if got := time.Duration(s.SkewSecs) * time.Second; (got - years*365*24*time.Hour).Abs() > time.Hour {
				t.Errorf("the skew shown is %v", got)
			}
		})
	}
}

func TestASecondProgramOnAFolderSaysWhoHasIt(t *testing.T) {
	a := opened(t)
	_, err := Open(Config{Dir: a.Dir})
	wantCode(t, err, datadir.ErrInUse.Code)
	refused := Refused(Config{Dir: a.Dir}, err)
	info := must[SystemInfo](t)((&System{app: refused, failure: err}).Info())
	if info.Failure == nil || info.Failure.Args["dir"] != a.Dir {
		t.Errorf("the page is told %+v", info.Failure)
	}
	_, err = (&Drafts{refused}).Create("")
	wantCode(t, err, datadir.ErrInUse.Code)
	if err := refused.Close(); err != nil {
		t.Error(err)
	}
}

func TestAVaultOfANewerProgramStaysAsItIs(t *testing.T) {
	a := opened(t)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	vault := filepath.Join(a.Dir, "vault.db")
	db, err := sql.Open("sqlite3", vault)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("PRAGMA user_version = 9999"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(vault)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(Config{Dir: a.Dir})
	wantCode(t, err, localdb.ErrNewer.Code)
	after, err := os.ReadFile(vault)
	if err != nil {
		t.Fatal(err)
	}
	if string(before) != string(after) {
		t.Error("the newer vault was changed")
	}
	if again, err := datadir.Take(a.Dir); err != nil {
		t.Errorf("the folder is still held: %v", err)
	} else if err := again.Release(); err != nil {
		t.Error(err)
	}
}

func TestADamagedCacheIsBegunAnew(t *testing.T) {
	a := opened(t)
	d := drafted(t, a)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	cache := filepath.Join(a.Dir, "cache.db")
	if err := os.WriteFile(cache, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	again := opened(t, func(c *Config) { c.Dir = a.Dir })
	if got := must[desk.DraftView](t)((&Drafts{again}).Get(d.ID)); got.RowCount != 1 {
		t.Errorf("the draft has %d rows", got.RowCount)
	}
}

// The first page of the vault is gone: the program starts with what the others
// hold, says so, and a backup brings back the rest.
func TestADamagedVaultIsSalvagedAndABackupRestored(t *testing.T) {
	a := opened(t)
	d := drafted(t, a)
	backed := must[DataView](t)((&Data{a}).BackUp())
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	vault := filepath.Join(a.Dir, "vault.db")
	content, err := os.ReadFile(vault)
	if err != nil {
		t.Fatal(err)
	}
	clear(content[:4096])
	if err := os.WriteFile(vault, content, 0o600); err != nil {
		t.Fatal(err)
	}
	again := opened(t, func(c *Config) { c.Dir = a.Dir })
	data := &Data{again}
	state := must[DataView](t)(data.State())
	if len(state.Recoveries) != 1 || state.Recoveries[0].Lines != 1 || state.Recoveries[0].Drafts != 1 {
		t.Errorf("recovered %+v", state.Recoveries)
	}
	if got := must[desk.DraftView](t)((&Drafts{again}).Get(d.ID)); got.RowCount != 1 || got.Contact.Name != sound.Contact.Name {
		t.Errorf("the draft came back as %+v", got)
	}
	must[desk.DraftView](t)((&Drafts{again}).Create(""))
	name := backed.Backups[0].Name
	state = must[DataView](t)(data.Restore(name))
	if len(state.Backups) < 2 || state.Backups[0].Why != localdb.BackupReplace {
		t.Errorf("what was there is not kept: %+v", state.Backups)
	}
	page := must[desk.OrderPage](t)((&Orders{again}).List(desk.OrderQuery{Mine: "drafts", Limit: 10}))
	if page.Total != 1 {
		t.Errorf("%d drafts after the restore", page.Total)
	}
	_, err = data.Restore("vault-20200101-000000-auto.db")
	wantCode(t, err, localdb.ErrBackupUnknown.Code)
	must[desk.DraftView](t)((&Drafts{again}).Get(d.ID)) // and the program goes on
}

func TestEverythingCanBeTakenAway(t *testing.T) {
	a := opened(t)
	drafted(t, a)
	file := must[desk.SavedFile](t)((&Data{a}).Bundle())
	w := httptest.NewRecorder()
	a.Local().ServeHTTP(w, httptest.NewRequest("GET", file.URL, nil))
	z, err := zip.NewReader(bytes.NewReader(w.Body.Bytes()), int64(w.Body.Len()))
	if err != nil {
		t.Fatal(err)
	}
	names := ""
	for _, f := range z.File {
		names += f.Name + " "
	}
	if !strings.Contains(names, "drafts/001-") || !strings.Contains(names, "vault.db") {
		t.Errorf("it holds %s", names)
	}
	where := filepath.Join(t.TempDir(), "all.zip")
	a.Where = func(string) (string, error) { return where, nil }
	must[desk.SavedFile](t)((&Data{a}).Bundle())
	if _, err := zip.OpenReader(where); err != nil {
		t.Error(err)
	}
}

func TestWhatPeopleTypeComesBackAsTheyTypedIt(t *testing.T) {
	a := opened(t)
	drafts := &Drafts{a}
	d := must[desk.DraftView](t)(drafts.Create(""))
	for _, text := range []string{
		"שלום עולם", "مرحبا", "👨‍👩‍👧‍👦 🇰🇿", "\u202eevil\u202c", "a\x00b", "é vs é", strings.Repeat("長", 5000), `"; DROP TABLE draft; --`, "<script>alert(1)</script>",
	} {
		header := sound
		header.Contact.Name, header.Note = text, text
		must[desk.DraftView](t)(drafts.SetHeader(d.ID, header))
		got := must[desk.DraftView](t)(drafts.Get(d.ID))
		if got.Contact.Name != text || got.Note != text {
			t.Errorf("%.40q came back as %.40q and %.40q", text, got.Contact.Name, got.Note)
		}
	}
}

func TestAPasteThatIsNoTableLosesNothing(t *testing.T) {
	a := opened(t)
	d := drafted(t, a)
	send := func(name, content string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		a.Local().ServeHTTP(w, httptest.NewRequest("POST", "/local/import?draft="+d.ID+"&name="+name, strings.NewReader(content)))
		return w
	}
	drafts := &Drafts{a}
	for _, tt := range []struct{ name, content, code string }{
		{"farm.csv", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "intake.not_a_table"},
		{"farm.xlsx", "PK\x03\x04 renamed", "intake.damaged_file"},
	} {
		w := send(tt.name, tt.content)
		code := w.Body.String()
		if w.Code == http.StatusOK {
			job := must[desk.ImportView](t)(drafts.Import(jobOf(t, w)))
			eventually(t, a, "read", func() bool {
				job = must[desk.ImportView](t)(drafts.Import(job.Job))
				return job.State != "reading"
			})
			if job.Error != nil {
				code = job.Error.Code
			}
		}
		if !strings.Contains(code, tt.code) {
			t.Errorf("%s: %s, want %s", tt.name, code, tt.code)
		}
	}
	if got := must[desk.DraftView](t)(drafts.Get(d.ID)); got.RowCount != 1 {
		t.Errorf("the draft has %d rows", got.RowCount)
	}
	huge := httptest.NewRequest("POST", "/local/import?draft="+d.ID+"&name=huge.txt", &endless{left: maxUpload + 1})
	w := httptest.NewRecorder()
	a.Local().ServeHTTP(w, huge)
	if w.Code == http.StatusOK || !strings.Contains(w.Body.String(), "too_large") {
		t.Errorf("more than the limit: %d %s", w.Code, w.Body)
	}
}

func jobOf(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	_, rest, _ := strings.Cut(w.Body.String(), `"job":"`)
	id, _, found := strings.Cut(rest, `"`)
	if !found {
		t.Fatalf("no job in %s", w.Body)
	}
	return id
}

// endless is that many bytes of a serial number after another.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, context.Canceled
	}
	n := min(len(p), e.left)
	for i := range p[:n] {
		p[i] = "JX26016P3YD25TS\n"[i%16]
	}
	e.left -= n
	return n, nil
}
