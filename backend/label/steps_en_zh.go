package label

// stepsEN is the guidance in English.
var stepsEN = []words{
	{"Switch off, note the serial number", "Switch the machine off, let it cool and note its serial number. Take off the power cord and everything that is loose."},
	{"Loose hash boards: one shielding bag each", "Put every loose board into a metallic shielding bag of its own and hold it by its edges. Pink antistatic film alone does not shield."},
	{"Nothing heavy may move inside", "Tighten the outer screws and listen for rattling. Do not open the machine and do not take out a built-in power supply: opening it can cost the warranty."},
	{"At least 5 cm of cushioning on all six sides", "Better still, a box in a box: the inner one wrapped 5 cm thick, the outer one at least 15 cm larger in each direction, 5 to 8 cm of filling below, the inner box in the middle."},
	{"No loose fill or air pillows as cushioning", "Both give way under a heavy machine. Loose fill may only fill the space between two boxes."},
	{"A sound double-wall carton", "Use a new or undamaged double-wall corrugated carton. The original carton with its foam is best."},
	{"Pack for falls and for stacking", "Expect drops on any side or corner, travel upside down and 70 kg of other parcels on top. A “fragile” sign changes none of it."},
	{"Tape every seam", "Close all seams from end to end with packing tape at least 5 cm wide, in an H on top and bottom. No cloth tape, masking tape or household tape."},
	{"Label outside twice and inside once", "Stick the label with its code on the top, a copy on one side, and put a copy inside. Remove or cover old labels."},
	{"Liquid-cooled machines: drain them", "Drain the coolant, blow the loop dry and plug the inlet and the outlet."},
	{"Keep moisture out", "Add desiccant when the way is humid. Do not send faulty machines by sea unless the centre has agreed."},
	{"Mind the weight", "Stay within the carrier's limit for one parcel (68 kg is common in air express) and mark a box of 34 kg or more as heavy."},
	{"Pallets: low, strapped, wrapped", "Stack no higher than 1.8 m, strap and wrap in film, and leave the labels with their box number 1/n visible."},
	{"Prepaid, insured, to the door", "Pay the freight when you send, insure the declared value and choose delivery to the door. Parcels to be paid or picked up by the centre are refused."},
	{"One work order, its own boxes", "Put the packing manifest of the work order into the box, and never pack devices of two work orders together."},
}

// stepsZH is the guidance in Chinese.
var stepsZH = []words{
	{"断电并记录序列号", "关机，等矿机冷却，记下序列号；拔下电源线，取下所有松动的配件。"},
	{"散装算力板逐块装屏蔽袋", "每块算力板单独装入金属屏蔽袋，只拿板边；单用粉色防静电膜起不到屏蔽作用。"},
	{"机内重物不得晃动", "拧紧外部螺丝，轻摇确认无异响。请勿拆机，也不要拆下内置电源：自行拆机可能导致保修失效。"},
	{"六面缓冲各不少于 5 厘米", "最好用双层箱：内箱包裹 5 厘米缓冲，外箱每个方向至少大 15 厘米，底部垫 5–8 厘米，内箱居中。"},
	{"不用泡沫粒和充气袋作缓冲", "重物会把它们压开。泡沫粒只可填在内外两箱之间的空隙。"},
	{"使用完好的双瓦楞纸箱", "使用全新或无破损的双瓦楞纸箱；原包装箱配原装泡沫最佳。"},
	{"按跌落和堆码来包装", "运输中可能跌落任意面或角、倒置，上面还会压 70 公斤货物；贴“易碎”标志并不能改变这些。"},
	{"所有接缝封胶带", "用不窄于 5 厘米的封箱胶带，从头到尾封住每条接缝，上下均呈“工”字形；不用布基胶带、美纹纸或普通透明胶。"},
	{"外贴两张，内放一张", "带二维码的标签贴在顶面，一侧再贴一张，箱内放一张；撕掉或盖住旧标签。"},
	{"水冷矿机先排液", "排净冷却液，吹干水路，堵好进、出水口。"},
	{"防潮", "途经潮湿地区时放入干燥剂；未经售后中心同意，故障矿机不要走海运。"},
	{"注意重量", "单件不超过承运商上限（航空快递常见为 68 公斤）；34 公斤及以上请贴超重标志。"},
	{"托盘：限高、打带、缠膜", "堆高不超过 1.8 米，打包带加缠绕膜；标有 1/n 箱号的标签要露在外面。"},
	{"运费现付、保价、送货上门", "寄件时付清运费，按声明价值保价，并选择送货上门；到付或需自提的包裹将被拒收。"},
	{"一个工单一组箱子", "箱内放入该工单的装箱清单；不同工单的矿机不要混装在同一箱。"},
}
