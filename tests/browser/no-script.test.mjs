// The same steps as a plain form, with scripts switched off.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDemo, shot } from "./support/demo.mjs";
import { balanced, cell, figure, input, noticed, openYearReport, rows, shown } from "./support/report.mjs";

let demo;
let officer;
let head;
const plain = { javaScriptEnabled: false };

before(async () => {
  demo = await openDemo();
  officer = await demo.as("canbo.anhson", plain);
  head = await demo.as("chutich.anhson", plain);
});
after(async () => demo?.close());

test("a row is added, filled with an imbalance and checked by plain posts", async () => {
  await openYearReport(officer);
  if (!(await rows(officer)).includes("dat_dai")) {
    await officer.getByLabel(/Thêm dòng từ danh mục/u).selectOption("dat_dai");
    await officer.getByRole("button", { name: "Thêm dòng" }).click();
  }
  const carried = figure(await shown(officer, "dat_dai", "6"));
  for (const [column, value] of Object.entries(balanced(carried, 1))) {
    await input(officer, "dat_dai", column).fill(String(value));
  }
  await officer.getByRole("button", { name: "Kiểm tra" }).click();
  const message = await officer.locator("#loi li[data-severity=error]").first().textContent();
  assert.match(message, /lệch 1(\D|$)/u);
  assert.equal(await shown(officer, "dat_dai", "3"), (1234 + carried).toLocaleString("de-DE"));
  await shot(officer, "20-no-script");
});

test("what was typed stays, is corrected and proposed", async () => {
  assert.equal(await input(officer, "dat_dai", "4").inputValue(), "1.200");
  await input(officer, "dat_dai", "13").fill("4");
  for (const row of await rows(officer)) {
    if (row !== "dat_dai") {
      for (const [column, value] of Object.entries(balanced(figure(await shown(officer, row, "6"))))) {
        await input(officer, row, column).fill(String(value));
      }
    }
  }
  await officer.getByRole("button", { name: "Trình lãnh đạo" }).click();
  await noticed(officer, "Đã trình lãnh đạo");
});

test("the head returns it, the officer proposes again, the head approves and sends", async () => {
  const address = new URL(officer.url()).pathname;
  await head.goto(address);
  await head.getByLabel("Lý do trả lại").fill("Thiếu giải trình");
  await head.getByRole("button", { name: "Trả lại", exact: true }).click();
  await noticed(head, "Đã trả lại báo cáo");
  await officer.goto(address);
  await officer.getByText("Thiếu giải trình").first().waitFor();
  await officer.getByRole("button", { name: "Trình lãnh đạo" }).click();
  await noticed(officer, "Đã trình lãnh đạo");
  await head.goto(address);
  await head.getByRole("button", { name: "Phê duyệt và gửi" }).click();
  await noticed(head, "Đã phê duyệt và gửi");
  assert.equal(await cell(head, "dat_dai", "13").locator("output").textContent(), "4");
});
