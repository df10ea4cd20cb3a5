import type { TestInfo } from "@playwright/test";

import type { Desk } from "./desk";
import { damagedLines, farmDevices, farmWorkbook } from "./farm";
import { choose, DraftEditor } from "./pages/draft-editor";
import { PackingBench } from "./pages/packing-bench";
import { Workshop } from "./pages/workshop";
import { decodePages, textOf } from "./paper";
import { expect, test } from "./world";

interface OrderRow {
  id: string;
  number: string;
  stage: string;
}

interface DeviceRow {
  device: { id: string; serial: string; status: string; model: string };
}

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
        await farm.scanner.scan(device.serial);
        left--;
        await expect(packing.said).toContainText(new RegExp(`^In box ${i + 1}\\D.* ${left} left`));
      }
      await packing.enterWaybill(i + 1, "SF Express", waybill);
    }
    await packing.tickAll();
    await expect(farm.page.getByText("Nothing is missing.")).toBeVisible();
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
    for (const field of ["北岭矿场有限公司", "李娜", "河畔维修中心 收件组", "四川省成都市郫都区运河路8号3号库", ...waybills]) {
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
        await expect(bench().counted(50, 50)).toBeVisible();
        await shop.page.keyboard.press("Control+Enter");
      }
      await expect(shop.page.getByRole("heading", { name: "Scan a waybill" })).toBeVisible();
    }
    await shop.settle();
    await farm.settle();
  });
});

/** Numbers of a form that SF Express uses. */
const waybills = ["SF1320000000017", "SF1320000000026", "SF1320000000035", "SF1320000000044"];

async function ordersOf(desk: Desk): Promise<OrderRow[]> {
  const query = { text: "", mine: "", stages: [], after: "", limit: 50 };
  return (await desk.call<{ rows: OrderRow[] }>("Orders", "List", query)).rows;
}

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
