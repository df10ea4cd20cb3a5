import { workbook } from "./workbook";

// A farm's Excel file as farms keep them, and what it means. Everything follows
// from the line number: a failed run can be repeated to the letter.

export interface FarmDevice {
  serial: string;
  model: string;
  complaint: string;
  /** The day it left the factory, "" where nobody knows. */
  shipped: string;
}

const models = ["X4-Q", "X16-Q", "X16-Q Pro", "X16-P", "X44-P"];
const complaints = [
  "算力板1掉线",
  "no hashrate after the storm",
  "风扇异响，温度过高",
  "не запускается, мигает красный",
  "control board offline, red light",
];

const day = (n: number, from: string): Date => new Date(Date.parse(`${from}T00:00:00Z`) + n * 86_400_000);
const iso = (date: Date): string => date.toISOString().slice(0, 10);

/** 200 machines: most in warranty, every tenth out of it. */
export function farmDevices(today: string): FarmDevice[] {
  return Array.from({ length: 200 }, (_, i) => ({
    serial: `JM4Q25${String(1700300 + i * 37).padStart(8, "0")}`,
    model: models[i % models.length]!,
    complaint: complaints[i % complaints.length]!,
    shipped: iso(day(i % 10 === 9 ? -900 - i : -40 - (i % 30), today)),
  }));
}

/** Lines (from 0) whose serial Excel destroyed; a person reads it off the label. */
export const damagedLines = [40, 121];

/** The file: titles, blank lines, another sheet, dates in every fashion, and what people do to Excel. */
export function farmWorkbook(devices: FarmDevice[]): Buffer {
  const blank: string[] = [];
  const rows: (string | number)[][] = [
    ["北岭矿场 送修清单 North Ridge farm, list for repair"],
    blank,
    ["打印日期", "2026/11/20"],
    ["序号", "机器编码 SN", "型号", "故障描述", "出厂日期", "机柜"],
  ];
  devices.forEach((device, i) => {
    rows.push([i + 1, asTyped(device.serial, i), device.model, device.complaint, asDated(device.shipped, i), `A-${(i % 12) + 1}`]);
    if (i === 99) rows.push(blank);
    if (i % 60 === 59) rows.push([i + 1, device.serial.toLowerCase(), device.model, "又写了一遍", "", ""]);
  });
  rows.push(["", "", "X4-Q", "标签脱落，没有编码", "", "B-3"]);
  rows.push(["合计", "", "", "200 台"]);
  return workbook([
    { name: "说明", rows: [["请先填写第二页"], ["联系人：李娜"]] },
    { name: "送修", rows },
  ]);
}

/** The same serial as different people type it. */
function asTyped(serial: string, i: number): string {
  if (i === damagedLines[0]) return "1.7003E+13";
  if (i === damagedLines[1]) return "#N/A";
  switch (i % 9) {
    case 2:
      return ` ${serial} `;
    case 4:
      return `SN:${serial}`;
    case 6:
      return `${serial.slice(0, 6)}-${serial.slice(6)}`;
    default:
      return serial;
  }
}

/** The same date as different people type it. */
function asDated(date: string, i: number): string | number {
  const [year, month, dayOf] = date.split("-").map(Number) as [number, number, number];
  switch (i % 4) {
    case 1:
      return `${year}/${month}/${dayOf}`;
    case 2:
      return `${year}年${month}月${dayOf}日`;
    case 3:
      return Math.round((Date.parse(`${date}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000);
    default:
      return date;
  }
}
