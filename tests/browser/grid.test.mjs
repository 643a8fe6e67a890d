// The grid under the hand: keys, sticky heads, pasting, saving when the network or another person interferes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDemo, shot, until } from "./support/demo.mjs";
import { addRow, balanced, cell, figure, fillRow, input, openYearReport, saved, shown } from "./support/report.mjs";

let demo;
let page;
const ROWS = ["dat_dai", "ho_tich"];
const focusedCell = () => page.evaluate(() => document.activeElement?.closest("td")?.id ?? null);
const saveState = () => page.locator("[data-save-state]").getAttribute("data-state");

before(async () => {
  demo = await openDemo();
  page = await demo.as("canbo.anhson", { viewport: { width: 1100, height: 620 } });
  await openYearReport(page);
  for (const row of ROWS) {
    await addRow(page, row);
  }
});
after(async () => demo?.close());

test("arrow keys go over computed cells and Enter goes down", async () => {
  await input(page, "dat_dai", "5").focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await focusedCell(), "o-dat_dai-8", "over the carried column 6 and the sum in column 7");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await focusedCell(), "o-dat_dai-5");
  await page.keyboard.press("ArrowDown");
  const below = await focusedCell();
  assert.match(below, /-5$/u);
  assert.notEqual(below, "o-dat_dai-5");
  await page.keyboard.press("ArrowUp");
  assert.equal(await focusedCell(), "o-dat_dai-5");
});

test("after a run of Tabs Enter goes back below where the run began", async () => {
  await input(page, "dat_dai", "8").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await focusedCell(), "o-dat_dai-10");
  await page.keyboard.press("Enter");
  assert.match(await focusedCell(), /-8$/u);
  assert.match(page.url(), /TTHC_06A/u, "Enter did not post the form");
});

test("Tab goes from the last cell of a row to the first of the next, over the buttons between", async () => {
  await input(page, "dat_dai", "13").focus();
  await page.keyboard.press("Tab");
  const next = await focusedCell();
  assert.match(next, /-4$/u);
  assert.notEqual(next, "o-dat_dai-4");
});

test("Esc takes back what was typed in a cell", async () => {
  const target = input(page, "dat_dai", "4");
  await target.fill("50");
  await target.press("Tab");
  await saved(page);
  await target.focus();
  await target.pressSequentially("99");
  await page.keyboard.press("Escape");
  assert.equal(await target.inputValue(), "50");
});

test("no focused cell is hidden under the sticky head or the row names", async () => {
  const columns = ["4", "5", "8", "9", "10", "12", "13"];
  const order = [...columns, ...columns.toReversed()];
  for (const row of [...ROWS, ...ROWS.toReversed()]) {
    for (const column of order) {
      await page.evaluate((id) => document.getElementById(id)?.querySelector("input")?.focus(), `o-${row}-${column}`);
      const covered = await page.evaluate(() => {
        const box = document.activeElement.getBoundingClientRect();
        const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return seen === document.activeElement || document.activeElement.contains(seen) ? null : `${document.activeElement.name} is under ${seen?.outerHTML.slice(0, 80)}`;
      });
      assert.equal(covered, null);
    }
  }
});

test("an answer of the server never moves the caret or changes the cell being typed in", async () => {
  const target = input(page, "dat_dai", "9");
  await target.fill("");
  await target.focus();
  await page.keyboard.type("1234");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await until(saveState, (state) => state === "saved", "the pause did not save");
  const state = await page.evaluate(() => [document.activeElement.name, document.activeElement.value, document.activeElement.selectionStart]);
  assert.deepEqual(state, ["o.dat_dai.9", "1234", 2]);
  await page.keyboard.press("Tab");
  await until(() => input(page, "dat_dai", "9").inputValue(), (value) => value === "1234" || value === "1.234", "the figure was lost");
});

test("a block from a spreadsheet lands cell by cell", async () => {
  await input(page, "dat_dai", "8").focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "700\t80\t9\r\n");
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  assert.deepEqual(await Promise.all(["8", "9", "10"].map((column) => input(page, "dat_dai", column).inputValue())), ["700", "80", "9"]);
  await until(() => shown(page, "dat_dai", "7"), (text) => text === "789", "the pasted block was not computed");
});

test("what is no number is named and kept as typed", async () => {
  const target = input(page, "ho_tich", "4");
  await target.fill("12a");
  await target.press("Tab");
  await until(() => cell(page, "ho_tich", "4").getAttribute("class"), (names) => names.includes("has-error"), "the bad number was not marked");
  assert.equal(await target.inputValue(), "12a");
  await target.fill("12");
  await target.press("Tab");
  await until(() => cell(page, "ho_tich", "4").getAttribute("class"), (names) => !names.includes("has-error"), "the mark stayed");
});

test("without a network the figures wait and are sent when it is back", async () => {
  await page.context().setOffline(true);
  await input(page, "ho_tich", "5").fill("77");
  await input(page, "ho_tich", "5").press("Tab");
  await until(saveState, (state) => state === "offline", "the loss was not shown");
  assert.match(await page.locator("[data-save-state]").textContent(), /Mất mạng, sẽ thử lại/u);
  await page.context().setOffline(false);
  await saved(page);
  await page.reload();
  assert.equal(await input(page, "ho_tich", "5").inputValue(), "77");
});

test("a cell that another person changed meanwhile is a conflict, not a silent loss", async () => {
  const other = await demo.as("canbo.anhson");
  await other.goto(page.url());
  await input(other, "ho_tich", "8").fill("11");
  await input(other, "ho_tich", "8").press("Tab");
  await saved(other);
  await input(page, "ho_tich", "8").fill("22");
  await input(page, "ho_tich", "8").press("Tab");
  await until(saveState, (state) => state === "conflict", "the conflict was not shown");
  await page.reload();
  assert.equal(await input(page, "ho_tich", "8").inputValue(), "11");
});

test("leaving the page saves what was typed last", async () => {
  await input(page, "ho_tich", "9").fill("31");
  await page.goto("/");
  await openYearReport(page);
  await until(async () => {
    await page.reload();
    return input(page, "ho_tich", "9").inputValue();
  }, (value) => value === "31", "the last figure was lost");
});

test("a low rate asks for an explanation beside the row, and the explanation is kept", async () => {
  const carried = figure(await shown(page, "ho_tich", "6"));
  await fillRow(page, "ho_tich", { ...balanced(carried), 8: 10, 9: 10, 10: 1174 });
  const area = page.getByLabel("Giải trình").first();
  await area.waitFor();
  await area.fill("Hệ thống quốc gia gián đoạn năm ngày.");
  await area.press("Tab");
  await saved(page);
  await shot(page, "30-explain");
  await page.reload();
  assert.equal(await page.getByLabel("Giải trình").first().inputValue(), "Hệ thống quốc gia gián đoạn năm ngày.");
});

test("the grid reported no script error", () => {
  assert.deepEqual(page.broken, []);
});
