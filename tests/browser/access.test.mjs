// Who sees what, in which language, on which screen.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDemo, shot } from "./support/demo.mjs";
import { addRow, cell, input, openYearReport, saved } from "./support/report.mjs";

let demo;
let officer;
let address;

before(async () => {
  demo = await openDemo();
  officer = await demo.as("canbo.anhson");
  await openYearReport(officer);
  await addRow(officer, "dat_dai");
  await input(officer, "dat_dai", "4").fill("4321");
  await input(officer, "dat_dai", "4").press("Tab");
  await saved(officer);
  address = new URL(officer.url()).pathname;
});
after(async () => demo?.close());

test("nobody reads anything without signing in", async () => {
  const stranger = await demo.stranger();
  for (const path of ["/", address, "/tong-hop", "/quan-tri"]) {
    await stranger.goto(path);
    assert.equal(new URL(stranger.url()).pathname, "/dang-nhap", path);
  }
});

for (const account of ["lanhdao.tinh", "tonghop.vanphong", "tonghop.thanhtra"]) {
  test(`${account} does not see a draft of a commune`, async () => {
    const page = await demo.as(account);
    const answer = await page.goto(address);
    const text = await page.locator("body").textContent();
    assert.ok(answer.status() === 403 || answer.status() === 404 || !text.includes("4.321"), `the draft was shown to ${account}`);
    assert.ok(!text.includes("4.321"));
  });
}

test("the pages speak English after the switch and Vietnamese after the switch back", async () => {
  await officer.goto("/");
  await officer.getByRole("link", { name: "English" }).click();
  assert.equal(await officer.locator("html").getAttribute("lang"), "en");
  await officer.goto(address);
  await officer.getByRole("button", { name: "Save draft" }).last().waitFor();
  await officer.getByRole("link", { name: "Tiếng Việt" }).click();
  await officer.getByRole("button", { name: "Lưu nháp" }).last().waitFor();
  assert.equal(await officer.locator("body").getAttribute("data-language"), "vi");
});

test("on a phone each row is a card with its columns named", async () => {
  const phone = await demo.as("canbo.anhson", { viewport: { width: 390, height: 844 } });
  await phone.goto(address);
  await shot(phone, "40-phone");
  assert.equal(await phone.locator("table.grid thead").isVisible(), false);
  const named = await cell(phone, "dat_dai", "4").evaluate((one) => getComputedStyle(one, "::after").content);
  assert.match(named, /Trực tuyến/u);
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, "nothing is wider than the screen");
  const height = await input(phone, "dat_dai", "4").evaluate((one) => one.getBoundingClientRect().height);
  assert.ok(height >= 40, `a cell can be touched: ${height} px`);
});

test("the printed form is one table on white without the furniture of the screen", async () => {
  await officer.goto(address);
  await officer.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await officer.locator(".site-header").isVisible(), false);
  assert.equal(await officer.locator(".action-bar").isVisible(), false);
  assert.equal(await officer.locator(".sign-block").isVisible(), true);
  const ink = await cell(officer, "dat_dai", "4").evaluate((one) => getComputedStyle(one).color);
  assert.equal(ink, "rgb(0, 0, 0)");
  await officer.emulateMedia({ media: null, colorScheme: null });
});
