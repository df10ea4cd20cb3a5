package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// miniBrowser is WebKitGTK's test browser, driven through WebDriver.
type miniBrowser struct {
	driver  *exec.Cmd
	session string // the address of the session at the driver
}

// openMiniBrowser starts the driver, which starts the browser. Nothing of the
// person's own browser is touched: its folders are inside dir.
func openMiniBrowser(ctx context.Context, dir string) (*miniBrowser, error) {
	browser, err := filepath.Glob("/usr/lib/*/webkit2gtk-4.1/MiniBrowser")
	if err != nil || len(browser) == 0 {
		return nil, errors.New("WebKitGTK's MiniBrowser is missing: Debian's libwebkit2gtk-4.1-0 has it")
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "WebKitWebDriver", "--port="+port)
	// Without compositing nothing is drawn by a graphics card: the window's own
	// policy, which the test browser has no switch for.
	cmd.Env = append(os.Environ(), "WEBKIT_DISABLE_COMPOSITING_MODE=1", "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CACHE_HOME="+dir, "XDG_CONFIG_HOME="+dir)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%w: Debian's webkit2gtk-driver has it", err)
	}
	b := &miniBrowser{driver: cmd}
	base := "http://127.0.0.1:" + port
	if err := b.ready(ctx, base); err != nil {
		b.close()
		return nil, err
	}
	options := map[string]any{"binary": browser[0], "args": []string{"--automation", "--geometry=1280x800"}}
	wanted := map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{"webkitgtk:browserOptions": options}}}
	var made struct {
		ID string `json:"sessionId"`
	}
	if err := post(base+"/session", wanted, &made); err != nil {
		b.close()
		return nil, err
	}
	b.session = base + "/session/" + made.ID
	return b, post(b.session+"/timeouts", map[string]int{"script": 180_000, "pageLoad": 60_000}, nil)
}

// ready waits until the driver answers.
func (b *miniBrowser) ready(ctx context.Context, base string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if answer, err := http.Get(base + "/status"); err == nil {
			return answer.Body.Close()
		}
		select {
		case <-ctx.Done():
			return errors.New("WebKitWebDriver does not answer")
		case <-tick.C:
		}
	}
}

func (b *miniBrowser) close() {
	if b.session != "" { // or the browser would outlive its driver
		if request, err := http.NewRequest(http.MethodDelete, b.session, nil); err == nil {
			if answer, err := http.DefaultClient.Do(request); err == nil {
				_ = answer.Body.Close()
			}
		}
	}
	stop(b.driver)
}

func (b *miniBrowser) open(address string) error {
	return post(b.session+"/url", map[string]string{"url": address}, nil)
}

// script runs a function body in the page and waits for the text it calls back with.
func (b *miniBrowser) script(body string, args []any) ([]byte, error) {
	var text string
	err := post(b.session+"/execute/async", map[string]any{"script": body, "args": args}, &text)
	return []byte(text), err
}

// post sends a command of WebDriver and reads its value.
func post(address string, body, out any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	answer, err := http.Post(address, "application/json", bytes.NewReader(text))
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	got, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("webdriver: %s: %s", answer.Status, got)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(got, &struct {
		Value any `json:"value"`
	}{out})
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, errors.Join(err, l.Close())
}

// The kernel counts CPU in ticks of a hundredth of a second.
const tick = 10 * time.Millisecond

// cpuOf adds the CPU that the descendants of a process with this name have used.
func cpuOf(pid int, name string) (time.Duration, error) {
	var sum time.Duration
	found := false
	err := descend(pid, func(pid int) error {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return nil // it ended
		}
		end := strings.LastIndexByte(string(text), ')')
		if end < 0 || !strings.HasSuffix(string(text[:end]), "("+name) {
			return nil
		}
		found = true
		fields := strings.Fields(string(text[end+1:])) // from the third field on: see proc(5)
		for _, at := range []int{11, 12} {             // utime, stime
			n, err := strconv.Atoi(fields[at])
			if err != nil {
				return err
			}
			sum += time.Duration(n) * tick
		}
		return nil
	})
	if err == nil && !found {
		err = fmt.Errorf("no %s is running", name)
	}
	return sum, err
}

// descend calls visit for a process and all that it started.
func descend(pid int, visit func(pid int) error) error {
	if err := visit(pid); err != nil {
		return err
	}
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		return err
	}
	for _, task := range tasks {
		children, err := os.ReadFile(task)
		if err != nil {
			continue // the thread ended
		}
		for _, c := range strings.Fields(string(children)) {
			child, err := strconv.Atoi(c)
			if err != nil {
				return err
			}
			if err := descend(child, visit); err != nil {
				return err
			}
		}
	}
	return nil
}
