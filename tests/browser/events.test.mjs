// An event is opened by the commune that is hit, and its daily report is owed from that moment.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDemo, shot } from "./support/demo.mjs";

let demo;
let officer;

before(async () => {
  demo = await openDemo({ publish: "THIEN_TAI" });
  officer = await demo.as("canbo.anhson");
});
after(async () => demo?.close());

test("a storm that a commune opens brings its daily report with its own name and deadline", async () => {
  await officer.getByRole("link", { name: "Đợt, sự kiện và yêu cầu báo cáo" }).click();
  await officer.getByLabel("Tên gọi").first().fill("Bão số 12");
  await officer.getByLabel("Loại thiên tai").selectOption({ label: "Bão" });
  await officer.getByLabel("Cục bộ, ngắn ngày").selectOption("no");
  await officer.getByLabel("Lý do hoặc văn bản").first().fill("Công điện 12/CĐ-UBND");
  await officer.getByRole("button", { name: "Mở đợt" }).click();
  const opened = officer.locator("[data-event]").filter({ hasText: "Bão số 12" });
  await opened.waitFor();
  assert.match(await opened.textContent(), /Công điện 12\/CĐ-UBND/u);
  await shot(officer, "60-event");

  await officer.goto("/");
  const daily = officer.getByRole("link", { name: /Ngày 15\/12\/2026 – Bão số 12/u });
  await daily.click();
  const head = await officer.locator(".form-head").textContent();
  assert.match(head, /Ngày 15\/12\/2026 – Bão số 12/u);
  assert.match(head, /16\/12\/2026 09:0\d/u, "the first report is due 24 hours after the event began");
  await officer.getByRole("button", { name: "Lưu nháp" }).last().waitFor();
  await shot(officer, "61-daily");
  assert.deepEqual(officer.broken, []);
});

test("nobody owes a report of the day before the event began", async () => {
  const address = new URL(officer.url()).pathname;
  const before = address.replace("2026-12-15", "2026-12-14");
  assert.notEqual(before, address);
  assert.equal((await officer.goto(before)).status(), 404);
});
