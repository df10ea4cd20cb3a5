package simtest

import (
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Proxy stands in front of a real server and does to bytes what networks do.
// Its address stays when the server behind it moves.
type Proxy struct {
	listener net.Listener
	target   atomic.Value // string
	rough    atomic.Bool  // whether anything goes wrong at all
	open     sync.WaitGroup

	mu    sync.Mutex
	dice  *rand.Rand
	lines map[net.Conn]bool
}

// NewProxy listens on this machine.
func NewProxy(seed uint64) (*Proxy, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{listener: listener, dice: rand.New(rand.NewPCG(seed, 2)), lines: map[net.Conn]bool{}}
	p.target.Store("")
	p.open.Go(p.accept)
	return p, nil
}

// Address is where desks find the centre.
func (p *Proxy) Address() string { return p.listener.Addr().String() }

// Lead sends new connections to an address.
func (p *Proxy) Lead(address string) { p.target.Store(address) }

// Rough lets things go wrong, or not.
func (p *Proxy) Rough(rough bool) { p.rough.Store(rough) }

// Close ends all connections.
func (p *Proxy) Close() {
	_ = p.listener.Close()
	p.mu.Lock()
	for line := range p.lines {
		_ = line.Close()
	}
	p.mu.Unlock()
	p.open.Wait()
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.open.Go(func() { p.carry(client) })
	}
}

// carry joins a client to the server until one of them ends it, or the line does.
func (p *Proxy) carry(client net.Conn) {
	server, err := net.Dial("tcp", p.target.Load().(string))
	if err != nil {
		_ = client.Close()
		return
	}
	p.mu.Lock()
	p.lines[client], p.lines[server] = true, true
	p.mu.Unlock()
	end := func() {
		_ = client.Close()
		_ = server.Close()
	}
	var both sync.WaitGroup
	both.Go(func() { defer end(); p.pass(server, client) })
	both.Go(func() { defer end(); p.pass(client, server) })
	both.Wait()
	p.mu.Lock()
	delete(p.lines, client)
	delete(p.lines, server)
	p.mu.Unlock()
}

// pass copies one direction. On a rough day a line breaks after some bytes, stops
// for a while, or carries little at a time.
func (p *Proxy) pass(to, from net.Conn) {
	buffer := make([]byte, 16<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			part, pause, breaks := p.cast(n)
			time.Sleep(pause)
			if _, err := to.Write(buffer[:part]); err != nil || breaks {
				return
			}
			if _, err := to.Write(buffer[part:n]); err != nil {
				return
			}
		}
		if err == io.EOF || err != nil {
			return
		}
	}
}

func (p *Proxy) cast(n int) (part int, pause time.Duration, breaks bool) {
	if !p.rough.Load() {
		return n, 0, false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch p.dice.IntN(12) {
	case 0:
		return p.dice.IntN(n + 1), 0, true
	case 1:
		return p.dice.IntN(n + 1), time.Duration(p.dice.IntN(60)) * time.Millisecond, false
	}
	return n, 0, false
}
