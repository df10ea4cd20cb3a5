package label

// paperWords say on paper what the case says in codes.
var paperWords = map[string]Words{
	"class.normal":          {"en": "Can be repaired", "zh": "可维修", "ru": "Подлежит ремонту", "es": "Se puede reparar", "ar": "قابل للإصلاح"},
	"class.mixed":           {"en": "Boards that are not its own", "zh": "混装机（算力板非原配）", "ru": "Платы от другого аппарата", "es": "Placas que no son las suyas", "ar": "لوحات ليست له"},
	"class.scrap":           {"en": "Beyond repair", "zh": "报废，无法维修", "ru": "Ремонту не подлежит", "es": "No se puede reparar", "ar": "غير قابل للإصلاح"},
	"class.no_repair_value": {"en": "Not worth a repair", "zh": "无维修价值", "ru": "Ремонт нецелесообразен", "es": "No compensa repararlo", "ar": "لا جدوى من إصلاحه"},
	"class.no_fault_found":  {"en": "No fault found", "zh": "未发现故障", "ru": "Неисправность не найдена", "es": "No se encontró ningún fallo", "ar": "لم يُعثر على عطل"},

	"warranty.in":      {"en": "In warranty", "zh": "保修期内", "ru": "На гарантии", "es": "En garantía", "ar": "ضمن الضمان"},
	"warranty.out":     {"en": "Out of warranty", "zh": "已过保修期", "ru": "Гарантия истекла", "es": "Fuera de garantía", "ar": "خارج الضمان"},
	"warranty.void":    {"en": "Warranty void", "zh": "保修失效", "ru": "Гарантия утрачена", "es": "Garantía anulada", "ar": "الضمان لاغٍ"},
	"warranty.unknown": {"en": "Not known whether in warranty", "zh": "无法确定是否在保", "ru": "Гарантия не установлена", "es": "No se sabe si está en garantía", "ar": "لا يُعرف إن كان ضمن الضمان"},

	"kind.fault": {"en": "Fault", "zh": "故障", "ru": "Неисправность", "es": "Fallo", "ar": "عطل"},
	"kind.void":  {"en": "Warranty void", "zh": "保修失效", "ru": "Гарантия утрачена", "es": "Garantía anulada", "ar": "الضمان لاغٍ"},
	"kind.scrap": {"en": "Beyond repair", "zh": "报废", "ru": "Не ремонтируется", "es": "No reparable", "ar": "غير قابل للإصلاح"},

	"damage.logistics": {"en": "Damaged on the way", "zh": "运输途中损坏", "ru": "Повреждено в пути", "es": "Dañado en el transporte", "ar": "تضرر أثناء النقل"},
	"damage.user":      {"en": "Damaged by the user", "zh": "用户损坏", "ru": "Повреждено пользователем", "es": "Dañado por el usuario", "ar": "تضرر بفعل المستخدم"},
	"damage.centre":    {"en": "Damaged at the centre", "zh": "售后中心损坏", "ru": "Повреждено в центре", "es": "Dañado en el centro", "ar": "تضرر في المركز"},

	"refusal.no_work_order":          {"en": "it came without a work order", "zh": "未创建工单", "ru": "нет заявки", "es": "llegó sin orden", "ar": "وصل دون أمر عمل"},
	"refusal.content_mismatch":       {"en": "what is in it is not what the work order says", "zh": "实物与工单不符", "ru": "содержимое не соответствует заявке", "es": "el contenido no coincide con la orden", "ar": "المحتوى لا يطابق أمر العمل"},
	"refusal.wrong_waybill":          {"en": "the waybill number in the work order is wrong", "zh": "运单号填写错误", "ru": "неверный номер накладной", "es": "el número de guía es incorrecto", "ar": "رقم بوليصة الشحن خاطئ"},
	"refusal.incomplete_repair_info": {"en": "the repair information is incomplete", "zh": "报修信息不完整", "ru": "сведения о ремонте неполны", "es": "la información de reparación está incompleta", "ar": "معلومات الإصلاح ناقصة"},
	"refusal.freight_collect":        {"en": "the freight was not prepaid", "zh": "运费未现付", "ru": "перевозка не оплачена", "es": "el flete no estaba pagado", "ar": "أجرة الشحن غير مدفوعة مسبقًا"},
	"refusal.self_pickup":            {"en": "it was sent for self-pickup", "zh": "寄件方式为自提", "ru": "отправлено до самовывоза", "es": "se envió para recoger en oficina", "ar": "أُرسل للاستلام الذاتي"},
	"refusal.other":                  {"en": "another reason", "zh": "其他原因", "ru": "другая причина", "es": "otro motivo", "ar": "سبب آخر"},

	"method.bank_transfer":   {"en": "Bank transfer", "zh": "银行转账", "ru": "Банковский перевод", "es": "Transferencia bancaria", "ar": "تحويل مصرفي"},
	"method.usdt_trc20":      {"en": "USDT (TRC-20)"},
	"method.crypto_checkout": {"en": "Cryptocurrency", "zh": "加密货币", "ru": "Криптовалюта", "es": "Criptomoneda", "ar": "عملة مشفرة"},

	"quote.payment": {
		"en": "Only to the account that the program shows for this work order, with the reference that it shows.",
		"zh": "仅汇入软件中为此工单显示的账户，并注明软件显示的附言。",
		"ru": "Только на счёт, который программа показывает для этой заявки, с указанным в ней назначением.",
		"es": "Solo a la cuenta que el programa muestra para esta orden, con la referencia que muestra.",
		"ar": "فقط إلى الحساب الذي يعرضه البرنامج لأمر العمل هذا، مع المرجع الذي يعرضه.",
	},
	"quote.terms": {
		"en": "Machines are sent back once their repair is paid.", "zh": "维修费付清后寄回设备。",
		"ru": "Аппараты отправляются обратно после оплаты ремонта.", "es": "Los equipos se devuelven una vez pagada la reparación.",
		"ar": "تُعاد الأجهزة بعد دفع تكلفة الإصلاح.",
	},
	"receipt.asked":    {"en": "Asked for", "zh": "应付金额", "ru": "К оплате", "es": "Importe solicitado", "ar": "المبلغ المطلوب"},
	"receipt.refunded": {"en": "Given back", "zh": "已退款", "ru": "Возвращено", "es": "Devuelto", "ar": "أُعيد"},
}

// PaperWord gives a word in the language of the paper. A code that is not known,
// of a newer centre, stands for itself.
func PaperWord(code, language string) string {
	if words, known := paperWords[code]; known {
		return words.In(language)
	}
	return code
}
