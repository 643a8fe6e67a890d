// An author's whole way in the studio, before the real server: a new file, a mistake and its fix, the form filled in beside the text, what was typed kept as a test, published under a decision, and the form at an officer's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { openDemo, shot, until } from "./support/demo.mjs";

const REGIME = `regime VAN_BAN "Văn bản đến" version 1 in force from 01/01/2026 {
  basis "Quyết định 1"
  issuer "UBND tỉnh"
  channel system
  route xa -> vp_ubnd_tinh -> vp_chinh_phu
  window decree 09
  period year
  deadline xa, vp_ubnd_tinh local
  form VB "01/VB" "VĂN BẢN ĐẾN" {
    column "Chỉ tiêu" shows label
    column so "Số lượng"
    row 1 nhan "Văn bản đã nhận" measure vanban
    row 2 xu_ly "Văn bản đã xử lý" measure van_ban
    row 3 con "Văn bản còn lại" measure van_ban = row[nhan] - row[xu_ly]
  }
}
`;

let demo;

before(async () => {
  demo = await openDemo();
});
after(async () => demo?.close());

const saved = (page) => until(() => page.locator("[data-save-state]").getAttribute("data-state"), (state) => state === "saved", "the draft was not saved");

test("a regime is written, tried, tested and published in the studio, and an officer gets its form", async () => {
  const author = await demo.as("quantri");
  await author.getByRole("link", { name: "Soạn thảo" }).click();
  await author.getByLabel("Tên tệp mới").fill("van_ban");
  await author.getByRole("button", { name: "Soạn tệp mới" }).click();
  await author.getByText("Đã nối").waitFor();
  await author.locator(".cm-content").click();
  await author.keyboard.insertText(REGIME);
  await author.locator(".cm-lintRange-error", { hasText: "vanban" }).waitFor();
  await shot(author, "studio-mistake");
  const fix = author.locator(".studio-problems").getByRole("button", { name: /^thay bằng/ }).first();
  await fix.click();
  await author.locator(".preview-page table").waitFor();
  await author.locator('td[data-address="VB[1, so]"] input').fill("1.200");
  await author.locator('td[data-address="VB[2, so]"] input').fill("300");
  await author.locator('td[data-address="VB[3, so]"] output', { hasText: /^900$/ }).waitFor();
  await shot(author, "studio-preview");
  await author.locator('th[data-address="VB[so]"]').click();
  await until(() => author.locator(".cm-activeLine").textContent(), (line) => line.includes('column so "Số lượng"'), "the caret is in the line of the column");
  await author.getByRole("button", { name: "Lưu thành ca kiểm thử" }).click();
  await author.getByLabel("Tên của ca kiểm thử").first().fill("còn lại chín trăm");
  await author.keyboard.press("Enter");
  await author.getByText("1 ca đạt").waitFor();
  await shot(author, "studio-test");
  await saved(author);
  await author.getByRole("button", { name: "Công bố" }).click();
  await author.getByLabel("Số quyết định ban hành").fill("Quyết định số 5/QĐ-UBND ngày 15/12/2026");
  await author.getByLabel("Ngày có hiệu lực").fill("01/02/2026");
  await author.getByRole("button", { name: "Công bố" }).click();
  await author.getByRole("alert").filter({ hasText: "văn bản ghi 01/01/2026" }).waitFor();
  await author.getByLabel("Ngày có hiệu lực").fill("01/01/2026");
  await author.getByRole("button", { name: "Công bố" }).click();
  await author.getByRole("status").filter({ hasText: "Đã công bố" }).waitFor();
  await shot(author, "studio-published");
  assert.deepEqual(author.broken, []);

  const officer = await demo.as("canbo.anhson");
  await officer.goto("/");
  await officer.locator('a.task-title[href*="/bao-cao/VAN_BAN/2027/"]').first().click();
  await officer.getByRole("heading", { level: 1 }).waitFor();
  await officer.getByText("Văn bản đã nhận").first().waitFor();
  assert.equal(await officer.getByRole("link", { name: "Soạn thảo" }).count(), 0);
  await shot(officer, "studio-officer");
});

test("what was written is still there on the next visit, with its history", async () => {
  const author = await demo.as("tacgia.vanphong");
  await author.goto("/soan/tep/van_ban.regime");
  await author.getByText("Đã nối").waitFor();
  await author.locator(".cm-line", { hasText: "còn lại chín trăm" }).first().waitFor();
  assert.equal(await author.getByRole("button", { name: "Công bố" }).count(), 0, "an author does not publish");
  await author.goto("/soan/lich-su/van_ban.regime");
  await author.getByText("Cao Đức Long").first().waitFor();
  await shot(author, "studio-history");
});

test("two authors write one file at a time, and both find both texts", async () => {
  const [one, other] = [await demo.as("tacgia.vanphong"), await demo.as("quantri")];
  for (const page of [one, other]) {
    await page.goto("/soan/tep/van_ban.regime");
    await page.getByText("Đã nối").waitFor();
  }
  const write = async (page, line, text) => {
    await page.locator(".cm-line", { hasText: line }).first().click();
    await page.keyboard.press("End");
    await page.keyboard.insertText(text);
    await page.keyboard.press("Control+s");
    await saved(page);
  };
  await write(one, 'issuer "UBND tỉnh"', " // người thứ nhất");
  await write(other, 'column so "Số lượng"', " // người thứ hai");
  await other.getByText("Hoàng Thanh Mai cũng vừa sửa van_ban.regime").waitFor();
  await other.locator(".cm-line", { hasText: "// người thứ nhất" }).waitFor();
  await one.reload();
  await one.locator(".cm-line", { hasText: "// người thứ hai" }).waitFor();
  await one.locator(".cm-line", { hasText: "// người thứ nhất" }).waitFor();
});

