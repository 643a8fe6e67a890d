// One figure from the keyboard of a commune to the total of the province and back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDemo, shot, until } from "./support/demo.mjs";
import { addRow, balanced, cell, figure, fillAll, fillRow, input, noticed, openYearReport, saved, shown } from "./support/report.mjs";

let demo;
let officer;
let head;
let aggregator;
let address;
let carried;

before(async () => {
  demo = await openDemo();
  officer = await demo.as("canbo.anhson");
  head = await demo.as("chutich.anhson");
  aggregator = await demo.as("tonghop.vanphong");
});
after(async () => demo?.close());

test("the officer finds the year report in the list of work", async () => {
  await shot(officer, "01-work");
  await openYearReport(officer);
  address = new URL(officer.url()).pathname;
  await shot(officer, "02-form-open");
});

test("an imbalance is explained in figures at its cell and in the summary while typing", async () => {
  await addRow(officer, "dat_dai");
  carried = figure(await shown(officer, "dat_dai", "6"));
  await fillRow(officer, "dat_dai", balanced(carried, 1));
  const received = (1234 + carried).toLocaleString("de-DE");
  await until(() => shown(officer, "dat_dai", "3"), (text) => text === received, "column 3 was not computed");
  await until(() => cell(officer, "dat_dai", "3").getAttribute("class"), (names) => names.includes("has-error"), "column 3 was not marked");
  const message = await officer.locator("#loi li[data-severity=error]").first().textContent();
  assert.ok(message.includes(received), `the message names the sum ${received}: ${message}`);
  assert.ok(message.includes((1235 + carried).toLocaleString("de-DE")), `the message names the other side: ${message}`);
  assert.match(message, /lệch 1(\D|$)/u);
  const below = await officer.locator("tr.row-findings li[data-severity=error]").first().textContent();
  assert.ok(below.includes(received), `the words below the row name the figures: ${below}`);
  await saved(officer);
  await shot(officer, "03-imbalance");
});

test("a link of the summary leads into its cell", async () => {
  await officer.locator("#loi li[data-severity=error] a").first().click();
  const focused = await officer.evaluate(() => document.activeElement?.closest("td")?.id ?? null);
  assert.equal(focused, "o-dat_dai-3");
});

test("the check puts the focus on the error summary and names the page an error", async () => {
  await officer.getByRole("button", { name: "Kiểm tra" }).click();
  await officer.locator("#loi").waitFor();
  assert.equal(await officer.evaluate(() => document.activeElement?.id), "loi");
  assert.match(await officer.title(), /^Lỗi:/u);
});

test("a report with an error cannot be proposed", async () => {
  const propose = officer.getByRole("button", { name: "Trình lãnh đạo" });
  if (await propose.isVisible()) {
    await propose.click();
    await officer.locator("#loi").waitFor();
  }
  assert.equal(await input(officer, "dat_dai", "13").isVisible(), true, "the officer can still edit");
});

test("the corrected report loses its error and is proposed", async () => {
  await input(officer, "dat_dai", "13").fill("4");
  await input(officer, "dat_dai", "13").press("Tab");
  await until(() => cell(officer, "dat_dai", "3").getAttribute("class"), (names) => !names.includes("has-error"), "the error stayed");
  await fillAll(officer, ["dat_dai"]);
  await saved(officer);
  await shot(officer, "04-corrected");
  await officer.getByRole("button", { name: "Trình lãnh đạo" }).click();
  await noticed(officer, "Đã trình lãnh đạo");
  assert.equal(await officer.locator("input.cell-input").count(), 0, "a proposed report is read only");
});

test("the head returns it with a reason on a cell", async () => {
  await head.goto("/");
  await head.locator('a.task-title[href*="/bao-cao/TTHC_06A/2026/"]').first().click();
  await shot(head, "05-head");
  const choice = head.getByLabel("Ô cần sửa");
  const option = await choice.locator("option").evaluateAll((all) => all.find((one) => /Đất đai/u.test(one.textContent) && /13/u.test(one.textContent))?.value);
  assert.ok(option, "the cell of column 13 can be chosen");
  await choice.selectOption(option);
  await head.getByLabel("Lý do trả lại").fill("Kiểm tra lại số hồ sơ quá hạn");
  await head.getByRole("button", { name: "Trả lại", exact: true }).click();
  await noticed(head, "Đã trả lại báo cáo");
});

test("the officer sees the reason at the cell, corrects and proposes again", async () => {
  await officer.goto("/");
  await officer.getByText("Kiểm tra lại số hồ sơ quá hạn").first().waitFor();
  await openYearReport(officer);
  const remark = officer.locator("tr[data-row=dat_dai] + tr.row-findings .remark");
  assert.match(await remark.textContent(), /Kiểm tra lại số hồ sơ quá hạn/u);
  await shot(officer, "06-returned");
  await fillRow(officer, "dat_dai", { 12: 34 + carried, 13: 6 });
  await saved(officer);
  await officer.getByRole("button", { name: "Trình lãnh đạo" }).click();
  await noticed(officer, "Đã trình lãnh đạo");
});

test("the head approves and sends", async () => {
  await head.goto(address);
  await head.getByRole("button", { name: "Phê duyệt và gửi" }).click();
  await noticed(head, "Đã phê duyệt và gửi");
  await head.goto(`${address}/lich-su`);
  const events = await head.locator(".timeline li[data-event]").evaluateAll((all) => all.map((one) => one.dataset.event));
  for (const wanted of ["proposed", "returned", "approved", "sent"]) {
    assert.ok(events.includes(wanted), `the history holds ${wanted}: ${events.join(", ")}`);
  }
  await shot(head, "07-history");
});

test("the aggregator accepts it on the board", async () => {
  await aggregator.goto("/tong-hop/TTHC_06A/2026");
  await shot(aggregator, "08-board");
  const row = aggregator.getByRole("row").filter({ has: aggregator.getByRole("rowheader", { name: "Xã Anh Sơn", exact: true }) });
  await row.getByRole("button", { name: /Tiếp nhận/u }).click();
  await noticed(aggregator, "Đã tiếp nhận");
});

test("the total of the province opens down to the cell it came from", async () => {
  await aggregator.goto("/tong-hop/TTHC_06A/2026/TTHC06A");
  await shot(aggregator, "09-total");
  const coverage = await aggregator.locator(".coverage").first().textContent();
  assert.match(coverage, /\d+\/\d+ (?:xã|đơn vị).*, thiếu: /u);
  await aggregator.locator('tr.total td[data-column="13"] a.figure-link').first().click();
  await aggregator.locator("[data-figure]").waitFor();
  await shot(aggregator, "10-figure");
  const value = figure(await aggregator.locator("[data-figure]").textContent());
  assert.ok(value >= 6, `the total holds the six of Xã Anh Sơn: ${value}`);
  const source = aggregator.locator("table.sources tbody tr").filter({ has: aggregator.getByRole("link", { name: "Xã Anh Sơn", exact: true }) });
  await source.first().waitFor();
  await source.getByRole("link", { name: "Xã Anh Sơn", exact: true }).first().click();
  await until(() => aggregator.url(), (url) => new URL(url).pathname === address, "the figure did not lead to the report");
  assert.match(new URL(aggregator.url()).hash, /^#o-.*-13$/u);
  assert.equal(await shown(aggregator, "dat_dai", "13"), "6");
  await shot(aggregator, "11-source");
});

test("no page of the journey reported a script error", () => {
  assert.deepEqual([...officer.broken, ...head.broken, ...aggregator.broken], []);
});
