package webdesk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"hashmend/app"
	"hashmend/backend/repair"
)

// stopping is how long requests under way may take when the program ends.
const stopping = 5 * time.Second

// Run serves the program to a browser until it is interrupted, then closes it.
// It writes the address to open, with the secret in it, to out.
func Run(a *app.App, files fs.FS, addr string, out io.Writer) error {
	defer func() {
		if err := a.Close(); err != nil {
			log.Printf("close: %v", err)
		}
	}()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	listener, err := listen(addr)
	if err != nil {
		return err
	}
	parts := Parts{Bound: a.Bound(), Local: a.Local(), Files: files, Subscribe: a.Events.Subscribe}
	return serve(ctx, listener, parts, func(address string) {
		fmt.Fprintf(out, "%s Open this address in a browser on this PC (it works once):\n%s\n", greeting(a), address)
	})
}

// greeting says how the program stands once its data is open, or is not: then only
// the page that says why is there.
func greeting(a *app.App) string {
	err := a.Opened()
	if err == nil {
		return "Hashmend is ready."
	}
	why := "an unexpected fault"
	var seen *repair.Error
	if errors.As(err, &seen) {
		why = seen.Code
	}
	return fmt.Sprintf("Hashmend could not open its data in %s (%s). The page says what to do.", a.Dir, why)
}

// listen refuses every address but this PC's own.
func listen(addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if ip := net.ParseIP(host); host != "localhost" && !ip.IsLoopback() {
		return nil, fmt.Errorf("listen on %s: only this PC may reach the desk; use 127.0.0.1", addr)
	}
	return net.Listen("tcp", addr)
}

func serve(ctx context.Context, listener net.Listener, parts Parts, ready func(address string)) error {
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return err
	}
	ended := make(chan struct{})
	g := newGuard(port)
	handler, err := newServer(parts, g, ended)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() {
		close(ended)
		wait, cancel := context.WithTimeout(context.Background(), stopping)
		defer cancel()
		if err := srv.Shutdown(wait); err != nil {
			log.Printf("stop: %v", err)
		}
	})
	ready("http://" + listener.Addr().String() + "/#key=" + g.secret)
	if err := srv.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
