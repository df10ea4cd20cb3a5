package httpapi_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"hashmend/backend/centre"
	"hashmend/backend/httpapi"
	"hashmend/backend/label/mr1"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// caller is a column of the matrix.
type caller string

const (
	nobody     caller = "nobody"     // without a token
	owner      caller = "owner"      // a customer, of whose account the thing is
	sister     caller = "sister"     // another PC of that account
	stranger   caller = "stranger"   // a customer of another account
	onlooker   caller = "onlooker"   // of the owner's account, read-only
	technician caller = "technician" // the centre's own people
	office     caller = "office"
	admin      caller = "admin"
	revoked    caller = "revoked" // of the owner's account, shut out
)

var columns = []caller{nobody, owner, sister, stranger, onlooker, technician, office, admin, revoked}

// matrix says what each caller gets from each route when it asks about a thing of
// the owner. 404 is told to whom the thing does not exist for, and looks the same
// as for a thing that is not there at all.
var matrix = []struct {
	route string
	want  map[caller]int
}{
	{"GET /healthz", all(200)},
	{"GET /readyz", all(200)},
	{"GET /metrics", all(404)}, // not served by this server
	{"GET /v1/meta", all(200)},
	{"GET /v1/openapi.json", all(200)},
	{"POST /v1/join", all(403)}, // with a code that is none
	{"POST /v1/register", all(403)},
	{"POST /v1/token", but(all(200), 401, nobody, revoked)},
	{"POST /v1/token/by-key", all(401)}, // without a key
	{"POST /v1/invites", but(but(all(201), 401, nobody, revoked), 403, owner, sister, stranger, onlooker, technician)},
	{"GET /v1/installs", but(all(200), 401, nobody, revoked)},
	{"DELETE /v1/installs/{id}", but(but(but(all(204), 401, nobody, revoked), 403, onlooker), 404, stranger, technician, office)},
	{"PUT /v1/work-orders/{id}", but(but(all(409), 401, nobody, revoked), 403, onlooker, technician, office, admin)}, // the id is taken, whosever it is
	{"GET /v1/work-orders/{id}", but(but(all(200), 401, nobody, revoked), 404, stranger)},
	{"PUT /v1/ops/{id}", but(but(but(all(200), 401, nobody, revoked), 403, onlooker), 404, stranger)},
	{"GET /v1/changes", but(all(200), 401, nobody, revoked)},
	{"GET /v1/snapshot", but(all(200), 401, nobody, revoked)},
	{"GET /v1/events", but(all(200), 401, nobody, revoked)},
	{"OPTIONS /v1/uploads", all(204)},
	{"POST /v1/uploads", but(but(all(201), 401, nobody, revoked), 403, onlooker)},
	{"HEAD /v1/uploads/{id}", but(but(all(200), 401, nobody, revoked), 404, stranger, technician, office, admin)},
	{"DELETE /v1/uploads/{id}", but(but(but(all(204), 401, nobody, revoked), 403, onlooker), 404, stranger, technician, office, admin)},
	{"PATCH /v1/uploads/{id}", but(but(but(all(204), 401, nobody, revoked), 403, onlooker), 404, stranger, technician, office, admin)},
	{"GET /v1/files/{sha256}/preview", but(all(404), 401, nobody, revoked)}, // of a log there is none
	{"GET /v1/files/{sha256}", but(but(all(200), 401, nobody, revoked), 404, stranger)},
	{"POST /v1/tracking/kuaidi100", all(403)}, // signed by nobody
	{"POST /v1/tracking/17track", all(404)},   // not asked by this server
	{"POST /v1/checkout/btcpay", all(403)},    // signed by nobody
	{labelRoute, all(200)},                    // it says what stands on the label
}

func all(status int) map[caller]int {
	out := map[caller]int{}
	for _, c := range columns {
		out[c] = status
	}
	return out
}

func but(row map[caller]int, status int, who ...caller) map[caller]int {
	for _, c := range who {
		row[c] = status
	}
	return row
}

