package repair

// Titles of the end-to-end tests that keep what only a screen can keep.
const (
	screenDiagnosis = "R01 the first step is to request a diagnosis, and it can be drafted offline"
	screenDraft     = "R03 labels stay drafts until the return is confirmed"
	screenChecklist = "R07 packing guidance is shown and the checklist is acknowledged before dispatch"
	screenRecord    = "R21 the service record shows the status and when it was last synchronised"
	screenQuote     = "R28 a quote is shown in its work order with a way to ask the centre"
	screenDecline   = "R32 a normal quote has no decline button"
	screenDue       = "R44 what must be paid is shown on top"
	screenCarrier   = "R46 doubts about the carrier can be raised before the return"
	screenOffline   = "R49 offline a draft is written, checked, printed as a draft and queued"
	screenWhy       = "R50 every derived date shows its rule, its inputs and its calendar"
)

// ruleTexts states the rules in our own words.
var ruleTexts = []ruleText{
	{"R01", "A failing machine is first reported for a remote diagnosis; the report can be drafted without a connection.", "矿机出现故障时先申请远程诊断；没有网络也可以先写草稿。", "screen: request a diagnosis", []string{screenDiagnosis}},
	{"R02", "A diagnosis ends in one of three words: return recommended, resolved remotely, or more information needed.", "诊断结果只有三种：建议返修、远程已解决、需要补充信息。", "repair.diagnosisSound", nil},
	{"R03", "Only a confirmed return unlocks sending: boxes, hand-over and final labels.", "只有确认返修后才能装箱、交寄和打印正式标签。", "repair.returnConfirmed", []string{screenDraft}},
	{"R04", "The centre signs for a parcel as usual; a signature says nothing about the state of what is inside.", "售后正常签收包裹；签收不代表认可箱内矿机的状况。", "repair.parcelLife", nil},
	{"R05", "Every device is checked at the unpacking, and the finding is recorded for each.", "拆箱时逐台检测，并为每台矿机留下检测记录。", "repair.deviceLife", nil},
	{"R06", "Damage caused on the road or by the user is not the centre's to bear.", "物流或用户造成的损坏，售后不承担。", "repair.Liability", nil},
	{"R07", "Packing guidance is shown, and its checklist is acknowledged before anything is sent.", "寄出前显示包装指南，并须逐项确认。", "repair.PreflightParcels", []string{screenChecklist}},
	{"R08", "A parcel is sent to the door; self-pickup cannot be chosen.", "包裹须送货上门，不能选择自提。", "repair.PreflightParcels", nil},
	{"R09", "Each side pays the freight of the parcel that it sends; out of warranty the way home is for the centre to say.", "双方各自承担自己寄出一程的运费；过保矿机的返程运费由售后说明。", "repair.Liability", nil},
	{"R10", "Inbound freight is prepaid by the sender; freight collect and cash on delivery are blocked.", "寄来的运费须由寄件人现付，不能到付。", "repair.PreflightParcels", nil},
	{"R11", "A work order has the customer's data and at least one device.", "工单须包含客户信息和至少一台矿机。", "repair.Preflight", nil},
	{"R12", "At least contact, phone, return address and, for each device, model, serial number and complaint must be there.", "至少须填写联系人、电话、收货地址，以及每台矿机的型号、序列号和故障描述。", "repair.Preflight", nil},
	{"R13", "After the submission the centre gets in touch and confirms whether a return is needed.", "提交后客服会联系客户，确认是否需要返修。", "repair.stageTable", nil},
	{"R14", "Once the return is confirmed, carrier, waybill and boxes are entered in the work order.", "确认返修后，须在工单中填写承运商、运单号和箱子。", "repair.setParcels", nil},
	{"R15", "A parcel without a work order is refused or held as nobody's; it becomes no one's device.", "没有工单的包裹会被拒收或暂存，不归入任何工单。", "repair.NewUnclaimed", nil},
	{"R16", "A parcel whose contents differ from the work order may be refused; each device is in exactly one box.", "实物与工单不符的包裹可以拒收；每台矿机只在一个箱子里。", "repair.receiveParcel", nil},
	{"R17", "A parcel with a wrong waybill number may be refused; the number is checked and scanned or typed twice.", "运单号填错的包裹可以拒收；运单号须校验，并扫描或输入两次。", "repair.CheckWaybill", nil},
	{"R18", "A parcel with incomplete repair information may be refused.", "报修信息不完整的包裹可以拒收。", "repair.rejectParcel", nil},
	{"R19", "All losses from a refused parcel are the user's.", "包裹被拒收造成的一切损失由用户承担。", "repair.rejectParcel", nil},
	{"R20", "The return address is complete at the submission and locked afterwards; other paper data is mended by correction.", "收货地址提交时须完整，提交后不可修改；其他信息通过更正申请修改。", "repair.correctionSound", nil},
	{"R21", "The customer finds the status in the service record, with the moment of the last synchronisation.", "客户可在服务记录中查看工单状态和最近一次同步时间。", "screen: work orders", []string{screenRecord}},
	{"R22", "A receipt has the moment of signing, the moment of the system's confirmation, and the counts.", "收件记录包含签收时间、系统确认时间和数量。", "repair.receiveParcel", nil},
	{"R23", "The warranty counts the days from the factory's shipment to the receipt at the repair point.", "保修期按出厂日期至维修点收件日期的天数计算。", "repair.WarrantyOf", nil},
	{"R24", "Before the dispatch a warranty that would end on the road is warned of.", "寄出前，若保修期将在途中结束，须提醒。", "repair.warrantyEnd", nil},
	{"R25", "Without a ship date the warranty is unknown, and unknown is never in warranty.", "没有出厂日期时保修状态为未知；未知不视为在保。", "repair.WarrantyOf", nil},
	{"R26", "A device out of warranty is quoted after its actual condition.", "过保矿机按实际状况报价。", "repair.sendQuotes", nil},
	{"R27", "What cannot be repaired, or is not worth it, goes home unrepaired.", "无法维修或没有维修价值的矿机退回处理。", "repair.deviceLife", nil},
	{"R28", "A quote is shown in its work order, beside a way to the customer service.", "报价显示在工单中，并可联系客服。", "repair.quoteLife", []string{screenQuote}},
	{"R29", "Any reason of the guide's list voids the warranty of that device.", "出现指南所列任一情形，该矿机的保修失效。", "repair.WarrantyOf", nil},
	{"R30", "A device with a scrap reason is scrap, and the loss is the user's.", "有报废原因的矿机按报废处理，损失由用户承担。", "repair.inspectionSound", nil},
	{"R31", "A quote for scrap or mixed boards may be declined; the device then goes home unrepaired.", "报废或混板矿机的报价可以拒绝，矿机不修退回。", "repair.quoteLife", nil},
	{"R32", "A quote for a normal device may not be declined, and such a device does not go home unrepaired.", "正常矿机的报价不能拒绝，也不能不修退回。", "repair.classDeclinable", []string{screenDecline}},
	{"R33", "In a work order of several devices each is quoted and decided for itself.", "一个工单有多台矿机时，逐台报价、逐台决定。", "repair.decideQuotes", nil},
	{"R34", "Without a work order and without contact for more than the forfeit days a machine may be kept; a person decides.", "没有工单且超过规定天数未联系的矿机可不再返还；由售后人员决定。", "repair.DecideUnclaimed", nil},
	{"R35", "An unpaid device does not leave the centre.", "未付维修费的矿机不会寄回。", "repair.nothingDue", nil},
	{"R36", "What came back because the customer refused it is not sent again unless the office decides so.", "因用户原因拒收退回的包裹不再寄出，除非售后决定。", "repair.officeResends", nil},
	{"R37", "Before a forfeiture the customer is reminded on set days.", "在视为放弃之前，按设定的日期提醒客户。", "repair.RemindersDue", nil},
	{"R38", "In warranty a device goes home some working days after the system-confirmed receipt.", "在保矿机一般在系统确认收件后若干工作日内寄回。", "repair.dispatchFree", nil},
	{"R39", "A paid device goes home some working days after the payment voucher was sent.", "付费矿机一般在发送付款凭证后若干工作日内寄回。", "repair.dispatchPaid", nil},
	{"R40", "No clock of the centre runs while the work order is incorrect or unanswered.", "工单有误或未答复期间，不计算寄回期限。", "repair.paperOpen", nil},
	{"R41", "The centre may extend the day with its reason; the program invents no formula.", "售后可说明原因后延长期限；程序不自行推算。", "repair.dispatchDue", nil},
	{"R42", "The devices of a work order normally go home together.", "同一工单的矿机一般一起寄回。", "repair.ship", nil},
	{"R43", "Many devices may go home in several shipments.", "数量较多时可分批寄回。", "repair.ship", nil},
	{"R44", "A work order with devices in and out of warranty warns that the unpaid ones delay all, and shows the amount due.", "工单中既有在保又有过保矿机时，提醒未付款会耽误整单，并显示应付金额。", "repair.mixedWarranty", []string{screenDue}},
	{"R45", "The way home is by a carrier that the centre offers: SF, Deppon or KYE.", "寄回只使用售后提供的承运商：顺丰、德邦、跨越。", "repair.shipmentSound", nil},
	{"R46", "Doubts about the carrier are raised before the return.", "对承运商有疑问须在寄回前提出。", "repair.carrierMayBeAsked", []string{screenCarrier}},
	{"R47", "In warranty and without a reason a repair is free; with a reason, or out of warranty, it is paid.", "在保且无失效原因的免费维修；有失效原因或过保的收费维修。", "repair.WhoPays", nil},
	{"R48", "An unreadable serial number is warned of; the centre decides.", "序列号无法辨认时提醒；由售后判定。", "repair.SerialFindings", nil},
	{"R49", "Without a connection one may draft, check, print a draft label and queue; nothing is worked out as final.", "离线时可写草稿、检查、打印草稿标签并排队；不得作出任何最终结论。", "repair.EstimateWarranty", []string{screenOffline}},
	{"R50", "Every derived date names its rule, its inputs and its calendar.", "每个推算日期都说明依据的规则、输入和日历版本。", "repair.Deadlines", []string{screenWhy}},
}
