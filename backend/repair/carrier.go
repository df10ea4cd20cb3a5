package repair

// CarrierRow is what is known of a carrier. The list is data: a centre may name
// others, and they are shown by their code.
type CarrierRow struct {
	Code          Carrier `json:"code"`
	En            string  `json:"en"`
	Zh            string  `json:"zh"`
	Kuaidi100     string  `json:"kuaidi100,omitempty"`
	NeedsPhone    bool    `json:"needs_phone"`    // tracking asks for the sender's or receiver's last four digits
	ReturnAllowed bool    `json:"return_allowed"` // R45
	Use           string  `json:"use"`            // domestic, heavy, international, regional
	Page          string  `json:"page,omitempty"` // public tracking page; {n} stands for the waybill number
}

var carriers = []CarrierRow{
	{"sf", "SF Express", "顺丰速运", "shunfeng", true, true, "domestic", "https://www.sf-express.com/chn/sc/waybill/waybill-detail/{n}"},
	{"sf_freight", "SF Freight", "顺丰快运", "shunfengkuaiyun", true, false, "heavy", ""},
	{"deppon", "Deppon Express", "德邦快递", "debangkuaidi", false, true, "domestic", "https://www.deppon.com/newwebsite/track/ordertrack?number={n}"},
	{"deppon_ltl", "Deppon Logistics", "德邦物流", "debangwuliu", false, false, "heavy", ""},
	{"kye", "KYE (Kuayue)", "跨越速运", "kuayue", false, true, "domestic", "https://www.ky-express.com/"},
	{"jd", "JD Logistics", "京东物流", "jd", false, false, "domestic", "https://www.jdl.com/orderSearch?waybillCodes={n}"},
	{"zto", "ZTO Express", "中通快递", "zhongtong", true, false, "domestic", ""},
	{"yto", "YTO Express", "圆通速递", "yuantong", false, false, "domestic", ""},
	{"sto", "STO Express", "申通快递", "shentong", false, false, "domestic", ""},
	{"yunda", "Yunda Express", "韵达快递", "yunda", false, false, "domestic", ""},
	{"jtexpress", "J&T Express", "极兔速递", "jtexpress", false, false, "domestic", ""},
	{"ems_cn", "EMS (China)", "邮政EMS", "ems", false, false, "domestic", ""},
	{"ems_intl", "EMS international", "EMS国际", "emsguoji", false, false, "international", ""},
	{"dhl", "DHL Express", "DHL国际快递", "dhlen", false, false, "international", "https://www.dhl.com/en/express/tracking.html?AWB={n}"},
	{"fedex", "FedEx", "FedEx联邦快递", "fedex", false, false, "international", "https://www.fedex.com/fedextrack/?trknbr={n}"},
	{"ups", "UPS", "UPS联合包裹", "upsen", false, false, "international", "https://www.ups.com/track?tracknum={n}"},
	{"tnt", "TNT", "TNT国际快递", "tnten", false, false, "international", ""},
	{"cdek", "CDEK", "CDEK快递", "", false, false, "regional", "https://www.cdek.ru/ru/tracking?order_id={n}"},
	{"other", "Other carrier", "其他承运商", "", false, false, "domestic", ""},
}

// Carriers lists the known carriers.
func Carriers() []CarrierRow { return append([]CarrierRow(nil), carriers...) }

// Row gives what is known of the carrier.
func (c Carrier) Row() (CarrierRow, bool) {
	for _, row := range carriers {
		if row.Code == c {
			return row, true
		}
	}
	return CarrierRow{}, false
}

// PhoneTail is the last four digits of a phone number, by which some carriers
// show a parcel only to its sender or receiver; "" when there are not four.
func PhoneTail(phone string) string {
	var digits []byte
	for i := range len(phone) {
		if phone[i] >= '0' && phone[i] <= '9' {
			digits = append(digits, phone[i])
		}
	}
	if len(digits) < 4 {
		return ""
	}
	return string(digits[len(digits)-4:])
}
