export namespace app {
	
	export interface BackupView {
	    name: string;
	    why: string;
	    at: string;
	    size: number;
	}
	export interface RecoveryView {
	    at: string;
	    aside: string;
	    drafts: number;
	    lines: number;
	    sent: number;
	    files: number;
	    unplaced: number;
	    damaged: number;
	}
	export interface DataView {
	    dir: string;
	    backups: BackupView[];
	    recoveries: RecoveryView[];
	    failed?: repair.Error;
	}
	export interface PageCode {
	    size: number;
	    path: string;
	}
	
	export interface SystemInfo {
	    version: string;
	    platform: string;
	    data_dir: string;
	    gpu: string;
	    failure?: repair.Error;
	}
	export interface UploadView {
	    sha256: string;
	    name: string;
	    size: number;
	    sent: number;
	    state: string;
	    speed: number;
	    left_secs: number;
	    tries: number;
	    next_try: string;
	    reason?: repair.Error;
	}

}

export namespace desk {
	
	export interface AgainRow {
	    id: string;
	    kind: string;
	    order: string;
	    was: string;
	    now: string;
	    asks: boolean;
	    mark: string;
	}
	export interface OrderRow {
	    id: string;
	    number: string;
	    reference: string;
	    customer: string;
	    devices: number;
	    stage: string;
	    flags: string[];
	    due: repair.Money[];
	    deadline: string;
	    deadline_kind: string;
	    days_left: number;
	    sync: string;
	    updated: string;
	    draft: boolean;
	}
	export interface BenchPage {
	    stage: string;
	    rows: OrderRow[];
	    total: number;
	    counts: Record<string, number>;
	}
	export interface BoxInput {
	    carrier: string;
	    waybill: string;
	    waybill_again: string;
	    scanned: boolean;
	    override: boolean;
	    freight_terms: string;
	    delivery_mode: string;
	    sender_phone: string;
	    weight_grams: number;
	    photos: repair.FileRef[];
	}
	export interface PackDevice {
	    id: string;
	    line: number;
	    serial: string;
	    model: string;
	}
	export interface BoxView {
	    id: string;
	    seq: number;
	    of: number;
	    devices: PackDevice[];
	    carrier: string;
	    waybill: string;
	    checked_by: string;
	    override: boolean;
	    freight_terms: string;
	    delivery_mode: string;
	    sender_phone: string;
	    weight_grams: number;
	    photos: repair.FileRef[];
	    replaces: string;
	    status: string;
	    label_printed: number;
	}
	export interface Calibration {
	    off_x: number;
	    off_y: number;
	    scale_x: number;
	    scale_y: number;
	}
	export interface Measured {
	    x1: number;
	    y1: number;
	    x2: number;
	    y2: number;
	}
	export interface CalibrationPage {
	    stock: string;
	    want: Measured;
	    now: Calibration;
	}
	export interface RuleText {
	    id: string;
	    en: string;
	    zh: string;
	}
	export interface Catalog {
	    models: string[];
	    carriers: repair.CarrierRow[];
	    faults: repair.Reason[];
	    voids: repair.Reason[];
	    scraps: repair.Reason[];
	    rejections: repair.Reason[];
	    rules: RuleText[];
	    countries: string[];
	}
	export interface CellEdit {
	    row: string;
	    column: string;
	    value: string;
	}
	export interface CentreFound {
	    url: string;
	    server_id: string;
	    name: string;
	    name_zh: string;
	    practice: boolean;
	    open: boolean;
	    fingerprint: string;
	}
	export interface ChecklistStep {
	    id: string;
	    text_en: string;
	    text_zh: string;
	    ticked: boolean;
	}
	export interface ChoiceSummary {
	    accepting: repair.Money[];
	    accepted: number;
	    declined: number;
	    undecided: number;
	    findings: repair.Finding[];
	}
	export interface ConnectRequest {
	    url: string;
	    invite: string;
	    install: string;
	    account: string;
	    email: string;
	    language: string;
	    fingerprint: string;
	}
	export interface DeadlineRow {
	    order: string;
	    number: string;
	    customer: string;
	    deadline: repair.Deadline;
	}
	export interface DeviceHit {
	    order: string;
	    number: string;
	    draft: boolean;
	    device: string;
	    serial: string;
	    model: string;
	    status: string;
	    stage: string;
	    at: string;
	}
	export interface DeviceRow {
	    device: repair.Device;
	    quote?: repair.Quote;
	    actions: string[];
	    declinable: boolean;
	    decline_rule: string;
	    pending: string;
	    box_seq: number;
	    shipment_seq: number;
	}
	export interface DevicePage {
	    rows: DeviceRow[];
	    total: number;
	}
	export interface DeviceQuery {
	    order: string;
	    statuses: string[];
	    text: string;
	    offset: number;
	    limit: number;
	}
	
