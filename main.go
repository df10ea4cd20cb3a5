// Command hashmend is the desk: a window over the program in package app, or the
// same program served to a browser on this PC.
package main

import (
	"embed"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"

	"hashmend/app"
	"hashmend/app/webdesk"
	"hashmend/backend/datadir"
)

//go:embed all:frontend/dist
var embedded embed.FS

// version is set by the build.
var version = "0.0.0-dev"

func main() {
	showVersion := flag.Bool("version", false, "print the version and end")
	selfTest := flag.Bool("selftest", false, "try every part on this machine, without a window, and end; the label it draws goes to the picture given as argument")
	data := flag.String("data", "", "the data `folder`; each has its own drafts, account and settings")
	browser := flag.Bool("webdesk", false, "serve the program to a browser on this PC, at the address given as argument (default 127.0.0.1:0)")
	flag.Parse()

	log.SetFlags(log.LstdFlags | log.LUTC | log.Lmsgprefix)
	log.SetPrefix("hashmend: ")
	var err error
	switch {
	case *showVersion:
		fmt.Println("hashmend", version)
	case *selfTest:
		err = app.SelfTest(os.Stdout, flag.Arg(0))
	default:
		err = run(*data, *browser, flag.Arg(0))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "hashmend:", err)
		os.Exit(1)
	}
}

// run opens the program and shows it. A program that cannot open its data shows
// why instead, in the same window.
func run(dir string, browser bool, addr string) error {
	files, err := fs.Sub(embedded, "frontend/dist")
	if err != nil {
		return err
	}
	if dir == "" {
		if dir, err = datadir.Default(); err != nil {
			return err
		}
	}
	cfg := app.Config{Version: version, Dir: dir}
	desk, err := app.Begin(cfg)
	if errors.Is(err, datadir.ErrInUse) && !browser && webdesk.RaiseRunning(dir) {
		return nil // the person wanted that window
	}
	if err != nil {
		desk = app.Refused(cfg, err)
	}
	defer serveTerminal(desk)()
	if browser {
		return webdesk.Run(desk, files, addr, os.Stdout)
	}
	return desk.Window(files)
}

// serveTerminal answers terminals once the data is open, and returns how to stop.
func serveTerminal(desk *app.App) (stop func()) {
	served := make(chan func(), 1)
	go func() {
		defer close(served)
		if desk.Opened() != nil {
			return
		}
		stop, err := webdesk.ServeTerminal(desk)
		if err != nil {
			log.Printf("terminal: %v", err) // the window works without it
			return
		}
		served <- stop
	}()
	return func() {
		if stop := <-served; stop != nil {
			stop()
		}
	}
}
