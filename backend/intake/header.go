package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxHeaderLine is how many lines that are not blank may stand before the data.
const maxHeaderLine = 30

// number is the column that counts the lines; it is no field and nothing typed.
const number Field = "number"

// names are the words by which people head a column, in English, Chinese,
// Russian and Spanish, in the form of headerKey. Weak ones count only where
// nothing better stands.
var names = map[Field]struct{ exact, weak, part string }{
	Serial: {
		exact: `sn serial serialno serialnumber serialnum serialnr snr minersn devicesn machinesn sncode snnumber serialnumbersn
			序列号 序列號 序号sn sn码 sn号 sn序列号 序列号sn 机号 机身号 机身码 机器号 机器序列号 整机sn 整机序列号 矿机sn 矿机序列号 设备序列号 设备sn 产品序列号
			серийныйномер серийныйno серийныйn серийник серномер серno серн сн зарno заводскойномер заводскойno серия
			numerodeserie numserie nserie noserie noserial nodeserie numerodeserial serie numeroserie numeroserial ndeserie serialdelequipo`,
		weak: `barcode code asset 条码 条形码 编码 机器编号 设备编号 код штрихкод codigo codigodebarras`,
		part: `serialn serialno 序列号 序列號 серийн серномер numerodeserie nserie`,
	},
	Model: {
		exact: `model modelname modelno modelnumber minermodel machinemodel devicemodel
			型号 型號 机型 矿机型号 设备型号 机器型号 产品型号 规格型号 модель модельмаинера модельустроиства modelo modelodeequipo modelodelminero`,
		weak: `type machine miner device product unit 类型 机器 矿机 设备 产品 тип устроиство маинер оборудование tipo equipo maquina minero dispositivo producto`,
		part: `model 型号 型號 机型 модель modelo`,
	},
	Complaint: {
		exact: `fault faults problem problems issue complaint symptom symptoms defect failure faultdescription problemdescription issuedescription
			problemshort shortproblem faultcode faulttype errordescription whatiswrong
			故障 故障描述 故障现象 故障原因 故障类型 问题 问题描述 现象 不良现象 故障说明
			неисправность неисправности проблема дефект поломка жалоба описаниепроблемы описаниенеисправности симптом
			falla fallo fallos fallas problema averia defecto sintoma queja descripciondelafalla descripciondelproblema`,
		weak: `description error reason comment comments remark remarks note notes status 描述 原因 备注 说明 状态 описание причина комментарии примечание состояние
			descripcion motivo comentario comentarios observaciones notas estado`,
		part: `fault problem whatiswrong whatswrong broken symptom complaint defect 故障 问题 неисправн проблем поломк falla fallo averia`,
	},
	Shipped: {
		exact: `shipped shipdate shippeddate shippingdate dateshipped shippedon factorydate factoryshipdate deliverydate dateofdelivery releasedate
			出厂日期 出厂时间 发货日期 发货时间 出货日期 出货时间 датаотгрузки отгружен отгружено отгрузка датапоставки датавыпуска датаотправки
			fechadeenvio fechaenvio enviado fechadespacho fechadedespacho fechadesalida fechadeentrega`,
		weak: `date 日期 时间 дата fecha`,
		part: `shipdate shippingdate 出厂 发货日 出货日 отгруз fechadeenvio`,
	},
	number: {
		exact: `no n nr num item line row пп noпп nпп номерпп 序号 编号 行号 indice`,
	},
}

// word is what a header's name stands for, and how surely.
type word struct {
	field  Field
	weight float64
}

var exactWords, partWords = readNames()

func readNames() (exact, part map[string]word) {
	exact, part = map[string]word{}, map[string]word{}
	for field, n := range names {
		for _, w := range strings.Fields(n.weak) {
			exact[headerKey(w)] = word{field, 0.6}
		}
		for _, w := range strings.Fields(n.part) {
			part[headerKey(w)] = word{field, 0.8}
		}
	}
	for field, n := range names {
		for _, w := range strings.Fields(n.exact) {
			exact[headerKey(w)] = word{field, 1}
		}
	}
	return exact, part
}

// otherParts are words of parts of a device: their serial numbers are not the
// device's own.
var otherParts = []string{"board", "psu", "power", "chip", "fan", "板", "电源", "плат", "блок", "placa", "fuente"}

// headerKey keeps the letters and digits of a header, in lower case and without
// accents.
func headerKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(s))
}

// wordOf says what a cell would mean as a header.
func wordOf(cell string) (word, bool) {
	trimmed := strings.TrimSpace(cell)
	if trimmed == "" || len(trimmed) > 120 || utf8.RuneCountInString(trimmed) > 60 {
		return word{}, false
	}
	if trimmed == "#" {
		return word{number, 1}, true
	}
	key := headerKey(trimmed)
	if w, ok := exactWords[key]; ok {
		return w, true
	}
	best, found := word{}, ""
	for name, w := range partWords {
		// The longest part wins, then the first in order: maps have none.
		if strings.Contains(key, name) && (len(name) > len(found) || len(name) == len(found) && name < found) {
			best, found = w, name
		}
	}
	if found == "" {
		return word{}, false
	}
	if best.field == Serial && containsAny(key, otherParts) {
		best.weight = 0.3
	}
	return best, true
}

func containsAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// header is a line that heads columns.
type header struct {
	fields map[Field]int
	weight map[Field]float64
	score  float64
}

// readHeader reports whether the cells head columns: at least the serial number,
// or two other fields surely.
func readHeader(cells []string) (header, bool) {
	h := header{fields: map[Field]int{}, weight: map[Field]float64{}}
	for i, cell := range cells {
		w, ok := wordOf(cell)
		if !ok {
			if looksSerial(cell) {
				return header{}, false // data, not a header
			}
			continue
		}
		if w.weight > h.weight[w.field] {
			h.fields[w.field], h.weight[w.field] = i, w.weight
		}
	}
	for field, weight := range h.weight {
		if field != number {
			h.score += weight
		}
	}
	// One weak word alone, such as "code", may be anything.
	return h, h.weight[Serial] >= 0.8 || h.score >= 1.2 && len(h.fields) > 1
}

// isHeaderAgain reports whether a line below repeats the header, as printed
// pages do.
func isHeaderAgain(cells []string, serial int) bool {
	if serial < 0 || serial >= len(cells) {
		return false
	}
	cell := strings.TrimSpace(cells[serial])
	if cell == "" || len(cell) > 60 || strings.ContainsAny(cell, "0123456789") {
		return false
	}
	w, ok := exactWords[headerKey(cell)]
	return ok && w.field == Serial && w.weight == 1
}
