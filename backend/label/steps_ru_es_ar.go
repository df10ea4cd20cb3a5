package label

// stepsRU is the guidance in Russian.
var stepsRU = []words{
	{"Выключите, запишите серийный номер", "Выключите устройство, дайте остыть и запишите серийный номер. Снимите шнур питания и всё, что держится свободно."},
	{"Отдельные хешплаты — каждую в свой экранирующий пакет", "Положите каждую плату в отдельный металлизированный пакет, держите только за края. Одна розовая антистатическая плёнка не экранирует."},
	{"Тяжёлое внутри не должно двигаться", "Затяните наружные винты, проверьте, не гремит ли внутри. Не вскрывайте устройство и не вынимайте встроенный блок питания: вскрытие может лишить гарантии."},
	{"Не менее 5 см мягкой прокладки со всех шести сторон", "Лучше всего коробка в коробке: внутренняя обёрнута слоем 5 см, внешняя больше не менее чем на 15 см по каждой стороне, снизу 5–8 см наполнителя, внутренняя посередине."},
	{"Без рассыпного наполнителя и воздушных подушек", "Под тяжёлым устройством они расходятся. Рассыпной наполнитель годится только между двумя коробками."},
	{"Целая коробка из пятислойного картона", "Возьмите новую или неповреждённую коробку из пятислойного гофрокартона. Лучше всего родная коробка с пенопластом."},
	{"Упаковывайте с расчётом на падения и штабель", "Посылка может упасть на любую сторону и угол, ехать вверх дном и нести сверху 70 кг груза. Знак «хрупкое» этого не меняет."},
	{"Заклейте каждый шов", "Заклейте все швы по всей длине упаковочным скотчем шириной не менее 5 см, сверху и снизу буквой «Н». Не берите тканевую, малярную и канцелярскую ленту."},
	{"Этикетка: две снаружи, одна внутри", "Наклейте этикетку с кодом сверху, копию сбоку, ещё одну положите внутрь. Старые этикетки снимите или заклейте."},
	{"Жидкостное охлаждение: слейте жидкость", "Слейте охлаждающую жидкость, продуйте контур насухо и заглушите вход и выход."},
	{"Защитите от влаги", "При влажном пути положите осушитель. Не отправляйте неисправные устройства морем без согласия центра."},
	{"Следите за весом", "Не превышайте предел перевозчика для одного места (в авиаэкспрессе обычно 68 кг); коробку от 34 кг пометьте как тяжёлую."},
	{"Паллеты: низко, стянуто, в плёнке", "Высота не более 1,8 м; стяните лентой и обмотайте плёнкой, этикетки с номером места 1/n оставьте на виду."},
	{"Оплачено, застраховано, до двери", "Оплатите доставку при отправке, застрахуйте на объявленную стоимость и выберите доставку до двери. Посылки за счёт центра и самовывозом не принимаются."},
	{"Одна заявка — свои коробки", "Вложите в коробку упаковочный лист заявки и никогда не кладите вместе устройства из двух заявок."},
}

// stepsES is the guidance in Spanish.
var stepsES = []words{
	{"Apague y anote el número de serie", "Apague el equipo, deje que se enfríe y anote su número de serie. Retire el cable de corriente y todo lo que esté suelto."},
	{"Placas sueltas: una bolsa de blindaje para cada una", "Meta cada placa en su propia bolsa metalizada y tómela por los bordes. La película rosa antiestática por sí sola no blinda."},
	{"Nada pesado debe moverse dentro", "Apriete los tornillos exteriores y compruebe que nada suene. No abra el equipo ni saque la fuente incorporada: abrirlo puede anular la garantía."},
	{"Al menos 5 cm de amortiguación en las seis caras", "Mejor una caja dentro de otra: la interior envuelta con 5 cm, la exterior al menos 15 cm mayor en cada sentido, de 5 a 8 cm de relleno abajo y la interior en el centro."},
	{"Sin relleno suelto ni cojines de aire", "Ambos ceden bajo un equipo pesado. El relleno suelto solo sirve entre las dos cajas."},
	{"Una caja sana de doble pared", "Use una caja de cartón corrugado de doble pared, nueva o sin daños. Lo mejor es la caja original con su espuma."},
	{"Embale para caídas y apilado", "Cuente con golpes en cualquier cara o esquina, viaje boca abajo y 70 kg de otros paquetes encima. Un letrero de «frágil» no cambia nada de eso."},
	{"Selle todas las juntas", "Cierre todas las juntas de punta a punta con cinta de embalar de al menos 5 cm, en forma de H arriba y abajo. Nada de cinta de tela, de pintor o de oficina."},
	{"Etiqueta: dos fuera y una dentro", "Pegue la etiqueta con su código arriba, una copia a un lado y meta otra dentro. Quite o cubra las etiquetas viejas."},
	{"Equipos con refrigeración líquida: vacíelos", "Vacíe el líquido, seque el circuito con aire y tape la entrada y la salida."},
	{"Protéjalo de la humedad", "Añada desecante si el camino es húmedo. No envíe equipos averiados por mar sin acuerdo del centro."},
	{"Cuide el peso", "Respete el límite del transportista por paquete (68 kg es común en envío aéreo) y marque como pesada una caja de 34 kg o más."},
	{"Palés: bajos, flejados y envueltos", "No supere 1,8 m, fleje y envuelva con film, y deje visibles las etiquetas con su número de caja 1/n."},
	{"Flete pagado, asegurado y a domicilio", "Pague el flete al enviar, asegure el valor declarado y elija entrega a domicilio. Se rechazan los paquetes por cobrar o por recoger."},
	{"Una orden, sus propias cajas", "Ponga en la caja la lista de empaque de la orden y no mezcle nunca equipos de dos órdenes."},
}

