package repair

// Reason is one entry of a taxonomy: a stable code and its words.
type Reason struct {
	Code  string `json:"code"`
	En    string `json:"en"`
	Zh    string `json:"zh"`
	Group string `json:"group,omitempty"`
	Hint  string `json:"hint,omitempty"` // what shows it, or what to try first
}

// Groups of the void reasons.
const (
	GroupHuman   = "human"
	GroupNatural = "natural"
	GroupOther   = "other"
)

// GroupRemote marks faults that are often mended without a return.
const GroupRemote = "remote_first"

var voidReasons = []Reason{
	{"V01", "Damaged by wrong use or operation", "使用或操作不当造成损坏", GroupHuman, "inspection photos"},
	{"V02", "Opened by the user, or its label torn", "私自拆机或人为损坏标签", GroupHuman, "seal and label photo"},
	{"V03", "Components changed without permission", "未经许可更换或改动元器件", GroupHuman, "board photos, board serial differs"},
	{"V04", "Damaged by foreign accessories that do not fit", "使用不合要求的其他产品造成损坏", GroupHuman, "power supply or accessory model"},
	{"V05", "Hash board or chip crushed, broken or burnt", "算力板或芯片压坏、断裂、烧毁", GroupHuman, "photo; see also S01 to S05"},
	{"V06", "Voltage too high, or leakage current", "电压过高或漏电", GroupHuman, "log, power supply"},
	{"V07", "Ambient temperature too high or too low", "环境温度过高或过低", GroupHuman, "log: ambient and chip temperatures"},
	{"V08", "Overclocked", "超频", GroupHuman, "log: frequency above the rated one"},
	{"V09", "Serial number missing or unreadable", "序列号缺失或无法辨认", GroupHuman, "label photo"},
	{"V10", "Warranty cannot be determined", "无法判定是否在保", GroupHuman, "proof of the ship date"},
	{"V11", "Lightning, flood, storm, fire, earthquake, water or damp", "雷击、水灾、风暴、火灾、地震、进水受潮", GroupNatural, "photo"},
	{"V12", "Natural wear and tear", "自然磨损老化", GroupNatural, ""},
	{"V13", "Counterfeit", "假冒产品", GroupOther, "serial check with the maker"},
	{"V99", "Another reason, named by the centre", "其他原因（由售后说明）", GroupOther, ""},
}

var scrapReasons = []Reason{
	{"S01", "Burnt", "烧毁", "", "burnt board, chips or traces"},
	{"S02", "Corroded or oxidised", "腐蚀或氧化", "", "green or white residue"},
	{"S03", "Chip pads or pins torn off", "芯片焊盘或引脚脱落", "", "lifted or missing pads"},
	{"S04", "Circuit board broken", "电路板断裂", "", "cracked or bent board"},
	{"S05", "Board holes without continuity", "板孔不通", "", "open via"},
	{"S99", "Another reason, named by the centre", "其他原因（由售后说明）", "", ""},
}

var faults = []Reason{
	{"F01", "No power, lights dark", "不通电", "", "check the supply and its cord"},
	{"F02", "Not on the network", "无法联网", GroupRemote, "swap cable and switch port"},
	{"F03", "Hash rate is zero", "无算力", "", "keep the log before a restart"},
	{"F04", "Hash rate is low", "算力低", "", "compare with the rated value after an hour"},
	{"F05", "Hash board missing", "掉板", "", "name the board"},
	{"F06", "Chips missing", "掉芯片", "", "name the board"},
	{"F07", "Too hot", "高温", "", "note the ambient temperature"},
	{"F08", "Temperature sensor error", "温度传感器故障", "", "keep the log"},
	{"F09", "Fan stopped or slow", "风扇故障", "", "name the fan"},
	{"F10", "Power supply or voltage error", "电源故障", "", "note the supply's serial number"},
	{"F11", "Keeps restarting", "反复重启", "", "keep the log before a restart"},
	{"F12", "Many rejected shares", "拒绝率高", GroupRemote, "check the pool settings"},
	{"F13", "EEPROM or identity error", "EEPROM错误", "", "keep the log"},
	{"F14", "Firmware does not start", "固件异常", GroupRemote, "note the version"},
	{"F15", "Control board faulty", "控制板故障", "", ""},
	{"F16", "Physical damage", "外观损坏", "", "photos"},
	{"F17", "Water or corrosion", "进水或腐蚀", "", "photos"},
	{"F18", "Burn marks or smell", "烧痕或焦味", "", "photos; do not power it again"},
	{"F19", "Unusual noise", "异响", "", "a short video"},
	{"F20", "Pool does not connect", "矿池连接异常", GroupRemote, "check address and worker"},
	{"F21", "DAG cannot be built or is slow", "DAG生成失败或过慢", "", "keep the log"},
	{"F99", "Other", "其他", "", "describe it"},
}

// Rejection reasons of a parcel (R15–R18), with two that follow from R08 and R10.
const (
	RejectNoWorkOrder    = "no_work_order"
	RejectMismatch       = "content_mismatch"
	RejectWrongWaybill   = "wrong_waybill"
	RejectIncomplete     = "incomplete_repair_info"
	RejectFreightCollect = "freight_collect"
	RejectSelfPickup     = "self_pickup"
	RejectOther          = "other"
)

var rejectionReasons = []Reason{
	{RejectNoWorkOrder, "It came without a work order", "未创建工单", "", "R15"},
	{RejectMismatch, "What is in the box is not what the work order says", "实物与工单不符", "", "R16"},
	{RejectWrongWaybill, "The waybill number in the work order is wrong", "运单号填写错误", "", "R17"},
	{RejectIncomplete, "The repair information is incomplete", "报修信息不完整", "", "R18"},
	{RejectFreightCollect, "The freight was not prepaid", "运费未现付", "", "R10"},
	{RejectSelfPickup, "It was sent for self-pickup", "寄件方式为自提", "", "R08"},
	{RejectOther, "Another reason, named by the centre", "其他原因（由售后说明）", "", ""},
}

// VoidReasons lists what voids a warranty (V01…).
func VoidReasons() []Reason { return append([]Reason(nil), voidReasons...) }

// ScrapReasons lists what makes a device scrap (S01…).
func ScrapReasons() []Reason { return append([]Reason(nil), scrapReasons...) }

// Faults lists what may be wrong with a device (F01…).
func Faults() []Reason { return append([]Reason(nil), faults...) }

// RejectionReasons lists why a parcel may be refused; Hint is the rule.
func RejectionReasons() []Reason { return append([]Reason(nil), rejectionReasons...) }

func reasonOf(list []Reason, code string) (Reason, bool) {
	for _, r := range list {
		if r.Code == code {
			return r, true
		}
	}
	return Reason{}, false
}
