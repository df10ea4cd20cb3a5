import type { TestInfo } from "@playwright/test";

import type { Desk } from "./desk";
import { damagedLines, farmDevices, farmWorkbook } from "./farm";
import { choose, DraftEditor } from "./pages/draft-editor";
import { ordersOf } from "./pages/orders";
import { PackingBench } from "./pages/packing-bench";
import { Workshop } from "./pages/workshop";
import { decodePages, textOf } from "./paper";
import { expect, test } from "./world";

test.setTimeout(600_000);

test("200 devices of a messy Excel file go to the centre and come home in two tracked shipments, through cuts and kills", async ({
  world,
}, info) => {
  const today = new Date().toISOString().slice(0, 10);
  const devices = farmDevices(today);
  const { centre, url } = await world.centre();
  const farmLine = await world.line(url);
  const shopLine = await world.line(url);
  const farm = await world.desk("farm");
  const shop = await world.desk("shop");
  const editor = new DraftEditor(farm.page);
  const bench = () => new Workshop(shop.page, shop.scanner);
  let draft = "";
  let order = "";

  await test.step("both sides join the centre", async () => {
    await farm.join(farmLine.address, await centre.invite("customer", "李娜", "北岭矿场"), "Farm office");
    await shop.join(shopLine.address, await centre.invite("office", "陈伟"), "Bench 1");
  });

  await test.step("the Excel file becomes a draft", async () => {
    await editor.begin();
    await editor.fill(
      {
        "Company or farm": "北岭矿场有限公司",
        "Contact person": "李娜",
        Phone: "+86 138 0013 8000",
        "Street, building": "科技北路18号 2号仓",
        City: "西安市",
        "Province or state": "陕西省",
        Postcode: "710075",
      },
      "China",
    );
    await editor.chooseFile(
      "送修清单.xlsx",
      farmWorkbook(devices),
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    );
    // "机器编码 SN" is no name it knows for sure, so it asks.
    const columns = farm.page.getByRole("dialog", { name: "Columns of 送修清单.xlsx" });
    await expect(columns).toBeVisible();
    await farm.page.keyboard.press("Control+Enter");
    await expect(columns).toBeHidden();
    await expect(farm.page.getByText("204 rows added")).toBeVisible();
    await expect(farm.page.getByText("3 duplicates")).toBeVisible();
    draft = editor.id;
  });

  await test.step("preflight is fixed; the desk is killed in the middle of it", async () => {
    await editor.preflight.getByRole("button", { name: "Remove the duplicates" }).click();
    await expect(editor.devices(201)).toBeVisible();
    await editor.grid.focus();
    await farm.killAndRestart();
    await farm.goTo(`/drafts/${draft}`);
    const again = new DraftEditor(farm.page);
    await expect(again.devices(201)).toBeVisible();
    for (const line of damagedLines) {
      await farm.page.keyboard.press("F8");
      await expect.poll(() => again.activeLine()).toBe(line + 1);
      await again.type(devices[line]!.serial);
    }
    await farm.page.keyboard.press("F8");
    await expect.poll(() => again.activeLine()).toBe(201);
    await farm.page.keyboard.press("Control+-");
    await expect(again.devices(200)).toBeVisible();
    await expect(again.preflight.getByText("200 devices can be sent")).toBeVisible();
  });

  await test.step("it is sent once, though the line is cut and the desk killed while it waits", async () => {
    await farmLine.cut();
    await farm.page.keyboard.press("Control+Enter");
    const sheet = farm.page.getByRole("dialog", { name: /^Send 200 devices to Riverside repair/ });
    await expect(sheet.getByText("科技北路18号 2号仓")).toBeVisible();
    await farm.page.keyboard.press("Control+Enter");
    await expect(farm.page.getByText("200 devices are about to be sent.")).toBeVisible();
    await expect(farm.page.getByText("Waiting until the centre confirms.")).toBeVisible();
    await farm.killAndRestart();
    await farm.goTo(`/drafts/${draft}`);
    await expect(farm.page.getByText("Waiting until the centre confirms.")).toBeVisible();
    await farmLine.mend();
    await farm.settle();
    await farm.page.waitForURL(/#\/orders\//);
    order = /orders\/([0-9a-f-]{36})/.exec(farm.page.url())?.[1] ?? "";
    await expect(farm.page.getByText("Waiting for diagnosis")).toBeVisible();
    await shop.settle();
    expect(await ordersOf(shop)).toHaveLength(1);
  });

  await test.step("the centre diagnoses and confirms the return", async () => {
    await bench().confirmReturn(order);
    await shop.settle();
    await farm.settle();
    await expect(farm.page.getByText("Return confirmed").first()).toBeVisible();
  });

  const boxes = waybills.map((waybill, box) => ({ waybill, devices: devices.slice(box * 50, box * 50 + 50) }));

  await test.step("every device is scanned into one of four boxes with a waybill each", async () => {
    await farm.page.getByRole("link", { name: "Pack by scan" }).click();
    const packing = new PackingBench(farm.page);
    let left = devices.length;
    for (const [i, { waybill, devices: inside }] of boxes.entries()) {
      await packing.openAnotherBox();
      for (const device of inside) {
        left--;
        await farm.scanner.scanUntil(device.serial, () =>
          expect(packing.said).toContainText(` ${left} left`, { timeout: 3_000 }),
        );
      }
      await expect(packing.box(i + 1).getByText("50 devices")).toBeVisible();
      await packing.enterWaybill(i + 1, "SF Express", waybill);
    }
    await packing.tickAll();
    await packing.file();
    await farm.settle();
    await shop.settle();
  });

  await test.step("every label decodes and every Chinese field is text", async () => {
    const number = (await ordersOf(farm))[0]!.number;
    await farm.goTo(`/orders/${order}/labels`);
    const ofBoxes = await savePDF(farm, "Box labels, 100 × 150 mm", info);
    const codes = await decodePages(ofBoxes, info.outputPath("box-labels"));
    expect(codes).toHaveLength(boxes.length);
    for (const [i, code] of codes.entries()) {
      expect(code).toContain(`HTTPS://RMA.RIVERSIDE.EXAMPLE/1B/${number}/`);
      expect(code).toContain(`/${i + 1}/${boxes.length}/`);
    }
    const boxText = flat(await textOf(ofBoxes));
    for (const field of ["北岭矿场有限公司", "河畔维修中心 收件组", "四川省成都市郫都区运河路8号3号库", "顺丰速运", "运费现付", ...waybills]) {
      expect(boxText, field).toContain(flat(field));
    }

    const ofDevices = await savePDF(farm, "Device labels, 60 × 40 mm", info);
    const serials = (await decodePages(ofDevices, info.outputPath("device-labels"))).map((code) => plain(code.split("/")[5]!));
    expect(serials.sort()).toEqual(devices.map((device) => device.serial).sort());
    const deviceText = flat(await textOf(ofDevices));
    for (const device of devices) expect(deviceText, device.serial).toContain(flat(device.complaint));

    const list = flat(await textOf(await savePDF(farm, "Packing list", info)));
    for (const device of devices) expect(plain(list)).toContain(device.serial);
  });

  await test.step("the carrier takes the boxes", async () => {
    await farm.goTo(`/orders/${order}/pack`);
    await new PackingBench(farm.page).handOver();
    await farm.settle();
    await shop.settle();
  });

  await test.step("three boxes are received by scan from zero, one is refused", async () => {
    for (const [i, { waybill, devices: inside }] of boxes.entries()) {
      await bench().openParcel(waybill);
      await expect(bench().counted(0, 50)).toBeVisible();
      for (const device of i === 1 ? inside.slice(0, 3) : inside) await shop.scanner.scan(device.serial);
      if (i === 1) {
        await bench().refuse(/waybill/i, "运单号与工单不符");
      } else {
        await bench().receive(50);
      }
      await expect(shop.page.getByRole("heading", { name: "Scan a waybill" })).toBeVisible();
    }
    await shop.settle();
    await farm.settle();
  });

  await test.step("the refused box is corrected, sent again and received", async () => {
    await farm.goTo(`/orders/${order}`);
    await expect(farm.page.getByText("运单号与工单不符")).toBeVisible();
    await farm.page.getByRole("link", { name: "Pack by scan" }).click();
    const packing = new PackingBench(farm.page);
    await packing.openAnotherBox();
    await farm.page.getByRole("button", { name: "Put the 50 left in here" }).click();
    await packing.enterWaybill(5, "SF Express", waybillAgain); // box 2 stays refused; what replaces it is the fifth
    await packing.file();
    await farm.settle();
    await packing.handOver();
    await farm.settle();
    await shop.settle();
    await bench().openParcel(waybillAgain);
    for (const device of boxes[1]!.devices) await shop.scanner.scan(device.serial);
    await bench().receive(50);
    await expect(shop.page.getByRole("heading", { name: "Scan a waybill" })).toBeVisible();
    await shop.settle();
  });

  const scrap = devices.find(isOld)!;

  await test.step("every device is inspected, the bench's desk killed half way", async () => {
    await bench().at("inspect", order);
    for (const [i, device] of devices.entries()) {
      if (i === 100) {
        await shop.killAndRestart();
        await bench().at("inspect", order);
      }
      await bench().inspect(device.serial, device === scrap ? { scrap: /^S01/ } : {});
    }
    await shop.settle();
    const waiting = (await devicesOf(shop, order)).filter((device) => device.status === "received");
    expect(waiting.map((device) => device.serial)).toEqual([]);
  });

  const old = devices.filter(isOld);

  await test.step("devices out of warranty are quoted; the scrap one is declined, a normal one cannot be", async () => {
    await bench().at("quote", order);
    await expect(shop.page.getByText(`All ${old.length}`, { exact: true })).toBeVisible(); // the list shows what fits
    await bench().pickAll(old.length);
    await bench().quote("更换芯片并测试", "260");
    await shop.settle();
    await farm.settle();
    await farm.goTo(`/orders/${order}/quote`);
    const quotes = farm.page.locator("[data-quote]");
    const normal = quotes.filter({ hasText: "A normal quote cannot be declined." });
    await expect(normal.first().getByText("Accept", { exact: true })).toBeVisible();
    await expect(normal.getByText("Decline", { exact: true })).toHaveCount(0);
    await farm.page.getByRole("button", { name: "Accept all that are open" }).click();
    await quotes.filter({ hasText: "Scrap" }).getByText("Decline", { exact: true }).click();
    await farm.page.keyboard.press("Control+Enter");
    const sheet = farm.page.getByRole("dialog");
    await expect(sheet).toContainText(`Accept ${old.length - 1} quotes`);
    await expect(sheet).toContainText("Decline 1 quote");
    await farm.page.keyboard.press("Control+Enter");
    await expect(sheet).toBeHidden();
    await farm.settle();
  });

  await test.step("the fee is paid with a voucher, sent through a line that is cut", async () => {
    await farm.goTo(`/pay/${order}`);
    await expect(farm.page.getByRole("heading", { name: /To pay.*4,940\.00/ })).toBeVisible();
    await expect(farm.page.getByText("成都河畔电子维修有限公司").first()).toBeVisible();
    await farmLine.cut();
    await farm.page.locator("input[type=file]").setInputFiles({ name: "回单.png", mimeType: "image/png", buffer: voucher });
    await farm.page.getByRole("button", { name: "I have paid: send the voucher" }).click();
    await farm.page.getByRole("dialog").getByRole("button", { name: "Send the voucher" }).click();
    await expect(farm.page.getByRole("dialog")).toBeHidden();
    await expect(farm.page.getByText(/^Offline/)).toBeVisible({ timeout: 45_000 });
    await farmLine.mend();
    await farm.settle();
    await shop.settle();
    await bench().at("payments", order);
    await expect(shop.page.getByRole("button", { name: "Open 回单.png" })).toBeVisible();
    await shop.page.getByRole("button", { name: "The money is here: confirm" }).click();
    await shop.settle();
    await farm.settle();
    await expect(farm.page.getByText("Confirmed").first()).toBeVisible();
  });

  await test.step("all but the scrap one are repaired and tested", async () => {
    await bench().at("repair", order);
    for (const deed of ["Start the repair", "Repaired: to the test", "Test passed"]) {
      await bench().pickAll(devices.length);
      await shop.page.getByRole("button", { name: new RegExp(`^${deed} \\(199\\)`) }).click();
      await shop.settle();
    }
    await bench().pick(scrap.serial);
    await shop.page.getByRole("button", { name: "Return it unrepaired (1)" }).click();
    await shop.settle();
  });

  await test.step("two shipments go home and are tracked", async () => {
    await bench().at("ship", order);
    for (const device of devices.slice(0, 120)) await shop.scanner.scan(device.serial);
    await bench().ship("SF Express", "SF1320000000062", 120);
    await shop.settle();
    await bench().pickAll(80);
    await bench().ship("Deppon Express", "DPK320000000071", 80);
    await shop.settle();
    for (const seq of [1, 2]) await bench().track(seq, "On the way", "成都");
    await shop.settle();
    await farm.settle();
    await farm.goTo(`/track/${order}`);
    for (const seq of [1, 2]) {
      const shipment = farm.page.locator("section", { has: farm.page.getByRole("heading", { name: `Return shipment ${seq} of 2` }) });
      await expect(shipment.getByRole("list", { name: "What happened" })).toContainText("成都");
      await shipment.getByRole("button", { name: "It has arrived" }).click();
      await farm.settle();
      await expect(shipment.getByText("Delivered", { exact: true }).first()).toBeVisible();
    }
    await shop.settle();
  });

  await test.step("desks and centre agree on every device, and the order exists once", async () => {
    const dump = await centre.dump();
    expect(dump.filter((row) => row.t === "work_order").map((row) => row.id)).toEqual([order]);
    expect(dump.filter((row) => row.t === "shipment")).toHaveLength(2);
    const held = dump.filter((row) => row.t === "device").map((row) => row.d as unknown as Device);
    const told = byLine(held);
    expect(told.map((device) => plain(device.serial))).toEqual(devices.map((device) => device.serial));
    expect(told.every((device) => device.status === "delivered")).toBe(true);
    expect(byLine(await devicesOf(farm, order))).toEqual(told);
    expect(byLine(await devicesOf(shop, order))).toEqual(told);
    expect((await ordersOf(farm)).map((row) => row.id)).toEqual([order]);
    expect(await centre.faults()).toEqual([]);
  });
});

interface Device {
  line: number;
  serial: string;
  status: string;
  rev: number;
}

const byLine = (devices: Device[]): Device[] => devices.sort((a, b) => a.line - b.line);

async function devicesOf(desk: Desk, order: string): Promise<Device[]> {
  const query = { order, statuses: [], text: "", offset: 0, limit: 200 };
  const page = await desk.call<{ rows: { device: Device }[] }>("Orders", "Devices", query);
  return page.rows.map((row) => row.device);
}

/** Every tenth device left the factory long ago. */
const isOld = (_: unknown, i: number): boolean => i % 10 === 9;

const waybillAgain = "SF1320000000080";

/** The smallest picture there is, as proof of a transfer. */
const voucher = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=",
  "base64",
);

/** Numbers of a form that SF Express uses. */
const waybills = ["SF1320000000017", "SF1320000000026", "SF1320000000035", "SF1320000000044"];

/** Saves a document of the label desk as a file. */
async function savePDF(desk: Desk, document: string, info: TestInfo): Promise<string> {
  await choose(desk.page, "What to print", document);
  await expect(desk.page.getByRole("list", { name: "Preview" }).getByRole("img").first()).toBeVisible();
  await expect(desk.page.getByText("These pages say DRAFT")).toBeHidden();
  const coming = desk.page.waitForEvent("download");
  await desk.page.getByRole("button", { name: "Save PDF" }).click();
  const download = await coming;
  const path = info.outputPath(`${document.replaceAll(/[^A-Za-z0-9]+/g, "-")}.pdf`);
  await download.saveAs(path);
  return path;
}

/** A serial for comparing: without what people add to it. */
const plain = (serial: string): string => decodeURIComponent(serial).replaceAll("SN:", "").replaceAll("-", "");

/** Text without the spaces and line ends that a layout adds. */
const flat = (text: string): string => text.replaceAll(/\s+/g, "");