	export interface DraftHeader {
	    contact: repair.Contact;
	    return_address: repair.Address;
	    reference: string;
	    note: string;
	}
	export interface DraftProblem {
	    row: number;
	    column: string;
	}
	export interface DraftRow {
	    id: string;
	    line: number;
	    serial: string;
	    model: string;
	    complaint: string;
	    ship_date: string;
	    photos: repair.FileRef[];
	    extra: Record<string, string>;
	    findings: repair.Finding[];
	}
	export interface DraftScan {
	    outcome: string;
	    row: string;
	    line: number;
	    serial: string;
	    where: string;
	}
	export interface DraftTyping {
	    line: number;
	    column: string;
	    value: string;
	}
	export interface DraftView {
	    id: string;
	    title: string;
	    contact: repair.Contact;
	    return_address: repair.Address;
	    reference: string;
	    note: string;
	    row_count: number;
	    findings: repair.Finding[];
	    blocking: number;
	    warnings: number;
	    saved_at: string;
	    undo: string;
	    redo: string;
	    state: string;
	    hold_until: string;
	    refusal?: repair.Error;
	    columns: string[];
	    order: string;
	    typing?: DraftTyping;
	}
	export interface ImportColumn {
	    index: number;
	    header: string;
	    field: string;
	    sample: string[];
	}
	export interface ImportSheet {
	    name: string;
	    rows: number;
	    taken: boolean;
	}
	export interface ImportView {
	    job: string;
	    draft: string;
	    name: string;
	    state: string;
	    lines: number;
	    percent: number;
	    added: number;
	    good: number;
	    duplicate: number;
	    damaged: number;
	    missing: number;
	    skipped: number;
	    sheets: ImportSheet[];
	    columns: ImportColumn[];
	    confidence: number;
	    error?: repair.Error;
	}
	export interface LabelCheck {
	    outcome: string;
	    why: string;
	    packer: string;
	    holder: string;
	    staff: boolean;
	    received: boolean;
	    check: string;
	}
	export interface LabelPaper {
	    document: string;
	    why: string;
	}
	export interface LabelPreview {
	    job: string;
	    pages: number;
	    page_url: string;
	    pdf_url: string;
	    draft: boolean;
	    draft_why: string;
	    findings: repair.Finding[];
	    again: number;
	}
	export interface LabelRequest {
	    order: string;
	    document: string;
	    boxes: number[];
	    devices: string[];
	    start: number;
	    stock: string;
	    copies: number;
	    language: string;
	    fresh: boolean;
	    why: string;
	}
	export interface MailboxView {
	    email: string;
	    language: string;
	    reminders: boolean;
	    waiting: boolean;
	    letters: boolean;
	    languages: string[];
	}
	
	export interface Need {
	    kind: string;
	    order: string;
	    number: string;
	    title: string;
	    count: number;
	    money: repair.Money[];
	    date: string;
	    days: number;
	    why: repair.Why;
	    args: Record<string, string>;
	    route: string;
	    at: string;
	}
	export interface OnlyHereRow {
	    order: string;
	    number: string;
	    things: number;
	    at: string;
	}
	export interface OrderPage {
	    rows: OrderRow[];
	    next: string;
	    total: number;
	    counts: Record<string, number>;
	    asked: number;
	    found: number;
	    unknown: string[];
	}
	export interface OrderQuery {
	    text: string;
	    stages: string[];
	    mine: string;
	    after: string;
	    limit: number;
	}
	
