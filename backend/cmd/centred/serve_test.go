package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	neturl "net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"hashmend/backend/client"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

func TestASelfSignedCentreShowsTheFingerprintThatItProves(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "centre")
	if _, err := begin(t, "", "--data", dir, "--name", "Ridge repairs", "--listen", "127.0.0.1:0", "--yes"); err != nil {
		t.Fatal(err)
	}
	_, url := child(t, dir)
	if !strings.HasPrefix(url, "https://") {
		t.Fatal(url)
	}
	shown := strings.TrimSpace(output(t, "fingerprint", "--data", dir))
	proven := ""
	strict := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true,
		VerifyConnection: func(s tls.ConnectionState) error { proven = wire.Pin(s.PeerCertificates[0]); return nil }}}}
	response, err := strict.Get(url + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK || proven != shown || len(shown) != 79 {
		t.Errorf("status %d, shown %q, proven %q", response.StatusCode, shown, proven)
	}
	old, err := tls.Dial("tcp", strings.TrimPrefix(url, "https://"), &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS11})
	if err == nil {
		_ = old.Close()
		t.Error("TLS 1.1 is spoken")
	}
}

// An upload is under way when the machine is told to shut down: it may finish, and
// the program ends by itself with code 0.
func TestWhatIsUnderWayMayFinishAfterSIGTERM(t *testing.T) {
	dir := made(t)
	code := strings.TrimSpace(output(t, "invite", "--data", dir, "--account", "North Ridge"))
	server, url := child(t, dir)
	joined := joinAs(t, url, code)
	w := newWrite(t, 1)
	line, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(line, "PUT %s%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
		wire.PathWorkOrders, w.id, joined.Token, wire.TypeJSON, len(w.body), w.body[:10]); err != nil {
		t.Fatal(err)
	}
	// Lines are taken in their order: the server has the first when it answers on another.
	if _, err := desk(t, url, joined).Changes(t.Context(), "", 0); err != nil {
		t.Fatal(err)
	}
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for { // it takes nobody new
		response, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(url + wire.PathHealth)
		if err != nil {
			break
		}
		_ = response.Body.Close()
	}
	if _, err := line.Write(w.body[10:]); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(line), nil)
	if err != nil || answer.StatusCode != http.StatusCreated {
		t.Errorf("the submission under way: %v %v", answer, err)
	}
	began := time.Now()
	if err := server.Wait(); err != nil {
		t.Errorf("the program ended with %v", err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %s to end", took)
	}
}

func TestTheMetricsCountAndTellNobodysName(t *testing.T) {
	dir := made(t)
	code := strings.TrimSpace(output(t, "invite", "--data", dir, "--account", "North Ridge"))
	_, url := child(t, dir)
	joined := joinAs(t, url, code)
	if _, err := desk(t, url, joined).Changes(t.Context(), "", 0); err != nil {
		t.Fatal(err)
	}
	text := get(t, url+"/metrics", nil)
	for _, want := range []string{
		`centred_requests_total{method="POST",route="POST /v1/join",status="200"} 1`,
		`centred_requests_total{method="GET",route="GET /v1/changes",status="200"} 1`,
		`centred_request_seconds_count{route="GET /v1/changes"} 1`, `centred_info{version=`, "go_goroutines"} {
		if !strings.Contains(text, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	for _, secret := range []string{joined.Token, "North", string(joined.Account), string(joined.Install)} {
		if strings.Contains(text, secret) {
			t.Errorf("the metrics tell %q", secret)
		}
	}
	// Somebody behind a proxy on this machine is not this machine.
	if text := get(t, url+"/metrics", http.Header{"X-Forwarded-For": {"203.0.113.9"}}); strings.Contains(text, "centred_") {
		t.Error("a stranger reads the metrics")
	}
}

// TestNoSecretReachesTheLog sends a canary through every place that a secret may
// stand in, with all that is logged at its loudest, and looks for it.
func TestNoSecretReachesTheLog(t *testing.T) {
	dir := made(t)
	code := strings.TrimSpace(output(t, "invite", "--data", dir, "--account", "Canary farm"))
	output(t, "seed", "--data", dir) // boxes that are on the road
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"result":false,"returnCode":"503","message":"CANARY"}`)
	}))
	t.Cleanup(service.Close)
	for name, value := range map[string]string{"KUAIDI100_CUSTOMER": "CANARY", "KUAIDI100_KEY": "CANARY", "KUAIDI100_SALT": "CANARY-of-16-letters",
		"KUAIDI100_URL": service.URL, "SF_PARTNER": "CANARY", "SF_CHECKWORD": "CANARY", "SF_URL": service.URL, "TRACK17_KEY": "CANARY", "TRACK17_URL": service.URL} {
		t.Setenv("CENTRED_"+name, value)
	}
	var log bytes.Buffer
	server, url := childWith(t, &log, "--data", dir, "--debug", "true")
	joined := joinAs(t, url, code)
	d := desk(t, url, joined)
	for told := false; !told; { // that the service has refused us
		page, err := d.Changes(t.Context(), "", 0)
		if err != nil {
			t.Fatal(err)
		}
		told = slices.ContainsFunc(page.Rows, func(row wire.Row) bool { return strings.Contains(string(row.D), "tracking.key_wrong") })
	}
	w := newWrite(t, 1)
	w.body = bytes.ReplaceAll(w.body, []byte(`"Altyn Hash"`), []byte(`"CANARY company"`))
	if _, err := d.PutWorkOrder(t.Context(), w.id, w.body); err != nil {
		t.Fatal(err)
	}
	voucher := []byte("\x89PNG\r\n\x1a\n CANARY voucher")
	file := repair.FileRef{SHA256: wire.Fingerprint(voucher), Size: int64(len(voucher)), Name: "CANARY name.png", Type: "image/png"}
	if err := d.Upload(t.Context(), file, bytes.NewReader(voucher), nil); err != nil {
		t.Fatal(err)
	}
	if err := d.File(t.Context(), file.SHA256, io.Discard); err != nil {
		t.Fatal(err)
	}
	stranger, err := client.New(client.Options{BaseURL: url, Token: "hm_CANARY_token", Client: "CANARY client"})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = stranger.Changes(t.Context(), "CANARY-cursor", 0)
	_, _ = stranger.Join(t.Context(), wire.Join{Invite: "CANARY-invite", InstallName: "CANARY-install", PublicKey: base64.StdEncoding.EncodeToString(make([]byte, 32))})
	response, err := http.PostForm(url+wire.PathTracking+"kuaidi100", neturl.Values{"param": {"CANARY"}, "sign": {"CANARY"}})
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	get(t, url+"/v1/CANARY-path?token=CANARY", http.Header{"Cookie": {"CANARY=1"}})
	if err := server.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = server.Wait()
	if !strings.Contains(log.String(), `"route":"PUT /v1/work-orders/{id}"`) || !strings.Contains(log.String(), "tracking service") {
		t.Errorf("the log is silent, so this test proves nothing: %s", log.String())
	}
	for _, secret := range []string{"CANARY", joined.Token, code, strings.ReplaceAll(code, "-", ""), string(joined.Account),
		file.SHA256, "Nanshan", "127.0.0.1"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log tells %q: %s", secret, log.String())
		}
	}
}

func get(t *testing.T, url string, header http.Header) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
