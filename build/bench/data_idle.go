package main

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"time"

	"hashmend/app"
	"hashmend/backend/centrehost"
	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// idleFor is how long a desk is watched that has nothing to do.
const idleFor = time.Minute

// benchIdle lets a desk stay with a centre that has nothing new, and gives its part
// of one processor in percent.
func benchIdle(ctx context.Context, dir string) (figures, error) {
	shop, err := newShop(ctx, filepath.Join(dir, "idle"), centrehost.Options{})
	if err != nil {
		return nil, err
	}
	host, err := centrehost.Open(ctx, shop.dir, centrehost.Options{})
	if err != nil {
		return nil, err
	}
	invite, err := host.Invite(ctx, repair.RoleCustomer, "Altyn Hash", "desk")
	if err := errors.Join(err, host.Close()); err != nil {
		return nil, err
	}
	centred, err := shop.serve(ctx, "centred")
	if err != nil {
		return nil, err
	}
	defer centred.stop()
	if err := one(ctx, http.DefaultClient, centred.url, shop.order(1, orderDevices)); err != nil {
		return nil, err
	}
	return measured(ctx, dir, "idle", centred.url, invite.Code)
}

// childIdle is the desk: all of the program but its window.
func childIdle(arguments []string) (figures, error) {
	a, err := app.Open(app.Config{Dir: "data", Version: "bench"})
	if err != nil {
		return nil, err
	}
	defer func() { _ = a.Close() }()
	if _, err := bound[*app.Start](a).Connect(desk.ConnectRequest{URL: arguments[0], Invite: arguments[1], Install: "bench"}); err != nil {
		return nil, err
	}
	time.Sleep(15 * time.Second) // the first pull, and the work of the first minute
	before := cpu()
	time.Sleep(idleFor)
	return figures{"percent": 100 * (cpu() - before) / idleFor.Seconds()}, nil
}