	export interface OutboxRow {
	    id: string;
	    kind: string;
	    order: string;
	    draft: string;
	    number: string;
	    title: string;
	    mark: string;
	    created: string;
	    tries: number;
	    next_try: string;
	    reason?: repair.Error;
	}
	export interface OrderView {
	    order: repair.WorkOrder;
	    parcels: repair.Parcel[];
	    shipments: repair.Shipment[];
	    payments: repair.Payment[];
	    messages: repair.Message[];
	    corrections: repair.Correction[];
	    offers: repair.Offer[];
	    refundable: repair.Refundable[];
	    deadlines: repair.Deadline[];
	    pending: OutboxRow[];
	    due: repair.Money[];
	    counts: Record<string, number>;
	    sync: string;
	    synced_at: string;
	    warnings: repair.Finding[];
	}
	
	
	export interface PackView {
	    order: string;
	    number: string;
	    stage: string;
	    open: boolean;
	    boxes: BoxView[];
	    unpacked: PackDevice[];
	    left: number;
	    total: number;
	    checklist: ChecklistStep[];
	    acked: boolean;
	    findings: repair.Finding[];
	    blocking: number;
	    sync: string;
	    warranty: repair.Deadline[];
	}
	export interface PackScan {
	    outcome: string;
	    serial: string;
	    box: number;
	    left: number;
	    check: LabelCheck;
	    view: PackView;
	}
	
	export interface PaperPrinter {
	    paper: string;
	    printer: string;
	}
	export interface ParcelFound {
	    outcome: string;
	    order: repair.WorkOrder;
	    parcel: repair.Parcel;
	    expected: PackDevice[];
	    check: LabelCheck;
	}
	export interface PayDue {
	    amount: repair.Money;
	    whole: repair.Money;
	    arrived: repair.Money;
	    payment: string;
	    quotes: string[];
	    reference: string;
	    payees: repair.Payee[];
	}
	export interface PaySheet {
	    order: repair.WorkOrder;
	    due: PayDue[];
	    payments: repair.Payment[];
	    payee_changed: boolean;
	    hold: repair.Deadline[];
	    checkout: boolean;
	}
	export interface Preferences {
	    language: string;
	    theme: string;
	    density: string;
	    scale: number;
	    sound: boolean;
	    gpu: boolean;
	    profile: repair.Contact;
	    address: repair.Address;
	    printer: string;
	    seen: string[];
	}
	export interface PrintJob {
	    id: string;
	    order: string;
	    title: string;
	    printer: string;
	    document: string;
	    labels: number;
	    again: number;
	    why: string;
	    state: string;
	    bytes: number;
	    reason?: repair.Error;
	    created: string;
	    updated: string;
	}
	export interface PrinterProfile {
	    id: string;
	    name: string;
	    target: string;
	    address: string;
	    queue: string;
	    language: string;
	    dpi: number;
	    darkness: number;
	    speed: number;
	    rotation: number;
	    off_x: number;
	    off_y: number;
	    hex: boolean;
	    media: string;
	    gap: number;
	}
	export interface PrintSettings {
	    profiles: PrinterProfile[];
	    papers: PaperPrinter[];
	}
	export interface Printer {
	    id: string;
	    name: string;
	    default: boolean;
	    set_up: boolean;
	    language: string;
	    dpi: number;
	}
	
	export interface PrinterStatus {
	    state: string;
	    waiting: number;
	}
	export interface QuoteChoice {
	    order: string;
	    accept: string[];
	    decline: string[];
	}
	export interface QuoteRow {
	    device: repair.Device;
	    quote: repair.Quote;
	    earlier: repair.Quote[];
	    acceptable: boolean;
	    declinable: boolean;
	    rule: string;
	    consequence: string;
	    pending: string;
	    why: repair.Why;
	}
	export interface QuoteReview {
	    order: repair.WorkOrder;
	    rows: QuoteRow[];
	    open: number;
	    total_all: repair.Money[];
	}
	
	export interface UnreadRow {
	    type: string;
	    id: string;
	    why: string;
	    body: string;
	}
	export interface Restored {
	    at: string;
	    fetching: boolean;
	    arrived: number;
	    total: number;
	    again: AgainRow[];
	    only_here: OnlyHereRow[];
	    unread: UnreadRow[];
	}
	export interface RowPage {
	    rows: DraftRow[];
	    total: number;
	}
	
	export interface SavedFile {
	    path: string;
	    url: string;
	}
	export interface ScanBackLabel {
	    id: string;
	    name: string;
	    scans: number;
	}
	export interface ScanBack {
	    expected: ScanBackLabel[];
	    found: number;
	    missing: number;
	    double: number;
	    foreign: string[];
	    done: boolean;
	    last: string;
	}
	