const labelRoute = "GET /{kind}/{work_order}/{id}/{n}/{of}/{proof}"

// foreign is what a caller must never read.
const foreign = "Altyn Hash"

func TestTheAuthorizationMatrix(t *testing.T) {
	listed := []string{}
	for _, row := range matrix {
		listed = append(listed, row.route)
		if len(row.want) != len(columns) {
			t.Errorf("%s says nothing about some callers", row.route)
		}
		t.Run(row.route, func(t *testing.T) {
			var s *scene
			for _, who := range columns {
				if method, _, _ := strings.Cut(row.route, " "); s == nil || method == "DELETE" || method == "PATCH" {
					s = newScene(t) // of its own: one ask would change what the next one meets
				}
				a := s.ask(row.route, who)
				if a.Code != row.want[who] {
					t.Errorf("%s by %s: got %d %s, want %d", row.route, who, a.Code, a.Body, row.want[who])
				}
				if (who == nobody || who == stranger || who == revoked) && strings.Contains(a.Body.String(), foreign) {
					t.Errorf("%s tells %s of another account: %s", row.route, who, a.Body)
				}
			}
		})
	}
	sort.Strings(listed)
	if routes := routesOf(t); !slices.Equal(routes, listed) {
		t.Errorf("the matrix is not about the routes there are:\nroutes %v\nmatrix %v", routes, listed)
	}
}

