package main

import (
	"fmt"
	"slices"
)

// secretNames are settings that are taken from the file, a variable or a file of their
// own: a command line can be read by whoever is on the machine.
var secretNames = []string{"kuaidi100-key", "kuaidi100-salt", "sf-checkword", "track17-key", "btcpay-key", "btcpay-webhook-secret"}

func (s setting) isSecret() bool { return slices.Contains(secretNames, s.name) }

const secretWords = "; it belongs into centred.toml, a file of its own or the environment, never on the command line"

// errSecretFlag names no value.
func errSecretFlag(s setting) error {
	return fmt.Errorf("%w: --%s would show a secret to everybody on this machine: write it into %s, into the file that --%s-file names, or into %s",
		errUsage, s.name, configName, s.name, s.variable())
}

// withFiles adds to each secret the setting that names the file it is in.
func withFiles(list []setting) (out []setting) {
	for _, s := range list {
		out = append(out, s)
		if !s.isSecret() {
			continue
		}
		out = append(out, setting{s.name + "-file", "", "`file` that holds " + s.name + " and nothing else, for its owner only", func(c *config, path string) error {
			if path == "" {
				return nil
			}
			text, err := secretIn(path)
			if err != nil {
				return err
			}
			return s.read(c, text)
		}})
	}
	return out
}