	export interface ScanTarget {
	    kind: string;
	    code: string;
	    order: string;
	    number: string;
	    device: string;
	    parcel: string;
	    valid: boolean;
	}
	export interface Session {
	    mode: string;
	    server_id: string;
	    url: string;
	    centre: string;
	    centre_zh: string;
	    account: string;
	    user: string;
	    role: string;
	    roles: string[];
	    fingerprint: string;
	    secrets: string;
	}
	export interface SheetStock {
	    id: string;
	    nx: number;
	    ny: number;
	    next: number;
	}
	export interface SyncStatus {
	    state: string;
	    waiting: number;
	    refused: number;
	    last_sync: string;
	    since: string;
	    reason?: repair.Error;
	    skew_secs: number;
	    uploads: number;
	    disk_full: boolean;
	    read_only: boolean;
	}
	export interface TemplateRow {
	    id: string;
	    name: string;
	    name_zh: string;
	    width: number;
	    height: number;
	    pages: boolean;
	    own: boolean;
	    problem?: repair.Error;
	}
	export interface TrackRow {
	    order: string;
	    number: string;
	    direction: string;
	    seq: number;
	    of: number;
	    id: string;
	    carrier: string;
	    waybill: string;
	    page: string;
	    status: string;
	    devices: number;
	    events: repair.TrackEvent[];
	    stale: boolean;
	    at: string;
	    trouble?: repair.TrackTrouble;
	}

}

export namespace repair {
	
	export interface Address {
	    country: string;
	    province: string;
	    city: string;
	    district: string;
	    street: string;
	    postcode: string;
	    recipient: string;
	    phone: string;
	}
	export interface CarrierRow {
	    code: string;
	    en: string;
	    zh: string;
	    kuaidi100?: string;
	    needs_phone: boolean;
	    return_allowed: boolean;
	    use: string;
	    page?: string;
	}
	export interface CentreAddress {
	    language: string;
	    lines: string[];
	    name: string;
	    phone: string;
	}
	export interface TrackingService {
	    name: string;
	    trouble?: string;
	    since?: string;
	}
	export interface PriceRow {
	    fault: string;
	    model: string;
	    text: string;
	    amount: Money;
	}
	export interface Money {
	    amount: number;
	    currency: string;
	}
	export interface Settings {
	    warranty_days: number;
	    warranty_inclusive: boolean;
	    lock_address_at_submit: boolean;
	    return_freight_out: string;
	    forfeit_unpaid: boolean;
	    forfeit_days: number;
	    large_order_threshold: number;
	    no_fault_fee: Money;
	    waybill_until_pickup: boolean;
	    dispatch_days: number;
	    currencies: string[];
	    methods: string[];
	    after_repair_warranty_days: number;
	    reminder_days: number[];
	    return_carriers: string[];
	    transit_days: number;
	}
	export interface Payee {
	    method: string;
	    currency: string;
	    name: string;
	    account: string;
	    bank?: string;
	    swift?: string;
	    network?: string;
	    hint?: string;
	}
	export interface CentreInfo {
	    server_id: string;
	    name: string;
	    name_zh: string;
	    practice: boolean;
	    address: CentreAddress[];
	    payees: Payee[];
	    label_host: string;
	    settings: Settings;
	    languages: string[];
	    prices?: PriceRow[];
	    signing_keys?: Record<string, string>;
	    tracking?: TrackingService[];
	    letters?: boolean;
	    rev: number;
	}
	export interface Checkout {
	    invoice: string;
	    link: string;
	    amount: Money;
	    expires_at: string;
	    watched_until: string;
	    status: string;
	    arrived: Money;
	}
	export interface MailboxGiven {
	    email: string;
	    language: string;
	    reminders: boolean;
	}
	export interface UnclaimedParcel {
	    id: string;
	    carrier: string;
	    waybill_number: string;
	    serials: string[];
	    sender: string;
	    note: string;
	    arrived_at: string;
	    last_contact_at?: string;
	    eligible_from: string;
	    status: string;
	    work_order?: string;
	    decided_by?: string;
	    decided_at?: string;
	    rev: number;
	}
	export interface TrackEvent {
	    at: string;
	    status: string;
	    place?: string;
	    text?: string;
	    source: string;
	}
	export interface TrackGiven {
	    shipment?: string;
	    parcel?: string;
	    event: TrackEvent;
	    reason?: string;
	}
	export interface ShipmentPlan {
	    id: string;
	    carrier: string;
	    waybill_number: string;
	    devices: string[];
	}
	export interface PaymentDecision {
	    payment: string;
	    status: string;
	    received: Money;
	    reason?: string;
	    refund: Money;
	    proof?: FileRef[];
	    tx_id?: string;
	}
	export interface QuoteLine {
	    code: string;
	    text: string;
	    amount: Money;
	}
	export interface QuoteOffer {
	    id: string;
	    device: string;
	    lines: QuoteLine[];
	    note?: string;
	    valid_until?: string;
	}
	export interface InspectionGiven {
	    device: string;
	    class: string;
	    void_codes?: string[];
	    scrap_codes?: string[];
	    faults?: string[];
	    findings: string;
	    damage?: string;
	    ship_date_found?: string;
	    photos?: FileRef[];
	}
	export interface RejectionGiven {
	    parcel: string;
	    reason: string;
	    note: string;
	    photos?: FileRef[];
	}
	export interface GoodsReceipt {
	    parcel: string;
	    scanned: string[];
	    signed_at: string;
	    accept_mismatch?: boolean;
	    photos?: FileRef[];
	    note?: string;
	}
	export interface DiagnosisGiven {
	    result: string;
	    note: string;
	}
	export interface VoucherSent {
	    id: string;
	    quotes: string[];
	    amount: Money;
	    method: string;
	    vouchers?: FileRef[];
	    tx_id?: string;
	}
	export interface CorrectionAsk {
	    id: string;
	    device?: string;
	    parcel?: string;
	    field: string;
	    to: string;
	    reason: string;
	}
	export interface ParcelPlan {
	    id: string;
	    carrier: string;
	    waybill_number: string;
	    waybill_checked_by: string;
	    waybill_override?: boolean;
	    freight_terms: string;
	    delivery_mode: string;
	    sender_phone: string;
	    weight_grams?: number;
	    devices: string[];
	    photos?: FileRef[];
	    shipped_on?: string;
	    replaces?: string;
	}
	export interface FileRef {
	    sha256: string;
	    size: number;
	    type: string;
	    name: string;
	}
	export interface Command {
	    id: string;
	    kind: string;
	    work_order?: string;
	    seen_rev?: number;
	    text?: string;
	    files?: FileRef[];
	    approve?: boolean;
	    date?: string;
	    devices?: string[];
	    quotes?: string[];
	    parcel_ids?: string[];
	    shipment?: string;
	    correction_id?: string;
	    checklist_acked?: boolean;
	    parcels?: ParcelPlan[];
	    correction?: CorrectionAsk;
	    payment?: VoucherSent;
	    diagnosis?: DiagnosisGiven;
	    receipt?: GoodsReceipt;
	    rejection?: RejectionGiven;
	    inspection?: InspectionGiven;
	    offers?: QuoteOffer[];
	    payment_decision?: PaymentDecision;
	    ship?: ShipmentPlan;
	    track?: TrackGiven;
	    unclaimed?: UnclaimedParcel;
	    mailbox?: MailboxGiven;
	}
	export interface Contact {
	    company: string;
	    name: string;
	    phone: string;
	    email: string;
	    language: string;
	}
	export interface Correction {
	    id: string;
	    work_order: string;
	    device?: string;
	    parcel?: string;
	    field: string;
	    from: string;
	    to: string;
	    reason: string;
	    status: string;
	    answer?: string;
	    requested_at: string;
	    requested_by: string;
	    decided_at?: string;
	    decided_by?: string;
	    revision?: number;
	    rev: number;
	}
	
