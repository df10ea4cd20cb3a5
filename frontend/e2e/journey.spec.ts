import { join } from "node:path";

import type { Desk } from "./desk";
import { damagedLines, type FarmDevice, farmDevices, farmWorkbook } from "./farm";
import { DraftEditor } from "./pages/draft-editor";
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
}) => {
  const today = new Date().toISOString().slice(0, 10);
  const devices = farmDevices(today);
  const { centre, url } = await world.centre();
  const farmLine = await world.line(url);
  const shopLine = await world.line(url);
  const farm = await world.desk("farm");
  const shop = await world.desk("shop");
  const editor = new DraftEditor(farm.page);
  const bench = () => new Workshop(shop.page, shop.scanner);
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
    order = editor.id;
  });

  await test.step("preflight is fixed; the desk is killed in the middle of it", async () => {
    await editor.preflight.getByRole("button", { name: "Remove the duplicates" }).click();
    await expect(editor.devices(201)).toBeVisible();
    await editor.grid.focus();
    await farm.killAndRestart();
    await farm.goTo(`/drafts/${order}`);
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
    await farmLine.mend();
    await farm.settle();
    await farm.goTo(`/orders/${order}`);
    await expect(farm.page.getByText("Waiting for diagnosis")).toBeVisible();
    expect(await ordersOf(shop)).toHaveLength(0);
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
    for (const [i, { waybill, devices: inside }] of boxes.entries()) {
      await packing.openAnotherBox();
      for (const device of inside) {
        await farm.scanner.scan(device.serial);
        await expect(packing.said).toContainText(device.serial);
        await expect(packing.said).toContainText(`In box ${i + 1}`);
      }
      await packing.enterWaybill(i + 1, "SF Express", waybill);
    }
    await packing.tickAll();
    await expect(farm.page.getByText("Nothing is missing.")).toBeVisible();
    await packing.file();
    await farm.settle();
    await shop.settle();
  });
});

/** Numbers of a form that SF Express uses. */
const waybills = ["SF1320000000017", "SF1320000000026", "SF1320000000035", "SF1320000000044"];

async function ordersOf(desk: Desk): Promise<OrderRow[]> {
  const query = { text: "", mine: "", stages: [], after: "", limit: 50 };
  return (await desk.call<{ rows: OrderRow[] }>("Orders", "List", query)).rows;
}
