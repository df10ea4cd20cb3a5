package main

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// hexSum writes a go.sum hash, such as h1:…=, as CycloneDX wants it.
func hexSum(sum string) (string, bool) {
	text, ok := strings.CutPrefix(sum, "h1:")
	if !ok {
		return "", false
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return "", false
	}
	return hex.EncodeToString(raw), true
}
