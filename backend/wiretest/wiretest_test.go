package wiretest

import (
	"context"
	"os"
	"testing"

	"hashmend/backend/blob"
	"hashmend/backend/blob/bucket"
	"hashmend/backend/carrier"
	"hashmend/backend/centre"
	"hashmend/backend/centredb/postgres"
	"hashmend/backend/centrehost"
	"hashmend/backend/checkout"
	"hashmend/backend/enginetest"
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
	runOurs(t, centrehost.Options{})
}

// TestOurCentreOnPostgresAndS3 is the same on the engines of a large centre.
func TestOurCentreOnPostgresAndS3(t *testing.T) {
	database, files := enginetest.StartPostgres(t), enginetest.StartS3(t)
	runOurs(t, centrehost.Options{
		Store: func(ctx context.Context) (centre.Store, error) { return postgres.Open(ctx, database.URL()) },
		Files: func(ctx context.Context, spool *blob.Store) (blob.Place, error) {
			return bucket.Open(ctx, files.Address(), spool)
		},
	})
}

// nobody answers here: the suite asks no service.
const nobody = "http://127.0.0.1:1"

func runOurs(t *testing.T, o centrehost.Options) {
	t.Helper()
	o.HTTP = httpapi.Options{Register: true}
	const salt, key = "a-salt-of-our-own", "key17"
	o.Tracking.Services = carrier.New(carrier.Settings{Kuaidi100: carrier.Kuaidi100Settings{Customer: "c", Key: "k", Salt: salt, Address: nobody},
		Track17: carrier.Track17Settings{Key: key, Address: nobody}}, nil, nil)
	o.Checkouts.Server = checkout.New(checkout.Settings{Address: nobody, Store: "s", Key: "k", Secret: salt}, nil)
	host, err := centrehost.Open(t.Context(), t.TempDir(), o)
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
	Run(t, Target{URL: url, AdminInvite: invite.Code, Strict: true, Kuaidi100Salt: salt, Track17Key: key, BTCPaySecret: salt})
	report, err := host.Centre().Check(t.Context())
	if err != nil || len(report.Faults) > 0 {
		t.Errorf("%+v %v", report, err)
	}
}