	export interface Why {
	    rule: string;
	    code: string;
	    inputs?: Record<string, string>;
	    calendar?: string;
	    estimate?: boolean;
	}
	export interface Deadline {
	    kind: string;
	    device?: string;
	    devices?: string[];
	    payment?: string;
	    date: string;
	    days_left: number;
	    estimate: boolean;
	    final: boolean;
	    why: Why;
	    consequence: string;
	}
	export interface Inspection {
	    class: string;
	    warranty: string;
	    warranty_why: Why;
	    void_codes?: string[];
	    scrap_codes?: string[];
	    faults?: string[];
	    findings: string;
	    damage?: string;
	    damage_bearer?: string;
	    photos?: FileRef[];
	    at: string;
	    by: string;
	    ship_date_found?: string;
	}
	export interface Device {
	    id: string;
	    work_order: string;
	    line: number;
	    serial: string;
	    model: string;
	    complaint: string;
	    faults?: string[];
	    ship_date?: string;
	    photos?: FileRef[];
	    extra?: Record<string, string>;
	    status: string;
	    parcel?: string;
	    shipment?: string;
	    quote?: string;
	    inspection?: Inspection;
	    received_at?: string;
	    repaired_at?: string;
	    repair_note?: string;
	    revision: number;
	    rev: number;
	}
	
