package repair

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Model is what a device is called. A model outside the catalogue keeps the name
// that was typed: other makers' machines are repaired too.
type Model struct {
	Maker string // "" when unknown
	Name  string // such as "X16-Q Pro"
	Bin   string // the hash rate behind the name, such as "2050"; "" when not said
}

// String is the model as it is shown: the name and the bin.
func (m Model) String() string {
	if m.Bin == "" {
		return m.Name
	}
	return m.Name + " " + m.Bin
}

// ModelFacts are what the catalogue knows of a model; zero means not known.
type ModelFacts struct {
	Name     string
	Bins     []string
	PowerW   int
	SizeMM   [3]float64 // length, width, height of the body without its box
	NetGrams int
	Fans     int
}

//go:embed models.csv
var modelsCSV string

// catalogue has every known model, the longest name first, so that X16-Q Pro is
// asked before X16-Q.
var catalogue = readCatalogue(modelsCSV)

const catalogueMaker = "Jasminer"

// Models lists the catalogue by name.
func Models() []ModelFacts {
	list := slices.Clone(catalogue)
	slices.SortFunc(list, func(a, b ModelFacts) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// Facts gives what the catalogue knows of the model.
func (m Model) Facts() (ModelFacts, bool) {
	i := slices.IndexFunc(catalogue, func(f ModelFacts) bool { return f.Name == m.Name })
	if i < 0 {
		return ModelFacts{}, false
	}
	return catalogue[i], true
}

// ParseModel understands a model as people write it: any case, with or without
// dashes, spaces, the maker's name or the bin. The second result says whether
// the catalogue knows it; if not, the name stays as typed.
func ParseModel(raw string) (Model, bool) {
	typed := strings.Join(strings.FieldsFunc(raw, isInvisible), " ")
	words := modelWords(typed)
	for _, facts := range catalogue {
		if bin, ok := matchModel(facts, words); ok {
			return Model{Maker: catalogueMaker, Name: facts.Name, Bin: bin}, true
		}
	}
	return Model{Maker: makerOf(words), Name: typed}, false
}

// modelWords splits into runs of letters and digits, in upper Latin letters,
// without the words that say nothing about the model.
func modelWords(s string) []string {
	s = lookalikes.Replace(strings.ToUpper(norm.NFKC.String(s)))
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(words, func(w string) bool { return modelNoise[w] })
}

// lookalikes are the Cyrillic letters that a Russian keyboard puts into a model.
var lookalikes = strings.NewReplacer("А", "A", "В", "B", "Е", "E", "К", "K", "М", "M", "Н", "H", "О", "O", "Р", "P", "С", "C", "Т", "T", "Х", "X",
	"茉莉", " ", "矿机", " ", "服务器", " ", "型号", " ")

var modelNoise = map[string]bool{
	"JASMINER": true, "JASMINE": true, "SUNLUNE": true, "MINER": true, "SERVER": true, "ASIC": true, "MODEL": true,
	"MAЙHEP": true, "MODELO": true,
}

// binWords is what may follow a model's name: its hash rate, with or without unit.
var binWords = regexp.MustCompile(`^(\d{3,5})?(MHS?|M|MH/S)?$`)

// matchModel reports whether the words are the model's name and at most a bin.
// The name may be written together or apart, the bin too unless that would make
// one number of two.
func matchModel(facts ModelFacts, words []string) (bin string, ok bool) {
	name := strings.Join(modelWords(facts.Name), "")
	rest := strings.Join(words, "")
	rest, ok = strings.CutPrefix(rest, name)
	if !ok {
		return "", false
	}
	match := binWords.FindStringSubmatch(rest)
	if match == nil {
		return "", false
	}
	atWord := false
	for n, i := 0, 0; i < len(words) && n <= len(name); i++ {
		n += len(words[i])
		atWord = atWord || n == len(name)
	}
	endsInDigit := name[len(name)-1] >= '0' && name[len(name)-1] <= '9'
	return match[1], atWord || !endsInDigit
}

// makers are known by a word of their machines' names.
var makers = []struct{ word, maker string }{
	{"ANTMINER", "Bitmain"}, {"BITMAIN", "Bitmain"},
	{"WHATSMINER", "MicroBT"}, {"MICROBT", "MicroBT"},
	{"AVALON", "Canaan"}, {"AVALONMINER", "Canaan"}, {"CANAAN", "Canaan"},
	{"ICERIVER", "IceRiver"}, {"GOLDSHELL", "Goldshell"}, {"IPOLLO", "iPollo"},
	{"INNOSILICON", "Innosilicon"}, {"ELPHAPEX", "ElphaPex"}, {"BITDEER", "Bitdeer"},
	{"SEALMINER", "Bitdeer"}, {"VOLCMINER", "VolcMiner"}, {"BOMBAX", "Bombax"},
}

func makerOf(words []string) string {
	for _, m := range makers {
		if slices.Contains(words, m.word) {
			return m.maker
		}
	}
	return ""
}

// readCatalogue panics on a bad table: it is part of the program.
func readCatalogue(table string) []ModelFacts {
	r := csv.NewReader(strings.NewReader(table))
	r.Comment = '#'
	records, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("models.csv: %v", err))
	}
	var list []ModelFacts
	for _, rec := range records[1:] {
		facts := ModelFacts{Name: rec[0], PowerW: number(rec[2]), NetGrams: number(rec[4]), Fans: number(rec[5])}
		if rec[1] != "" {
			facts.Bins = strings.Split(rec[1], "/")
		}
		if rec[3] != "" {
			for i, side := range strings.Split(rec[3], "x") {
				if facts.SizeMM[i], err = strconv.ParseFloat(side, 64); err != nil {
					panic(fmt.Sprintf("models.csv: %s: %v", rec[0], err))
				}
			}
		}
		list = append(list, facts)
	}
	slices.SortStableFunc(list, func(a, b ModelFacts) int { return len(b.Name) - len(a.Name) })
	return list
}

func number(s string) int {
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("models.csv: %v", err))
	}
	return n
}
