// A small stand-in for Go, for tests and for looking at screens without it.
// It holds just enough state to play with; no rule of the guide lives here.
import type { app, desk, repair } from "@wails/go/models";

type Methods = Record<string, (...args: never[]) => unknown>;

export interface Fake {
  bound: Record<string, Methods>;
  calls: { method: string; args: unknown[] }[];
  emit: (topics: string[]) => void;
}

const day = 86_400_000;
const now = () => new Date().toISOString().slice(0, 19) + "Z";
const ago = (days: number) => new Date(Date.now() - days * day).toISOString().slice(0, 19) + "Z";

export const farm: repair.Address = {
  country: "KZ", province: "Pavlodar", city: "Ekibastuz", district: "", street: "Industrial zone 4, bld. 12",
  postcode: "141200", recipient: "", phone: "",
}; // prettier-ignore
export const person: repair.Contact = {
  company: "North Ridge Mining LLP", name: "Aigerim Bekova", phone: "+7 727 000 00 00", email: "", language: "en",
}; // prettier-ignore

const models = ["X16-Q Pro", "X16-Q", "X16-P", "X4-Q", "X44-P"];
const faults = ["0 ASIC on board 2", "Fan 3 speed", "PSU over-temperature", "Hash board missing", "No network"];

function device(i: number): desk.DraftRow {
  const serial = i === 3 ? "HKA2109" : i === 6 ? "JYZZ21AGO01B1" : `JYZZ21AGO${i.toString(36).toUpperCase().padStart(2, "0")}B1`;
  const findings: repair.Finding[] = [];
  if (i === 3) findings.push({ code: "intake.serial_unusual", severity: "warning", row: 4, column: "serial", args: { why: "too_short", length: "7" }, rule: "R48" });
  if (i === 6) findings.push({ code: "intake.duplicate_serial", severity: "blocking", row: 7, column: "serial", args: { first_row: "2" }, rule: "R12" });
  return {
    id: `row-${i}`, line: i + 1, serial, model: models[i % models.length]!, complaint: faults[i % faults.length]!,
    ship_date: "2026-03-04", photos: [], extra: {}, findings,
  }; // prettier-ignore
}

export interface FakeWish {
  rows?: number;
  mode?: string;
  role?: string;
  language?: string;
  theme?: string;
  /** A cell's edit that the program's end cut off. */
  typing?: desk.DraftTyping;
}