// stepsAR is the guidance in Arabic.
var stepsAR = []words{
	{"أطفئ الجهاز وسجّل رقمه التسلسلي", "أطفئ الجهاز واتركه يبرد وسجّل رقمه التسلسلي. انزع سلك الطاقة وكل ما هو غير مثبت."},
	{"اللوحات المنفصلة: كيس حاجب لكل لوحة", "ضع كل لوحة في كيس معدني حاجب خاص بها وأمسكها من حوافها. الغلاف الوردي المضاد للكهرباء الساكنة وحده لا يحجب."},
	{"لا يتحرك شيء ثقيل في الداخل", "شدّ البراغي الخارجية وتأكد من عدم وجود قرقعة. لا تفتح الجهاز ولا تُخرج مزود الطاقة المدمج، فالفتح قد يُسقط الضمان."},
	{"تبطين لا يقل عن 5 سم من الجهات الست", "الأفضل صندوق داخل صندوق: الداخلي ملفوف بسماكة 5 سم، والخارجي أكبر بما لا يقل عن 15 سم في كل اتجاه، وتحته 5 إلى 8 سم من الحشو، والداخلي في الوسط."},
	{"لا حشو سائب ولا وسائد هواء للتبطين", "كلاهما ينهار تحت جهاز ثقيل. الحشو السائب يملأ الفراغ بين الصندوقين فقط."},
	{"صندوق سليم مزدوج الجدار", "استعمل صندوقًا جديدًا أو سليمًا من الكرتون المموج المزدوج. الصندوق الأصلي مع رغوته هو الأفضل."},
	{"غلّف للسقوط وللتكديس", "توقع السقوط على أي وجه أو زاوية، والنقل مقلوبًا، و70 كغ من الطرود فوقه. علامة «قابل للكسر» لا تغيّر شيئًا من ذلك."},
	{"ألصق كل فتحة", "أغلق كل الفتحات من طرف إلى طرف بشريط تغليف عرضه 5 سم على الأقل، على شكل حرف H من أعلى وأسفل. لا تستعمل شريط القماش ولا شريط الدهان ولا الشريط المكتبي."},
	{"ملصقان في الخارج وواحد في الداخل", "ألصق الملصق مع رمزه في الأعلى ونسخة على أحد الجوانب وضع نسخة في الداخل. انزع الملصقات القديمة أو غطّها."},
	{"الأجهزة المبردة بالسائل: فرّغها", "فرّغ سائل التبريد وجفف الدورة بالهواء وسدّ المدخل والمخرج."},
	{"امنع الرطوبة", "أضف مادة مجففة إذا كان الطريق رطبًا. لا ترسل أجهزة معطلة بحرًا إلا بموافقة المركز."},
	{"انتبه إلى الوزن", "لا تتجاوز حد الناقل للطرد الواحد (68 كغ شائع في الشحن الجوي السريع)، وضع علامة ثقيل على صندوق وزنه 34 كغ أو أكثر."},
	{"المنصات: منخفضة ومربوطة ومغلفة", "لا يزيد الارتفاع على 1.8 م، واربطها ولفّها بالغشاء، واترك الملصقات ورقم الصندوق عليها ظاهرة."},
	{"شحن مدفوع ومؤمَّن وحتى الباب", "ادفع أجرة الشحن عند الإرسال وأمّن على القيمة المصرح بها واختر التسليم حتى الباب. تُرفض الطرود المستحقة الدفع أو التي تُستلم من المكتب."},
	{"لكل أمر عمل صناديقه", "ضع قائمة تعبئة أمر العمل في الصندوق، ولا تجمع أبدًا أجهزة من أمري عمل."},
}
