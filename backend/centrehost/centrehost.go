// Package centrehost joins the parts of a centre in one data folder: its store,
// its files, its deeds and its HTTP side. The program centred runs one; the desk
// runs one in its own process to practise with.
package centrehost

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"hashmend/backend/blob"
	"hashmend/backend/centre"
	"hashmend/backend/centredb"
	"hashmend/backend/httpapi"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Options of a host. The zero value is ready.
type Options struct {
	Info     repair.CentreInfo // of a new centre; an old one keeps its own
	Loopback bool              // refuse what a web page sends; Listen sets it by its address
	Now      func() time.Time
	Log      *slog.Logger
	TLS      *tls.Config // nil is plain HTTP
	HTTP     httpapi.Options
	Quota    int64       // bytes of files of one account; 0 is no limit
	Reserve  int64       // bytes of the disk that files may not fill; 0 is none
	Post     centre.Post // carries letters away; nil writes none

	Tracking centre.Tracks // the services that a centre that serves asks where parcels are

	Checkouts centre.Checkouts // where customers pay on a page, while the centre serves

	// Where the store and the files are, when not in the data folder.
	Store func(ctx context.Context) (centre.Store, error)
	Files func(ctx context.Context, spool *blob.Store) (blob.Place, error)
}

// Host is an open centre. End it with Close.
type Host struct {
	dir    string
	files  *blob.Store
	centre *centre.Centre
	store  centre.Store
	o      Options
	http   *http.Server
	served chan error
	rest   func() // ends the upkeep
}

// Open opens the centre in a data folder, or makes it there.
func Open(ctx context.Context, dir string, o Options) (*Host, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open centre: %w", err)
	}
	spool, err := blob.Open(filepath.Join(dir, "files"))
	if err != nil {
		return nil, err
	}
	var place blob.Place = blob.Folder{Store: spool}
	if o.Files != nil {
		if place, err = o.Files(ctx, spool); err != nil {
			return nil, fmt.Errorf("open centre: %w", err)
		}
	}
	openStore := o.Store
	if openStore == nil {
		openStore = func(ctx context.Context) (centre.Store, error) {
			return centredb.Open(ctx, filepath.Join(dir, "centre.db"))
		}
	}
	store, err := openStore(ctx)
	if err != nil {
		return nil, fmt.Errorf("open centre: %w", err)
	}
	if o.Log != nil {
		o.Tracking.Failed = func(service string, err error) {
			o.Log.Warn("tracking service", "service", service, "error", err, "cause", errors.Unwrap(err))
		}
	}
	if o.Log != nil {
		o.Checkouts.Failed = func(err error) { o.Log.Warn("payment server", "error", err, "cause", errors.Unwrap(err)) }
	}
	c, err := centre.New(ctx, store, place, centre.Options{Now: o.Now, Info: o.Info, Quota: o.Quota, Spare: spare(dir, o.Reserve), Tracking: o.Tracking, Checkouts: o.Checkouts})
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return &Host{dir: dir, files: spool, centre: c, store: store, o: o}, nil
}

// spare watches over the reserve of a disk.
func spare(dir string, reserve int64) func(int64) error {
	if reserve <= 0 {
		return nil
	}
	return func(size int64) error {
		free, err := blob.Free(dir)
		if err == nil && free < reserve+size {
			err = fmt.Errorf("%d bytes are free, %d are kept for orders", free, reserve)
		}
		return err
	}
}

// Centre gives the deeds, for the operator and for seeding.
func (h *Host) Centre() *centre.Centre { return h.centre }

// Handler gives the HTTP side without a listener.
func (h *Host) Handler() *httpapi.Server {
	o := h.o.HTTP
	o.Loopback, o.Log, o.Now = h.o.Loopback, h.o.Log, h.o.Now
	return httpapi.New(h.centre, o)
}

// Invite makes an invite code as the operator.
func (h *Host) Invite(ctx context.Context, role repair.Role, accountName, name string) (wire.Invite, error) {
	return h.centre.Invite(ctx, centre.Operator(), wire.InviteAsk{Role: role, AccountName: accountName, Name: name})
}

// Listen starts serving on an address, such as 127.0.0.1:0, and gives the URL.
func (h *Host) Listen(address string) (url string, err error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return "", err
	}
	at, ok := listener.Addr().(*net.TCPAddr)
	h.o.Loopback = ok && at.IP.IsLoopback() && len(h.o.HTTP.Proxies) == 0
	handler := h.Handler()
	h.http = &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	h.http.RegisterOnShutdown(handler.End)
	h.served = make(chan error, 1)
	h.beginUpkeep()
	h.beginPost()
	if h.o.TLS == nil {
		go func() { h.served <- h.http.Serve(listener) }()
		return "http://" + reachable(at).String(), nil
	}
	h.http.TLSConfig = h.o.TLS
	go func() { h.served <- h.http.ServeTLS(listener, "", "") }()
	return "https://" + reachable(at).String(), nil
}

// reachable is an address under which this machine reaches the listener.
func reachable(at *net.TCPAddr) netip.AddrPort {
	a := at.AddrPort()
	if a.Addr().IsUnspecified() {
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), a.Port())
	}
	return netip.AddrPortFrom(a.Addr().Unmap(), a.Port())
}

// Wait returns when serving ends: nil after Close.
func (h *Host) Wait() error {
	err := <-h.served
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Close lets running requests finish for at most ten seconds and closes the store.
func (h *Host) Close() error {
	var err error
	if h.rest != nil {
		h.rest()
	}
	if h.http != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err = h.http.Shutdown(ctx); err != nil {
			err = errors.Join(err, h.http.Close())
		}
	}
	return errors.Join(err, h.store.Close())
}
