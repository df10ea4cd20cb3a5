package main

import (
	_ "embed"
	"encoding/json"
	"errors"
	"os"
	"regexp"

	"hashmend/backend/repair"
)

// Languages of what the program says.
const (
	english = "en"
	chinese = "zh"
)

// wordsFile holds the sentence of every code in both languages. It is written
// from the screen's catalogue by its test, so that both say the same.
//
//go:embed words.json
var wordsFile []byte

// sentences are the words of one code.
type sentences struct {
	En string `json:"en"`
	Zh string `json:"zh"`
}

func readWords() (all map[string]sentences) {
	_ = json.Unmarshal(wordsFile, &all) // the test reads it too
	return all
}

var wishesChinese = regexp.MustCompile(`(?i)^zh\b|^zh[-_]`)

// languageOf gives the language for a wish such as "zh_CN.UTF-8" or "C".
func languageOf(wish string) string {
	if wishesChinese.MatchString(wish) {
		return chinese
	}
	return english
}

// systemLanguage is what the terminal's locale asks for.
func systemLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if wish := os.Getenv(name); wish != "" {
			return languageOf(wish)
		}
	}
	return english
}

// say gives the sentence of a code, and the code behind it for whoever looks it
// up. A code of a newer desk has no sentence here and is shown as it is.
func (t *tool) say(code string, args map[string]string) string {
	if t.words == nil {
		t.words = readWords()
	}
	known, ok := t.words[code]
	if !ok {
		return code
	}
	text := known.En
	if languageOf(t.lang) == chinese {
		text = known.Zh
	}
	return plain(fillIn(text, args)) + " (" + code + ")"
}

// sayProblem says an error of any kind.
func (t *tool) sayProblem(err error) string {
	var seen *repair.Error
	if errors.As(err, &seen) {
		return t.sayError(seen)
	}
	return err.Error()
}

func (t *tool) sayError(e *repair.Error) string {
	return t.sayPlace(e.Args) + t.say(e.Code, e.Args)
}

// sayPlace says where in a table a mistake is, which the screen shows beside the
// sentence. Rows count from 1 below the heading.
func (t *tool) sayPlace(args map[string]string) string {
	row, column := args["row"], plain(args["column"])
	zh := languageOf(t.lang) == chinese
	switch {
	case row == "" || row == "0":
		return ""
	case zh && column == "":
		return "第 " + row + " 行："
	case zh:
		return "第 " + row + " 行，" + column + " 列："
	case column == "":
		return "row " + row + ": "
	}
	return "row " + row + ", column " + column + ": "
}