test("an event is made up in the preview, its forms follow its kind, and it stands in the test", async () => {
  const author = await demo.as("tacgia.vanphong");
  await author.goto("/soan/tep/thien_tai.regime");
  await author.getByText("Đã nối").waitFor();
  await author.locator('select[name="form"]').selectOption("TKTH02");
  await author.locator(".preview-given").waitFor();
  await author.locator('[data-given="dot.loai"]').selectOption("loc");
  await author.locator(".preview-page .notice").waitFor({ state: "detached" });
  await author.locator('.preview-page [data-address^="TKTH02["] input').first().fill("3");
  await shot(author, "studio-event");
  await author.getByRole("button", { name: "Lưu thành ca kiểm thử" }).click();
  await author.keyboard.press("Enter");
  await author.locator(".cm-line", { hasText: "loai: loc" }).first().waitFor();
  await author.locator(".studio-tests").getByRole("button", { name: /^Phường Thành Vinh/ }).waitFor();
  assert.deepEqual(author.broken, []);
});

test("rows that a reporter chooses are put in and taken out in the preview", async () => {
  const author = await demo.as("tacgia.vanphong");
  await author.goto("/soan/tep/tthc_06a.regime");
  await author.getByText("Đã nối").waitFor();
  const rows = author.locator(".preview-page tr[data-row]");
  await rows.first().waitFor();
  const before = await rows.count();
  await author.getByLabel(/Thêm dòng từ danh mục/).selectOption({ index: 1 });
  await author.getByRole("button", { name: "Thêm dòng" }).click();
  await until(() => rows.count(), (count) => count === before + 1, "a row is put in");
  await author.getByRole("button", { name: /^Bỏ dòng/ }).first().click();
  await until(() => rows.count(), (count) => count === before, "a row is taken out");
  await shot(author, "studio-rows");
});

test("a table is edited beside the regimes, and goes into force when it is ticked", async () => {
  const author = await demo.as("quantri");
  await author.goto("/soan/tep/data/units.csv");
  await author.getByText("Đã nối").waitFor();
  await author.locator(".cm-line", { hasText: "Sở Nội vụ" }).click();
  await author.keyboard.press("End");
  await author.keyboard.press("Enter");
  await author.keyboard.insertText("P40-so_moi,so,so,Sở Mới,,so_moi,P40,,,");
  await author.keyboard.press("Control+s");
  await saved(author);
  await author.goto("/soan/cong-bo");
  await author.getByLabel(/Danh sách đơn vị/).waitFor();
  await shot(author, "studio-publish");
  assert.deepEqual(await violations(author), []);
  await author.getByLabel("Chế độ báo cáo").selectOption("");
  await author.getByRole("button", { name: "Công bố" }).click();
  await author.getByRole("status").filter({ hasText: "Đã công bố" }).waitFor();
  assert.equal(await author.getByLabel(/Danh sách đơn vị/).count(), 0);
});

test("without script a text is checked, saved and found again", async () => {
  const author = await demo.as("tacgia.vanphong", { javaScriptEnabled: false });
  await author.goto("/soan/tep/tay.regime");
  await author.getByLabel("Văn bản").fill(REGIME.replaceAll("VAN_BAN", "TAY"));
  await author.getByRole("button", { name: "Kiểm tra" }).click();
  await author.getByText("không có đơn vị tính nào là").waitFor();
  await shot(author, "studio-no-script");
  await author.getByLabel("Văn bản").fill(REGIME.replaceAll("VAN_BAN", "TAY").replace("vanban", "van_ban"));
  await author.getByRole("button", { name: "Lưu", exact: true }).click();
  await author.getByRole("status").filter({ hasText: "Đã lưu bản soạn" }).waitFor();
});

test("axe finds nothing wrong with the pages of drafts, wide and narrow, in both languages", async () => {
  const author = await demo.as("quantri");
  for (const path of ["/soan", "/soan/lich-su/van_ban.regime", "/soan/cong-bo", "/soan/tep/thien_tai.regime"]) {
    await author.goto(path);
    if (path.includes("/tep/")) {
      await author.locator(".preview-page table").waitFor();
    }
    assert.deepEqual(await violations(author), [], path);
    await shot(author, `studio-wide${path.replaceAll("/", "-")}`);
  }
  await author.getByRole("link", { name: "English" }).click();
  await author.setViewportSize({ width: 390, height: 844 });
  for (const path of ["/soan", "/soan/lich-su/van_ban.regime", "/soan/cong-bo", "/soan/tep/thien_tai.regime"]) {
    await author.goto(path);
    if (path.includes("/tep/")) {
      await author.locator(".preview-page table").waitFor();
    }
    assert.deepEqual(await violations(author), [], path);
    const over = await author.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${path} is not wider than a phone`);
    await shot(author, `studio-narrow${path.replaceAll("/", "-")}`);
  }
});
