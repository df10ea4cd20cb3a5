package httpapi

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// addressOf is where a request comes from. A reverse proxy that the operator has
// named is believed about whom it speaks for, and nobody else is: of the list in
// X-Forwarded-For the last entry that no such proxy wrote about itself.
func (s *Server) addressOf(r *http.Request) string {
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		from = r.RemoteAddr
	}
	if !s.isProxy(from) {
		return from
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop := strings.TrimSpace(hops[i])
		if _, err := netip.ParseAddr(hop); err != nil {
			return from
		}
		if from = hop; !s.isProxy(hop) {
			return from
		}
	}
	return from
}

func (s *Server) isProxy(address string) bool {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	for _, p := range s.proxies {
		if p.Contains(ip.Unmap()) {
			return true
		}
	}
	return false
}

// fromHere reports a request of this very machine, not of somebody behind a proxy
// on it.
func (s *Server) fromHere(r *http.Request) bool {
	ip, err := netip.ParseAddr(s.addressOf(r))
	return err == nil && ip.IsLoopback() && r.Header.Get("X-Forwarded-For") == ""
}