	export interface Error {
	    kind: string;
	    code: string;
	    rule?: string;
	    args?: Record<string, string>;
	}
	
	export interface Finding {
	    code: string;
	    severity: string;
	    rule?: string;
	    row: number;
	    column?: string;
	    args?: Record<string, string>;
	}
	
	
	
	
	export interface Message {
	    id: string;
	    work_order: string;
	    actor: string;
	    author: string;
	    kind: string;
	    code?: string;
	    text: string;
	    files?: FileRef[];
	    at: string;
	    rev: number;
	}
	
	export interface Offer {
	    kind: string;
	    devices?: string[];
	    quotes?: string[];
	    parcels?: string[];
	    shipments?: string[];
	    payments?: string[];
	    corrections?: string[];
	}
	export interface TrackTrouble {
	    code: string;
	    source: string;
	    at: string;
	}
	export interface Rejection {
	    reason: string;
	    note: string;
	    bearer: string;
	    photos?: FileRef[];
	    at: string;
	    by: string;
	}
	export interface Parcel {
	    id: string;
	    work_order: string;
	    seq: number;
	    of: number;
	    carrier: string;
	    waybill_number: string;
	    freight_terms: string;
	    delivery_mode: string;
	    sender_phone: string;
	    weight_grams?: number;
	    devices: string[];
	    photos?: FileRef[];
	    shipped_on?: string;
	    status: string;
	    signed_at?: string;
	    system_received_at?: string;
	    counted_devices?: number;
	    rejection?: Rejection;
	    replaces?: string;
	    events?: TrackEvent[];
	    track_trouble?: TrackTrouble;
	    revision: number;
	    rev: number;
	}
	
	
	export interface Refund {
	    amount: Money;
	    reason: string;
	    proof?: FileRef[];
	    tx_id?: string;
	    at: string;
	    by: string;
	}
	export interface Payment {
	    id: string;
	    work_order: string;
	    quotes: string[];
	    amount: Money;
	    method: string;
	    reference: string;
	    status: string;
	    vouchers?: FileRef[];
	    tx_id?: string;
	    voucher_sent_at?: string;
	    confirmed_at?: string;
	    confirmed_by?: string;
	    received: Money;
	    refunds?: Refund[];
	    reason?: string;
	    receipt_number?: string;
	    checkout?: Checkout;
	    earlier_checkouts?: Checkout[];
	    checkout_trouble?: string;
	    rev: number;
	}
	
	
	export interface Quote {
	    id: string;
	    work_order: string;
	    device: string;
	    version: number;
	    class: string;
	    lines: QuoteLine[];
	    total: Money;
	    note?: string;
	    valid_until?: string;
	    status: string;
	    issued_at: string;
	    issued_by: string;
	    decided_at?: string;
	    decided_by?: string;
	    rev: number;
	}
	
	
	export interface Reason {
	    code: string;
	    en: string;
	    zh: string;
	    group?: string;
	    hint?: string;
	}
	
	export interface Refundable {
	    payment: string;
	    excess: Money;
	    all: Money;
	}
	
	
	
	export interface Shipment {
	    id: string;
	    work_order: string;
	    seq: number;
	    carrier: string;
	    waybill_number: string;
	    freight_payer: string;
	    devices: string[];
	    status: string;
	    shipped_at?: string;
	    delivered_at?: string;
	    refused_reason?: string;
	    events: TrackEvent[];
	    track_trouble?: TrackTrouble;
	    rev: number;
	}
	
	
	
	
	
	
	
	export interface WaybillCheck {
	    normal: string;
	    format: string;
	    check_digit: string;
	    blocking: boolean;
	    codes: Finding[];
	}
	
	export interface WorkOrder {
	    id: string;
	    number: string;
	    account: string;
	    contact: Contact;
	    return_address: Address;
	    reference: string;
	    note: string;
	    device_count: number;
	    submitted_at: string;
	    diagnosis?: string;
	    diagnosis_note?: string;
	    diagnosed_at?: string;
	    info_asked_at?: string;
	    info_answered_at?: string;
	    return_confirmed_at?: string;
	    checklist_acked_at?: string;
	    received_at?: string;
	    resolved_at?: string;
	    cancelled_at?: string;
	    closed_at?: string;
	    forfeited_at?: string;
	    last_contact_at: string;
	    extended_to?: string;
	    extended_reason?: string;
	    stage: string;
	    flags?: string[];
	    rev: number;
	}

}

