package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// cost is what a program and all that it started took.
type cost struct {
	cpu  time.Duration
	peak int64 // bytes resident, summed over the tree
	wall time.Duration
}

func (c cost) String() string {
	return fmt.Sprintf("%.2f s CPU, %.2f s, %d MB", c.cpu.Seconds(), c.wall.Seconds(), c.peak>>20)
}

// measure runs a command and looks at its tree of processes while it runs: a
// browser does its work in children that it does not wait for.
func measure(ctx context.Context, dir, name string, args ...string) (cost, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	var said strings.Builder
	cmd.Stderr = &said
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return cost{}, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	seen := map[int]time.Duration{}
	known := map[int]bool{cmd.Process.Pid: true}
	var c cost
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		select {
		case err := <-ended:
			tick.Stop()
			c.wall = time.Since(begin)
			for pid, cpu := range seen {
				if pid != cmd.Process.Pid {
					c.cpu += cpu
				}
			}
			own := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			c.cpu = max(c.cpu+seen[cmd.Process.Pid], own) // the last tick may have come too early
			if err != nil {
				return c, fmt.Errorf("%s: %w\n%s", name, err, said.String())
			}
			return c, nil
		case <-tick.C:
			var resident int64
			for _, p := range processes(known) {
				seen[p.pid] = p.cpu
				resident += p.resident
			}
			c.peak = max(c.peak, resident)
		}
	}
}

type process struct {
	pid, parent int
	cpu         time.Duration
	resident    int64
}

// processes are those of a tree; known grows with what is found.
func processes(known map[int]bool) (tree []process) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var all []process
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		text, err := os.ReadFile("/proc/" + e.Name() + "/stat")
		if err != nil {
			continue // it has ended
		}
		f := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		if len(f) < 22 {
			continue
		}
		n := func(i int) int64 { v, _ := strconv.ParseInt(f[i], 10, 64); return v }
		const tick = 10 * time.Millisecond
		all = append(all, process{pid, int(n(1)), time.Duration(n(11)+n(12)) * tick, n(21) * int64(os.Getpagesize())})
	}
	for grew := true; grew; {
		grew = false
		for _, p := range all {
			if known[p.parent] && !known[p.pid] {
				known[p.pid], grew = true, true
			}
		}
	}
	for _, p := range all {
		if known[p.pid] {
			tree = append(tree, p)
		}
	}
	return tree
}
