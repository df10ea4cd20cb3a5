package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

func TestTrackShowsWhetherTheSettingsOfAServiceAreRight(t *testing.T) {
	dir := t.TempDir()
	answer := `{"message":"ok","status":"200","state":"0","nu":"DPK364112047425","data":[{"ftime":"2026-03-04 10:00:00","context":"到达","status":"在途"}]}`
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, answer) }))
	t.Cleanup(service.Close)
	writeFile(t, filepath.Join(dir, configName), "kuaidi100-customer = \"c\"\nkuaidi100-key = \"CANARY\"\nkuaidi100-url = \""+service.URL+"\"\n")
	none := filepath.Join(dir, "none.toml")
	writeFile(t, none, "")
	track := func(args ...string) (string, error) {
		var out, log bytes.Buffer
		err := run(t.Context(), append([]string{"track", "--data", dir}, args...), &out, &log)
		return out.String(), err
	}
	text, err := track("--carrier", "deppon", "--waybill", "dpk364112047425")
	if err != nil || !strings.Contains(text, "kuaidi100 knows DPK364112047425: 1 events") || !strings.Contains(text, "2026-03-04T02:00:00Z  in_transit") {
		t.Errorf("%q %v", text, err)
	}
	answer = `{"result":false,"returnCode":"503","message":"验证签名失败"}`
	for _, wrong := range []struct {
		args []string
		want string
	}{
		{[]string{"--carrier", "deppon", "--waybill", "DPK364112047425"}, "it refuses the key"},
		{[]string{"--carrier", "sf", "--waybill", "SF3297600239259"}, "--phone"},
		{[]string{"--carrier", "cdek", "--waybill", "1234567890"}, "none of the services knows"},
		{[]string{"--carrier", "sf"}, "--waybill is missing"},
		{[]string{"--config", none, "--waybill", "SF3297600239259"}, "no tracking service has its keys"},
	} {
		text, err := track(wrong.args...)
		if err == nil || !strings.Contains(err.Error(), wrong.want) || strings.Contains(err.Error()+text, "CANARY") {
			t.Errorf("%v: %q %v", wrong.args, text, err)
		}
	}
}
