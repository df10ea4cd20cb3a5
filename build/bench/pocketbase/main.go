// Command pocketbase is a peer of the centre in its measurements: PocketBase as it
// comes, with one collection of an owner's things and one user, made at the first
// start. It says where it listens in its first line, as our own servers do.
package main

import (
	"fmt"
	"log"
	"net"
	"os"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

func main() {
	app := pocketbase.New()
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := begin(app); err != nil {
			return err
		}
		return e.Next()
	})
	// It does not tell which port it was given, so it is given a free one.
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening on http://" + free.Addr().String())
	os.Args = append(os.Args, "--http", free.Addr().String())
	if err := free.Close(); err != nil {
		log.Fatal(err)
	}
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}

// begin makes the collection, its owner rule and the user.
func begin(app *pocketbase.PocketBase) error {
	users, err := app.FindCollectionByNameOrId("users")
	if err != nil {
		return err
	}
	things := core.NewBaseCollection("things")
	things.Fields.Add(
		&core.TextField{Name: "client_id", Required: true, Max: 80},
		&core.TextField{Name: "kind", Required: true, Max: 40},
		&core.TextField{Name: "work_order", Required: true, Max: 80},
		&core.TextField{Name: "serial", Max: 80},
		&core.TextField{Name: "model", Max: 100},
		&core.TextField{Name: "complaint", Max: 1000},
		&core.RelationField{Name: "owner", CollectionId: users.Id, MaxSelect: 1, Required: true},
		&core.AutodateField{Name: "created", OnCreate: true},
	)
	own := types.Pointer("@request.auth.id != '' && owner = @request.auth.id")
	things.ListRule, things.ViewRule, things.CreateRule = own, own, own
	things.AddIndex("things_client", true, "client_id", "")
	things.AddIndex("things_owner", false, "owner, created", "")
	if err := app.Save(things); err != nil {
		return err
	}
	user := core.NewRecord(users)
	user.SetEmail("farm@example.org")
	user.SetPassword("only-for-measuring")
	if err := app.Save(user); err != nil {
		return err
	}
	app.Settings().Batch.Enabled = true
	app.Settings().Batch.MaxRequests = orderThings
	return nil
}

// orderThings is an order with its devices.
const orderThings = 13
