package app

import (
	"slices"
	"strings"
)

// follows names what is to be read again when a topic has changed: who changes a
// thing need not know every page that shows it.
var follows = map[string][]string{
	"orders": {"needs"},
	"sync":   {"needs", "drafts", "uploads"}, // a submission was accepted or refused
}

// widen adds the topics that follow from others, each topic once.
func widen(topics []string) []string {
	var out []string
	add := func(topic string) {
		if !slices.Contains(out, topic) {
			out = append(out, topic)
		}
	}
	for _, topic := range topics {
		add(topic)
		for _, next := range follows[topic] {
			add(next)
		}
		if id, ok := strings.CutPrefix(topic, "order:"); ok {
			add("packing:" + id)
		}
	}
	return out
}
