package label

import (
	"strconv"
	"strings"
)

// Step is one thing to do when packing, P1 to P15. The id never changes, so
// that an acknowledged checklist keeps its meaning.
type Step struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Steps lists the packing guidance in a language: zh, ru, es or ar, also with a
// script or country behind it, and English for all others. It is what the guidance page prints and what
// a sender acknowledges on screen (R07).
func Steps(lang string) []Step {
	texts := guidanceIn(lang)
	steps := make([]Step, len(texts))
	for i, t := range texts {
		steps[i] = Step{ID: "P" + strconv.Itoa(i+1), Title: t.title, Text: t.text}
	}
	return steps
}

// guidanceIn finds the texts of a language.
func guidanceIn(lang string) []words {
	if len(lang) >= 2 {
		if texts, ok := guidance[strings.ToLower(lang[:2])]; ok {
			return texts
		}
	}
	return guidance["en"]
}

type words struct{ title, text string }

// guidance is the fifteen steps, by language.
var guidance = map[string][]words{"en": stepsEN, "zh": stepsZH, "ru": stepsRU, "es": stepsES, "ar": stepsAR}
