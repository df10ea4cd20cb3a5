package main

import "strings"

// noValue stands for an argument that is missing: it must not blank the sentence.
const noValue = "–"

// fillIn puts arguments into a sentence of the catalogue: {name}, {why, select,
// a {…} other {…}} and {count, plural, one {# row} other {# rows}}.
func fillIn(text string, args map[string]string) string { return fillPart(text, args, "") }

// fillPart is fillIn with what # means there.
func fillPart(text string, args map[string]string, number string) string {
	var b strings.Builder
	for text != "" {
		i := strings.IndexAny(text, "{#")
		if i < 0 {
			break
		}
		b.WriteString(text[:i])
		text = text[i:]
		if text[0] == '#' {
			b.WriteString(orElse(number, "#"))
			text = text[1:]
			continue
		}
		inside, rest := braced(text)
		b.WriteString(fillArgument(inside, args, number))
		text = rest
	}
	b.WriteString(text)
	return b.String()
}

// fillArgument fills what stands between two braces.
func fillArgument(inside string, args map[string]string, number string) string {
	name, rest, choice := strings.Cut(inside, ",")
	value := orElse(args[strings.TrimSpace(name)], noValue)
	if !choice {
		return value
	}
	how, cases, _ := strings.Cut(rest, ",")
	if strings.TrimSpace(how) == "plural" {
		number = value
		if value == "1" {
			value = "one"
		}
	}
	other := ""
	for {
		i := strings.IndexByte(cases, '{')
		if i < 0 {
			return fillPart(other, args, number)
		}
		key := strings.TrimSpace(cases[:i])
		words, after := braced(cases[i:])
		if key == value {
			return fillPart(words, args, number)
		}
		if key == "other" {
			other = words
		}
		cases = after
	}
}

// braced gives what stands in the braces that text begins with, and what follows.
func braced(text string) (inside, rest string) {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return text[1:i], text[i+1:]
			}
		}
	}
	return text[1:], ""
}

func orElse(text, without string) string {
	if text == "" {
		return without
	}
	return text
}
