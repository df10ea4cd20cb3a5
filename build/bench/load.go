package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// served is a server of a measurement, in processes of its own.
type served struct {
	name string
	url  string
	cmd  *exec.Cmd
	also func() []int // further processes that work for it
}

// serve starts a server that says where it listens in its first line.
func serve(ctx context.Context, name, program string, args ...string) (*served, error) {
	s := &served{name: name, cmd: exec.CommandContext(ctx, program, args...)}
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.stop()
		return nil, fmt.Errorf("%s says nothing: %w", name, err)
	}
	s.url = strings.TrimPrefix(strings.TrimSpace(line), "listening on ")
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return s, nil
}

func (s *served) stop() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// cpu is what its processes have used so far.
func (s *served) cpu() time.Duration {
	pids := []int{s.cmd.Process.Pid}
	if s.also != nil {
		pids = append(pids, s.also()...)
	}
	total := time.Duration(0)
	for _, pid := range pids {
		total += cpuTime(pid)
	}
	return total
}

// cpuTime reads user and system time, in ticks of ten milliseconds.
func cpuTime(pid int) time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	f := strings.Fields(rest)
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// rss is its resident memory in MB.
func (s *served) rss() float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024
		}
	}
	return 0
}

// figure is what one round of load has shown.
type figure struct {
	perSecond float64
	cpu       float64 // microseconds an answer, of the server
}

// ask is one request.
type ask struct {
	method, path string
	body         []byte
	header       map[string]string
}

// load asks from so many places at once for a time. next gives the n-th request;
// every answer must be a 2xx.
func load(ctx context.Context, s *served, places int, length time.Duration, next func(n int64) ask) (figure, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: places, DisableCompression: true}}
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var turn, answered atomic.Int64
	var failed error
	var once sync.Once
	var all sync.WaitGroup
	cpu, start := s.cpu(), time.Now()
	end := start.Add(length)
	for range places {
		all.Go(func() {
			for time.Now().Before(end) && ctx.Err() == nil {
				if err := one(ctx, client, s.url, next(turn.Add(1))); err != nil {
					once.Do(func() { failed = err; cancel() })
					return
				}
				answered.Add(1)
			}
		})
	}
	all.Wait()
	took := time.Since(start)
	n := float64(answered.Load())
	if failed == nil && n == 0 {
		failed = errors.New("no answer in time")
	}
	if failed != nil {
		return figure{}, fmt.Errorf("%s, after %.0f answers: %w", s.name, n, failed)
	}
	return figure{n / took.Seconds(), float64((s.cpu() - cpu).Microseconds()) / n}, nil
}

func one(ctx context.Context, client *http.Client, url string, a ask) error {
	r, err := http.NewRequestWithContext(ctx, a.method, url+a.path, bytes.NewReader(a.body))
	if err != nil {
		return err
	}
	if len(a.body) > 0 {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range a.header {
		r.Header.Set(name, value)
	}
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode/100 != 2 {
		text, _ := io.ReadAll(io.LimitReader(answer.Body, 500))
		return fmt.Errorf("%s %s: %s: %s", a.method, a.path, answer.Status, text)
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}
