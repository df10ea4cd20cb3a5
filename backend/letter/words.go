package letter

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"text/template"
	"unicode"

	"hashmend/backend/repair"
)

//go:embed words/*.txt
var wordFiles embed.FS

// words are the texts by "kind.language". The first line of a text is its subject.
var words = template.Must(readWords())

func readWords() (*template.Template, error) {
	all := template.New("").Option("missingkey=error").Funcs(template.FuncMap{
		"join": func(list []string) string { return strings.Join(list, ", ") },
	})
	err := fs.WalkDir(wordFiles, "words", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := wordFiles.ReadFile(name)
		if err != nil {
			return err
		}
		_, err = all.New(strings.TrimSuffix(path.Base(name), ".txt")).Parse(string(text))
		return err
	})
	return all, err
}

// Write gives a letter's subject and text in its language.
func Write(l repair.Letter) (subject, text string, err error) {
	var out bytes.Buffer
	facts := oneLine(l.Facts)
	if err := words.ExecuteTemplate(&out, string(l.Kind)+"."+l.Language, facts); err != nil {
		return "", "", fmt.Errorf("no words for %s in %s: %w", l.Kind, l.Language, err)
	}
	subject, text, _ = strings.Cut(out.String(), "\n")
	return subject, strings.TrimLeft(text, "\n"), nil
}

// oneLine keeps each fact on one line and short: people chose some of them, and a
// line break in one would begin another header or another sentence of ours.
func oneLine(f repair.LetterFacts) repair.LetterFacts {
	f.Centre, f.Number, f.Reference = flat(f.Centre), flat(f.Number), flat(f.Reference)
	f.Serials, f.Due = flatAll(f.Serials), flatAll(f.Due)
	return f
}

func flatAll(list []string) []string {
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = flat(one)
	}
	return out
}

// mostRunes is the longest fact.
const mostRunes = 120

func flat(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
	if runes := []rune(text); len(runes) > mostRunes {
		return string(runes[:mostRunes]) + "…"
	}
	return text
}
