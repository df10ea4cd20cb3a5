package wiretest

import (
	"os"
	"testing"

	"hashmend/backend/centrehost"
	"hashmend/backend/httpapi"
	"hashmend/backend/repair"
)

// TestOurCentre runs the suite against our own centre, or against the server of
// WIRETEST_URL with the admin's invite in WIRETEST_INVITE.
func TestOurCentre(t *testing.T) {
	if url := os.Getenv("WIRETEST_URL"); url != "" {
		Run(t, Target{URL: url, AdminInvite: os.Getenv("WIRETEST_INVITE")})
		return
	}
	host, err := centrehost.Open(t.Context(), t.TempDir(), centrehost.Options{HTTP: httpapi.Options{Register: true}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := host.Close(); err != nil {
			t.Error(err)
		}
	})
	url, err := host.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	invite, err := host.Invite(t.Context(), repair.RoleAdmin, "", "wiretest")
	if err != nil {
		t.Fatal(err)
	}
	Run(t, Target{URL: url, AdminInvite: invite.Code, Strict: true})
	report, err := host.Centre().Check(t.Context())
	if err != nil || len(report.Faults) > 0 {
		t.Errorf("%+v %v", report, err)
	}
}
