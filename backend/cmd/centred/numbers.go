package main

import (
	"net"
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"hashmend/backend/httpapi"
)

// numbers are what Prometheus reads: how much and how fast, never whose.
type numbers struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

func newNumbers() *numbers {
	n := &numbers{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "centred_requests_total", Help: "Answered requests by route and status."}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "centred_request_seconds", Help: "How long an answer took.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}}, []string{"route"}),
	}
	info := prometheus.NewGauge(prometheus.GaugeOpts{Name: "centred_info", Help: "Which version runs.",
		ConstLabels: prometheus.Labels{"version": version}})
	info.Set(1)
	n.registry.MustRegister(n.requests, n.seconds, info, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return n
}

func (n *numbers) observe(s httpapi.Seen) {
	route := s.Route
	if route == "" {
		route = "none"
	}
	n.requests.WithLabelValues(s.Method, route, strconv.Itoa(s.Status)).Inc()
	n.seconds.WithLabelValues(route).Observe(s.Took.Seconds())
}

func (n *numbers) handler() http.Handler {
	return promhttp.HandlerFor(n.registry, promhttp.HandlerOpts{})
}

// listen serves the numbers at an address of their own, "" for none. The function
// that it gives ends that.
func (n *numbers) listen(address string) (stop func() error, err error) {
	if address == "" {
		return func() error { return nil }, nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	server := metricsServer(n.handler())
	go func() { _ = server.Serve(listener) }() // ends with Close
	return server.Close, nil
}
