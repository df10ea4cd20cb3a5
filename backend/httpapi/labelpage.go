package httpapi

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"hashmend/backend/centre"
	"hashmend/backend/label/mr1"
)

// words are a text in both languages: a phone says nothing reliable of its
// owner's.
type words struct{ En, Zh string }

// labelPage is what a phone shows that has opened a label. It says what stands on
// the label anyway, and nobody's name.
type labelPage struct {
	Style               template.CSS
	Centre, CentreZh    string
	Title, Verdict, Why words
	Tone, Sign          string
	Facts               []fact
}

type fact struct {
	Name  words
	Value string
}

//go:embed labelpage.html
var labelPageText string

var labelPageTemplate = template.Must(template.New("label").Parse(labelPageText))

const labelPageStyle = `:root{color-scheme:light dark}body{margin:0;font:16px/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}` +
	`main{max-width:34rem;margin:0 auto;padding:1.25rem}h1{font-size:1.4rem;line-height:1.3}.centre{opacity:.8}` +
	`.verdict{padding:.75rem 1rem;border:2px solid;border-radius:.5rem}.ok{color:light-dark(#0b6a49,#7fcba8)}.warn{color:light-dark(#93500a,#f9c97a)}.bad{color:light-dark(#b42318,#ff9a8d)}` +
	`dl div{padding:.4rem 0;border-top:1px solid}dt{opacity:.8}dd{margin:0;font-weight:600;overflow-wrap:anywhere}`

// labelPagePolicy lets the page do nothing but be read.
var labelPagePolicy = func() string {
	sum := sha256.Sum256([]byte(labelPageStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}()

var labelKinds = map[mr1.PayloadKind]words{
	mr1.BoxCode:      {"Label of a box", "箱子标签"},
	mr1.DeviceCode:   {"Label of a device", "设备标签"},
	mr1.ManifestCode: {"Packing list", "装箱清单"},
}

// labelStates are the words of each state: a sign beside them, so that colour
// never stands alone.
var labelStates = map[centre.LabelState]labelPage{
	centre.LabelSigned: {Tone: "ok", Sign: "✓", Verdict: words{"Verified", "已验证"},
		Why: words{"It was signed by a computer that this centre knows. A signature does not stop a photocopy: the centre compares the contents when the box arrives.",
			"由本售后中心已知的电脑签名。签名不能防止复印:箱子到达时,售后中心会核对内容。"}},
	centre.LabelRevoked: {Tone: "bad", Sign: "✗", Verdict: words{"Not verified", "未验证"},
		Why: words{"It was signed by a computer that this centre does not trust any more.", "签名的电脑已不再受本售后中心信任。"}},
	centre.LabelForged: {Tone: "bad", Sign: "✗", Verdict: words{"Not verified", "未验证"},
		Why: words{"The signature is wrong: the code is damaged or was made up.", "签名不正确:代码已损坏,或是伪造的。"}},
	centre.LabelUnsigned: {Tone: "warn", Sign: "○", Verdict: words{"Not verified", "未验证"},
		Why: words{"This label carries only a check against misreading. It does not prove who printed it.", "此标签只带有防误读校验,不能证明由谁打印。"}},
	centre.LabelDraft: {Tone: "bad", Sign: "✗", Verdict: words{"A draft", "草稿"},
		Why: words{"No parcel may leave with this label.", "不得用此标签寄出包裹。"}},
	centre.LabelUnknown: {Tone: "bad", Sign: "✗", Verdict: words{"Not one of our labels", "不是本中心的标签"},
		Why: words{"The address is incomplete or damaged. Scan the code once more.", "地址不完整或已损坏。请再扫描一次。"}},
}

// label answers a phone that has opened the code on a label.
func (s *Server) label(w http.ResponseWriter, r *http.Request) error {
	view, err := s.centre.Label(r.Context(), r.Host, r.URL.Path)
	if err != nil {
		return err
	}
	page := labelStates[view.State]
	page.Style, page.Centre, page.CentreZh = labelPageStyle, view.Centre.Name, view.Centre.NameZh
	page.Title = words{"Hashmend label", "Hashmend 标签"}
	status := http.StatusNotFound
	if view.State != centre.LabelUnknown {
		status = http.StatusOK
		page.Title, page.Facts = labelKinds[view.Code.Kind], factsOf(view.Code)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", labelPagePolicy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Frame-Options", "DENY")
	w.WriteHeader(status)
	if err := labelPageTemplate.Execute(w, page); err != nil {
		s.log.Warn("label page", "cause", fmt.Sprint(err)) // the phone went away
	}
	return nil
}

// factsOf lists what stands on the label.
func factsOf(p mr1.Payload) []fact {
	facts := []fact{{words{"Work order", "工单号"}, p.WorkOrder}}
	if p.Kind == mr1.DeviceCode {
		facts = append(facts, fact{words{"Serial number", "序列号"}, p.ID})
	}
	if p.N > 0 {
		facts = append(facts, fact{words{"Box", "箱"}, fmt.Sprintf("%d / %d", p.N, p.Of)})
	}
	facts = append(facts, fact{words{"Check", "校验"}, p.Check()})
	kept := facts[:0]
	for _, f := range facts {
		if strings.TrimSpace(f.Value) != "" {
			kept = append(kept, f)
		}
	}
	return kept
}
