// What a person does on a report page of form II.06a, in terms of rows and printed columns.
import assert from "node:assert/strict";
import { until } from "./demo.mjs";

export const YEAR = /\/bao-cao\/TTHC_06A\/2026\//;

export const cell = (page, row, column) => page.locator(`[id="o-${row}-${column}"]`);
export const input = (page, row, column) => cell(page, row, column).getByRole("textbox");

/** Opens the year report of form II.06a from the list of work. */
export async function openYearReport(page) {
  await page.goto("/");
  await page.locator('a.task-title[href*="/bao-cao/TTHC_06A/2026/"]').first().click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.match(page.url(), YEAR);
}

/** A figure as shown, as a number: 1.234 is one thousand two hundred and thirty-four; `-` and nothing are zero. */
export function figure(text) {
  const plain = text.replaceAll(".", "").replace(",", ".").trim();
  return plain === "" || plain === "-" ? 0 : Number(plain);
}

export const shown = (page, row, column) => cell(page, row, column).locator("output").textContent();

/** The keys of the rows the officer fills in. */
export async function rows(page) {
  const keys = await page.locator("table.grid tbody tr[data-row]:not(.total)").evaluateAll((all) => all.map((one) => one.dataset.row));
  return keys;
}

/** Adds the row of a field of procedures when the form does not have it yet. */
export async function addRow(page, row) {
  if (!(await rows(page)).includes(row)) {
    await page.getByLabel(/Thêm dòng từ danh mục/).selectOption(row);
    await page.getByRole("button", { name: "Thêm dòng" }).click();
    await cell(page, row, "3").waitFor();
  }
}

/** Figures of one row that balance, given what was carried from the period before; `off` spoils the balance. */
export function balanced(carried, off = 0) {
  return { 4: 1200, 5: 34, 8: 1000, 9: 190, 10: 4, 12: 36 + carried, 13: 4 + off };
}

/** Types the figures of a row the way a person does: into each cell, leaving it by Tab. */
export async function fillRow(page, row, figures) {
  for (const [column, value] of Object.entries(figures)) {
    const target = input(page, row, column);
    await target.fill(String(value));
    await target.press("Tab");
  }
}

/** Waits until the server has everything. */
export async function saved(page) {
  await until(() => page.locator("[data-save-state]").getAttribute("data-state"), (state) => state === "saved", "the figures were not saved");
}

/** Fills every row of the form so that it can be proposed. */
export async function fillAll(page, except = []) {
  for (const row of await rows(page)) {
    if (!except.includes(row)) {
      await fillRow(page, row, balanced(figure(await shown(page, row, "6"))));
    }
  }
}

/** The notice on top of a page after something was done. */
export async function noticed(page, text) {
  await page.getByRole("status").filter({ hasText: text }).first().waitFor();
}
