// Package intake turns what a person has into rows of devices: pasted text, CSV
// and Excel files, bursts of a scanner.
//
// It promises three things. Nothing typed is lost: every line that is not blank
// is a row or a skipped line with its reason. Nothing is guessed silently: what
// is doubtful is a finding on its row and column, and every column says how it
// was recognised. Nothing hangs: sizes are limited, reading can be cancelled.
//
// The way through the package: sniff.go says what the bytes are, encoding.go
// makes text of them, text.go and delimited.go or xlsx.go make lines of cells,
// layout.go finds the columns by header.go and content.go, rows.go builds rows
// and their findings, skipped.go says what is no row.
package intake