// routesOf reads the routes from the page that lists them.
func routesOf(t *testing.T) (out []string) {
	t.Helper()
	text, err := os.ReadFile("routes.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`mux\.Handle\("([^"]+)"`).FindAllStringSubmatch(string(text), -1) {
		out = append(out, m[1])
	}
	sort.Strings(out)
	return out
}

// scene is a centre at which the owner has filed a work order, brought a file, and
// begun another.
type scene struct {
	*house
	tokens  map[caller]string
	install map[caller]repair.InstallID
	half    []byte
	upload  string
	whole   string // SHA-256
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{house: build(t, false), tokens: map[caller]string{}, install: map[caller]repair.InstallID{}}
	for who, ask := range map[caller]wire.InviteAsk{
		owner: {Role: repair.RoleCustomer, AccountName: foreign}, sister: {Role: repair.RoleCustomer, AccountName: foreign},
		onlooker: {Role: repair.RoleCustomer, AccountName: foreign, ReadOnly: true}, revoked: {Role: repair.RoleCustomer, AccountName: foreign},
		stranger:   {Role: repair.RoleCustomer, AccountName: "Another farm"},
		technician: {Role: repair.RoleTechnician}, office: {Role: repair.RoleOffice}, admin: {Role: repair.RoleAdmin},
	} {
		invite, err := s.centre.Invite(t.Context(), centre.Operator(), ask)
		if err != nil {
			t.Fatal(err)
		}
		joined, err := s.centre.Join(t.Context(), wire.Join{Invite: invite.Code, PublicKey: key(t)})
		if err != nil {
			t.Fatal(err)
		}
		s.tokens[who], s.install[who] = joined.Token, joined.Install
	}
	if err := s.centre.Revoke(t.Context(), s.install[revoked]); err != nil {
		t.Fatal(err)
	}
	s.house.files(s.tokens[owner])
	s.half = []byte("kernel: half of a log\n")
	s.upload = s.bring(s.half[:4], s.half, "half.log")
	s.bring([]byte("kernel: all of a log\n"), []byte("kernel: all of a log\n"), "whole.log")
	s.whole = digest([]byte("kernel: all of a log\n"))
	return s
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// bring begins the upload of a file as the owner, sends some of it, and gives its id.
func (s *scene) bring(some, all []byte, name string) string {
	s.t.Helper()
	by, err := s.centre.Authenticate(s.t.Context(), s.tokens[owner])
	if err != nil {
		s.t.Fatal(err)
	}
	u, _, err := s.centre.BeginUpload(s.t.Context(), by, repair.FileRef{SHA256: digest(all), Size: int64(len(all)), Name: name})
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.centre.AddToUpload(s.t.Context(), by, u.ID, 0, atOnce{strings.NewReader(string(some))}); err != nil {
		s.t.Fatal(err)
	}
	return u.ID
}

// atOnce is bytes that nobody waits for.
type atOnce struct{ io.Reader }

func (atOnce) Stop() {}

// asked is what each route is asked in the matrix, about the owner's things.
func (s *scene) asked(route string) (path, body string, headers map[string]string) {
	method, path, _ := strings.Cut(route, " ")
	headers = map[string]string{"Tus-Resumable": wire.TusVersion}
	object := func(v any) string {
		s.t.Helper()
		text, err := json.Marshal(v)
		if err != nil {
			s.t.Fatal(err)
		}
		return string(text)
	}
	encode := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	switch route {
	case "POST /v1/join":
		body = object(wire.Join{Invite: "AAAA-BBBB-CCCC", PublicKey: key(s.t)})
	case "POST /v1/token/by-key":
		body = object(wire.TokenAsk{At: repair.At(s.now)})
	case "POST /v1/register":
		body = object(wire.Register{AccountName: "Me", PublicKey: key(s.t)})
	case "POST /v1/tracking/kuaidi100":
		body, headers["Content-Type"] = "param=%7B%7D&sign=guessed", wire.TypeForm
	case "POST /v1/tracking/17track", "POST /v1/checkout/btcpay":
		body = "{}"
	case "POST /v1/invites":
		body = object(wire.InviteAsk{Role: repair.RoleTechnician})
	case "DELETE /v1/installs/{id}":
		path = wire.PathInstalls + "/" + string(s.install[sister])
	case "PUT /v1/work-orders/{id}":
		path, body = wire.PathWorkOrders+string(OrderID), object(Submission(3)) // of the owner: with another body
	case "GET /v1/work-orders/{id}":
		path = wire.PathWorkOrders + string(OrderID)
	case "PUT /v1/ops/{id}":
		id := newID(s.t)
		path, body = wire.PathOps+string(id), object(repair.Command{ID: id, Kind: repair.CmdMessage, WorkOrder: OrderID, Text: "hello"})
	case "POST /v1/uploads":
		headers["Upload-Length"], headers["Upload-Metadata"] = "9", "sha256 "+encode(digest([]byte("x")))+",name "+encode("a.log")
	case "HEAD /v1/uploads/{id}", "DELETE /v1/uploads/{id}":
		path = wire.PathUploads + "/" + s.upload
	case "PATCH /v1/uploads/{id}":
		path, body = wire.PathUploads+"/"+s.upload, string(s.half[4:])
		headers["Content-Type"], headers["Upload-Offset"] = wire.TypeTus, strconv.Itoa(4)
	case "GET /v1/events":
		s.server.Config.Handler.(*httpapi.Server).End() // or the stream has no end
	case "GET /v1/files/{sha256}/preview":
		path = wire.PathFiles + s.whole + "/preview"
	case labelRoute:
		code := mr1.Payload{Host: "EXAMPLE.COM", Kind: mr1.DeviceCode, WorkOrder: "WO-2026-000001", ID: "JX26016P3YD25TS"}
		path = strings.TrimPrefix(code.String(), "HTTPS://EXAMPLE.COM")
	case "GET /v1/files/{sha256}":
		path = wire.PathFiles + s.whole
	}
	if body != "" && method != http.MethodPatch && headers["Content-Type"] == "" {
		headers["Content-Type"] = wire.TypeJSON
	}
	return path, body, headers
}

func (s *scene) ask(route string, who caller) *httptest.ResponseRecorder {
	s.t.Helper()
	method, _, _ := strings.Cut(route, " ")
	path, body, headers := s.asked(route)
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	if token := s.tokens[who]; token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	s.server.Config.Handler.ServeHTTP(w, r)
	return w
}