export function fakeBridge(wish: FakeWish = {}): Fake {
  const { rows: rowCount = 12, mode = "practice", role = "customer", language = "en", theme = "light" } = wish;
  const listeners = new Map<string, Set<(data: unknown) => void>>();
  let seq = 0;
  const fake: Fake = {
    bound: {},
    calls: [],
    emit: (topics) => {
      seq += 1;
      for (const listen of listeners.get("changed") ?? []) listen({ seq, name: "changed", data: { topics } });
    },
  };

  let rows = Array.from({ length: rowCount }, (_, i) => device(i));
  let past: desk.DraftRow[][] = [];
  let header: desk.DraftHeader = { contact: person, return_address: farm, reference: "", note: "" };
  let held = "";
  const draft = (): desk.DraftView => {
    const findings = rows.flatMap((row) => row.findings ?? []);
    return {
      id: "draft-1", title: header.reference || "North Ridge Mining LLP, 22 Nov", ...header, row_count: rows.length,
      findings: findings.slice(0, 200), blocking: findings.filter((f) => f.severity === "blocking").length,
      warnings: findings.filter((f) => f.severity === "warning").length, saved_at: now(), undo: past.length ? "edit" : "",
      redo: "", state: held === "" ? "saved" : "holding", hold_until: held, columns: [], typing: wish.typing,
    } as unknown as desk.DraftView; // prettier-ignore
  };
  const change = (next: desk.DraftRow[]) => {
    past = [...past, rows];
    rows = next.map((row, i) => ({ ...row, line: i + 1 }));
    return draft();
  };
  let preferences: desk.Preferences = {
    language, theme, density: "normal", scale: 100, sound: false, gpu: false, profile: person, address: farm,
    printer: "", seen: [],
  }; // prettier-ignore
  let session: desk.Session = {
    mode, server_id: "s", url: "http://127.0.0.1:9", centre: "Practice centre", centre_zh: "练习售后中心",
    account: "North Ridge Mining", user: "Aigerim", role, roles: ["customer", "technician"], fingerprint: "", secrets: "",
  }; // prettier-ignore

  const stages = ["draft", "submitted", "need_info", "return_confirmed", "awaiting_parcel", "awaiting_decision", "awaiting_payment", "repairing", "shipped", "closed"];
  const orders: desk.OrderRow[] = Array.from({ length: 300 }, (_, i) => ({
    id: i === 0 ? "draft-1" : `order-${i}`, number: i === 0 ? "" : `WO-2026-${String(4200 - i).padStart(6, "0")}`,
    reference: i % 4 === 0 ? `Hall ${i % 7}` : "", customer: i % 3 === 0 ? "Own farm 2" : "North Ridge Mining LLP",
    devices: (i * 7) % 300 + 1, stage: stages[i % stages.length]!, flags: [],
    due: i % 10 === 6 ? [{ amount: 123450, currency: "USD" }] : [], deadline: i % 5 === 3 ? ago(-i % 20) .slice(0, 10) : "",
    deadline_kind: "warranty", days_left: (i * 3) % 40, sync: i === 0 ? "saved" : i === 1 ? "waiting" : "sent",
    updated: ago(i / 3), draft: i === 0,
  })); // prettier-ignore
  const why: repair.Why = {
    rule: "R34", code: "", inputs: { last_contact_at: ago(80), days: "90" }, calendar: "cn-2026.1", estimate: false,
  };
  const need = (kind: string, more: Partial<desk.Need>): desk.Need => ({
    kind, order: "order-5", number: "WO-2026-004195", title: "North Ridge Mining LLP", count: 1, money: [], date: "",
    days: 0, why: { rule: "", code: "" }, args: {}, route: "#/orders/order-5", at: ago(1), ...more,
  }); // prettier-ignore

  const methods: Record<string, Methods> = {
    System: {
      Info: (): app.SystemInfo => ({ version: "0.1.0", platform: "linux/amd64", data_dir: "/home/me/.local/share/hashmend", gpu: "never" }),
      Painted: () => null,
      SetGPU: () => null,
    },
    Start: {
      Session: () => session,
      Practise: () => (session = { ...session, mode: "practice" }),
      Leave: () => (session = { ...session, mode: "none" }),
      SwitchRole: (to: string) => (session = { ...session, role: to }),
      Probe: (url: string) => ({ url, server_id: "s", name: "Northern repair", name_zh: "北方维修", practice: false, open: false, fingerprint: "" }),
      Connect: () => (session = { ...session, mode: "connected" }),
    },
    Settings: {
      Mailbox: () => ({ email: "", language: "en", reminders: true, waiting: false, letters: true, languages: ["en", "zh-CN", "ru", "es"] }),
      Get: () => preferences,
      Set: (next: desk.Preferences) => (preferences = next),
      Catalog: () => ({
        models, carriers: [], faults: [], voids: [], scraps: [], rejections: [], countries: ["CN", "KZ", "RU", "US"],
        rules: [{ id: "R34", en: "A parcel nobody answers for within 90 days may be forfeited.", zh: "90 天内无人认领的包裹可视为放弃。" },
          { id: "R12", en: "Each device needs its own serial number.", zh: "每台设备都要有自己的序列号。" }],
      }),
      Centre: () => ({
        server_id: "s", name: "Practice centre", name_zh: "练习售后中心", practice: true, payees: [], label_host: "", languages: ["en"],
        settings: {}, rev: 1,
        address: [{ language: "en", name: "Repair office", phone: "+86 755 0000 0000", lines: ["No. 1 Practice Road", "Shenzhen"] }],
      }),
    },
    Data: {
      State: (): app.DataView => ({
        dir: "/home/me/.local/share/hashmend",
        backups: [
          { name: "a", why: "auto", at: ago(0.02), size: 1_240_000 },
          { name: "b", why: "replaced", at: ago(0.3), size: 1_230_000 },
          { name: "c", why: "manual", at: ago(2), size: 980_000 },
        ],
        recoveries: [{ at: ago(9), aside: "aside/vault-20261124-101500-1", drafts: 12, lines: 2410, sent: 38, files: 7, unplaced: 2, damaged: 1 }],
      }) as unknown as app.DataView,
      BackUp: () => ({ dir: "", backups: [], recoveries: [] }),
      Restore: () => ({ dir: "", backups: [], recoveries: [] }),
      Bundle: () => ({ path: "/home/me/everything.zip", url: "" }),
    },
    Needs: {
      List: () => [
        need("quotes_to_answer", { count: 12, money: [{ amount: 394000, currency: "USD" }], date: ago(-6).slice(0, 10), days: 6, why }),
        need("payment_due", { money: [{ amount: 231000000, currency: "USDT" }], number: "WO-2026-004194" }),
        need("question", { number: "WO-2026-004198", title: "Own farm 2" }),
        need("ready_to_pack", { count: 40, number: "WO-2026-004197" }),
        need("deadline", { days: 2, date: ago(-2).slice(0, 10), why, number: "WO-2026-004192" }),
      ],
    },
    Orders: {
      List: (query: desk.OrderQuery) => {
        const from = query.after === "" ? 0 : Number(query.after);
        const all = orders.filter((row) =>
          (query.mine !== "drafts" || row.draft) &&
          (query.stages.length === 0 || query.stages.includes(row.stage)) &&
          (row.number + row.customer + row.reference).toLowerCase().includes(query.text.toLowerCase()));
        const page = all.slice(from, from + query.limit);
        const counts: Record<string, number> = {};
        for (const row of orders) counts[row.stage] = (counts[row.stage] ?? 0) + 1;
        return { rows: page, next: from + query.limit < all.length ? String(from + query.limit) : "", total: all.length, counts, asked: 0, found: 0, unknown: [] };
      },
      FindDevices: () => [],
      Scan: (code: string) => ({ kind: "unknown", code, order: "", number: "", device: "", parcel: "", valid: false }),
    },
    Drafts: {
      Create: draft,
      Get: draft,
      Rows: (_id: string, offset: number, limit: number) => ({ rows: rows.slice(offset, offset + limit), total: rows.length }),
      SetHeader: (_id: string, next: desk.DraftHeader) => {
        header = next;
        return draft();
      },
      Typing: () => null,
      StopTyping: () => null,
      Edit: (_id: string, edits: desk.CellEdit[]) =>
        change(rows.map((row) => edits.filter((e) => e.row === row.id).reduce((r, e) => ({ ...r, [e.column]: e.value }), row))),
      InsertRows: (_id: string, at: number, count: number) =>
        change([...rows.slice(0, at), ...Array.from({ length: count }, (_, i) => ({ ...device(90 + i), id: `new-${rows.length}-${i}`, serial: "", model: "", complaint: "", ship_date: "", findings: [] })), ...rows.slice(at)]),
      DeleteRows: (_id: string, ids: string[]) => change(rows.filter((row) => !ids.includes(row.id))),
      Paste: (_id: string, at: number, column: string, text: string) => {
        const lines = text.replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
        const keys = ["serial", "model", "complaint", "ship_date"];
        const first = Math.max(0, keys.indexOf(column));
        const start = at < 0 ? rows.length : at;
        const next = [...rows];
        lines.forEach((cells, n) => {
          const row = next[start + n] ?? { ...device(0), id: `pasted-${start + n}`, serial: "", model: "", complaint: "", ship_date: "", findings: [] };
          next[start + n] = cells.reduce((r, value, c) => ({ ...r, [keys[first + c] ?? "serial"]: value }), row);
        });
        change(next);
        return { job: "job-1", draft: "draft-1", name: "paste", state: "done", lines: lines.length, percent: 100, added: lines.length,
          good: lines.length - 1, duplicate: 1, damaged: 0, missing: 0, skipped: 1, sheets: [], confidence: 97,
          columns: [{ index: 0, header: "SN", field: "serial", sample: ["JYZZ21A"] }, { index: 1, header: "Model", field: "model", sample: ["X16-Q"] }] };
      },
      Import: () => ({ job: "job-1", draft: "draft-1", name: "paste", state: "done", lines: 2, percent: 100, added: 2, good: 1, duplicate: 1,
          damaged: 0, missing: 0, skipped: 1, sheets: [], confidence: 97, columns: [] }),
      Scan: (_id: string, code: string) => {
        const at = rows.findIndex((row) => row.serial === code);
        if (at >= 0) return { outcome: "already_here", row: rows[at]!.id, line: at + 1, serial: code, where: "" };
        change([...rows, { ...device(50), id: `scan-${code}`, serial: code, model: "", complaint: "", findings: [] }]);
        return { outcome: "added", row: `scan-${code}`, line: rows.length, serial: code, where: "" };
      },
      NextProblem: (_id: string, from: number, step: number) => {
        let row = from;
        while (row >= 0 && row < rows.length && !rows[row]!.findings?.length) row += step;
        if (!rows[row]) row = rows.findIndex(({ findings }) => findings?.length);
        return { row, column: rows[row]?.findings?.[0]?.column ?? "" };
      },
      RemoveDuplicates: () => change(rows.filter((row) => !row.findings?.some((f) => f.code === "intake.duplicate_serial"))),
      Undo: () => {
        rows = past.at(-1) ?? rows;
        past = past.slice(0, -1);
        return draft();
      },
      Redo: draft,
      Discard: () => null,
      Restore: draft,
      Send: () => {
        held = new Date(Date.now() + 9000).toISOString();
        return draft();
      },
      CancelSend: () => {
        held = "";
        return draft();
      },
    },
    Sync: {
      Status: () => ({ state: "offline", waiting: 3, refused: 0, last_sync: ago(0.2), since: ago(0.1), reason: null, skew_secs: 0, uploads: 1, disk_full: false, read_only: false }),
      Outbox: () => [
        { id: "o1", kind: "submit", order: "order-1", number: "", title: "North Ridge, 12 devices", mark: "waiting", created: ago(0.1), tries: 3, next_try: "", reason: { kind: "offline", code: "client.unreachable" } },
        { id: "o2", kind: "accept_quotes", order: "order-5", number: "WO-2026-004195", title: "", mark: "refused", created: ago(0.3), tries: 1, next_try: "", reason: { kind: "conflict", code: "order.changed", args: {} } },
      ],
      Uploads: () => [
        { sha256: "a", name: "board 2 front.jpg", size: 8_300_000, sent: 4_200_000, state: "sending", speed: 410_000, left_secs: 10, tries: 0, next_try: "", reason: null },
        { sha256: "b", name: "miner.log", size: 1_300_000, sent: 0, state: "paused", speed: 0, left_secs: 0, tries: 0, next_try: "", reason: null },
        { sha256: "c", name: "voucher.pdf", size: 240_000, sent: 0, state: "waiting", speed: 0, left_secs: 0, tries: 2, next_try: "", reason: { kind: "offline", code: "centre.unreachable" } },
      ],
      PauseUpload: () => [],
      CancelUpload: () => [],
      Now: () => ({ state: "up_to_date", waiting: 0, refused: 0, last_sync: now(), since: now(), reason: null, skew_secs: 0, uploads: 0, disk_full: false, read_only: false }),
      Retry: () => ({}),
      Discard: () => ({}),
      Export: () => ({ path: "/home/me/unsent.json", url: "" }),
    },
  };

  for (const [struct, all] of Object.entries(methods)) {
    fake.bound[struct] = Object.fromEntries(
      Object.entries(all).map(([name, run]) => [
        name,
        async (...args: never[]) => {
          fake.calls.push({ method: `${struct}.${name}`, args });
          return structuredClone(run(...args));
        },
      ]),
    );
  }
  const fetched = window.fetch?.bind(window);
  window.fetch = async (input, init) => {
    const url = String(input);
    if (!url.startsWith("/local/import")) return fetched(input, init);
    const text = new TextDecoder().decode(init?.body as Uint8Array);
    const answer = await fake.bound.Drafts!.Paste!(...(["draft-1", -1, "", text] as never[]));
    return new Response(JSON.stringify(answer));
  };
  Object.assign(window, {
    go: { app: fake.bound },
    runtime: {
      EventsOn: (name: string, listen: (data: unknown) => void) => {
        listeners.set(name, (listeners.get(name) ?? new Set()).add(listen));
        return () => listeners.get(name)?.delete(listen);
      },
    },
  });
  return fake;
}
