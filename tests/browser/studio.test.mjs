// The studio under the hand, before a stand-in for the language server: what the server says is shown, what a person does is asked and applied, under the real policy of the pages.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";
import { until } from "./support/demo.mjs";
import { ROOT, startStudio } from "./support/studio.mjs";

const FILES = [
  {
    path: "b01.regime",
    revision: 3,
    text: 'chế độ A "Tiếp công dân" phiên bản 1 hiệu lực từ 01/01/2026 {\n  biểu B "01/TCD" {\n    cột 1 tong "Tổng số" đơn vị tính vuviec\n    cột 2 nam "Nam" đơn vị tính vu_viec\n  }\n}\nca kiểm thử "đúng" { }\nca kiểm thử "sai" { }\n',
  },
  { path: "common.regime", revision: 1, text: 'đơn vị tính vu_viec "vụ việc"\n' },
];

let browser;
let studio;
let page;
let broken;

const served = (path) => studio.world.language.texts.get(ROOT + path);
/** Puts the caret at the end of a piece of the shown text. */
const caretAt = async (piece) => {
  const line = page.locator(".cm-line", { hasText: piece }).first();
  await line.click({ position: { x: 60, y: 8 } });
};

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});
after(async () => browser?.close());

beforeEach(async (context) => {
  studio = await startStudio(FILES);
  const session = await browser.newContext({ viewport: { width: 1366, height: 800 }, locale: "vi-VN" });
  session.setDefaultTimeout(10_000);
  page = await session.newPage();
  broken = [];
  page.on("pageerror", (error) => broken.push(String(error)));
  page.on("console", (message) => {
    // The stand-in plants handlers and breaks lines on purpose; that the policy says so is right.
    if (message.type() === "error" && !/Failed to load resource|WebSocket connection|Executing inline event handler/.test(message.text())) {
      broken.push(message.text());
    }
  });
  await page.goto(studio.address);
  await page.getByText("Đã nối").waitFor();
  context.after(async () => {
    await session.close();
    await studio.stop();
    assert.deepEqual(broken, [], "the page itself did nothing wrong");
  });
});

test("a mistake is underlined and listed, and its fix stands beside it", async () => {
  await page.locator(".cm-lintRange-error", { hasText: "vuviec" }).waitFor();
  assert.equal(await page.locator(".studio-count").textContent(), "1 lỗi, 0 cảnh báo");
  const row = page.locator(".studio-problems li");
  assert.match(await row.textContent(), /b01\.regime, dòng 3.*R201.*không có đơn vị tính/s);
  assert.equal(await row.locator("a").getAttribute("href"), "/tro-giup/ma-loi/R201");
  await row.getByRole("button", { name: "Sửa thành `vu_viec`" }).click();
  await until(() => served("b01.regime"), (now) => now.includes("Tổng số\" đơn vị tính vu_viec"), "the server has the corrected text");
  await page.getByText("Không có lỗi nào.").waitFor();
});

test("Ctrl+. offers the fixes at the caret to the keyboard", async () => {
  await caretAt("Tổng số");
  await page.locator(".g-bulb").waitFor();
  await page.keyboard.press("Control+.");
  await page.getByRole("menuitem", { name: "Sửa thành `vu_viec`" }).waitFor();
  await page.keyboard.press("Enter");
  await until(() => served("b01.regime"), (now) => !now.includes("vuviec"), "the fix is applied");
});

test("words are coloured at once, names by what the server says of them, other places of a name are marked", async () => {
  assert.equal(await page.locator(".t-declaration", { hasText: /^biểu$/ }).count(), 1);
  assert.equal(await page.locator(".t-keyword", { hasText: /^hiệu lực từ$/ }).count(), 1);
  assert.equal(await page.locator(".t-string", { hasText: "Tổng số" }).count(), 1);
  await page.locator(".s-property.s-m-declaration", { hasText: "vu_viec" }).waitFor();
  await caretAt("Nam");
  await page.locator(".m-same", { hasText: "vu_viec" }).first().waitFor();
});

test("hints and lenses stand in the text, and a lens runs its test", async () => {
  await page.locator(".w-hint", { hasText: "2 cột" }).waitFor();
  await page.locator(".w-lens button", { hasText: "▶ Chạy" }).first().click();
  await page.getByText("1 ca đạt, 1 ca không đạt").waitFor();
  await page.getByRole("button", { name: "mong đợi 1 nhưng được 2" }).waitFor();
});

test("the outline leads to its places and the text folds", async () => {
  await page.locator(".outline-entry", { hasText: "biểu B" }).click();
  await page.locator(".outline-entry[aria-current]", { hasText: "biểu B" }).waitFor();
  await page.locator(".cm-foldGutter [title='Gập']").first().click();
  await page.locator(".cm-foldPlaceholder").waitFor();
});

test("what the server words in Markdown cannot run", async () => {
  await page.locator(".cm-line", { hasText: "Nam" }).first().hover({ position: { x: 60, y: 8 } });
  const shown = page.locator(".cm-lsp-hover-tooltip, .cm-tooltip-hover").getByText("Vụ việc");
  await shown.waitFor();
  assert.equal(await page.locator(".cm-tooltip img[onerror]").count(), 0);
  assert.equal(await page.title(), "Soạn");
});

test("the preview appears when the regime is sound, takes figures, and leads to the source and back", async () => {
  assert.equal(await page.locator(".preview-page table").count(), 0, "a regime with mistakes has no page yet");
  await page.locator(".studio-problems").getByRole("button", { name: "Sửa thành `vu_viec`" }).click();
  const first = page.getByLabel("Tổng số", { exact: true });
  await first.fill("12");
  await page.locator("[data-sum]", { hasText: /^12$/ }).waitFor();
  await page.getByLabel("Nam", { exact: true }).fill("7");
  await page.locator("[data-sum]", { hasText: /^19$/ }).waitFor();
  assert.equal(await first.inputValue(), "12", "what was typed before stays");
  await page.locator(".preview-page th", { hasText: "Nam" }).click();
  assert.equal(await page.title(), "Soạn", "nothing in the page of the server runs");
  await until(() => page.locator(".cm-activeLine").textContent(), (line) => line.includes("nam"), "the caret is in the line of the column");
  await caretAt("Tổng số");
  await page.locator("th.at-caret", { hasText: "Tổng số" }).waitFor();
});

test("figures of the preview become a test block", async () => {
  await page.locator(".studio-problems").getByRole("button", { name: "Sửa thành `vu_viec`" }).click();
  await page.getByLabel("Nam", { exact: true }).fill("7");
  page.once("dialog", (dialog) => dialog.accept(`${dialog.defaultValue()} thử`));
  await page.getByRole("button", { name: "Lưu thành ca kiểm thử" }).click();
  await until(() => served("b01.regime"), (now) => now.includes('ca kiểm thử "Xã A, Quý 1/2026 thử" { B[2]: 7 }'), "the block is in the file");
  await page.getByText("2 ca đạt, 1 ca không đạt").waitFor();
});

test("a rename reaches the files that are not shown, and they are saved too", async () => {
  await page.locator(".cm-line", { hasText: "Nam" }).first().click();
  await page.keyboard.press("End");
  await page.keyboard.press("F2");
  const field = page.locator(".cm-lsp-rename-panel input, .cm-dialog input").first();
  await field.fill("viec");
  await page.keyboard.press("Enter");
  await until(() => served("common.regime"), (now) => now === 'đơn vị tính viec "vụ việc"\n', "the other file is renamed at the server");
  await until(() => studio.world.saved.map((one) => one.path), (paths) => paths.includes("common.regime") && paths.includes("b01.regime"), "both drafts are saved");
});

test("a broken line is taken up again with the newest texts", async () => {
  studio.cut();
  await page.getByText("Mất kết nối").waitFor();
  await caretAt("Nam");
  await page.keyboard.press("Home");
  await page.keyboard.insertText("// khi mất mạng\n");
  await page.getByText("Đã nối").waitFor();
  await until(() => served("b01.regime") ?? "", (now) => now.includes("// khi mất mạng"), "the new line has what was typed meanwhile");
  assert.ok(served("common.regime"), "every file is open again");
  const asked = studio.world.language.asked;
  assert.ok(!asked.slice(0, asked.indexOf("textDocument/didOpen")).includes("textDocument/didChange"), "no change is told of a text that is not open");
  await page.locator(".cm-lintRange-error", { hasText: "vuviec" }).waitFor();
});

test("a draft is saved after a pause and on Ctrl+S, and a conflict stops saving and says so", async () => {
  await caretAt("Nam");
  await page.keyboard.type("a");
  await page.keyboard.press("Control+s");
  await page.locator("[data-save-state][data-state='saved']").waitFor();
  assert.equal(studio.world.saved[0].base, 3);
  studio.world.refuse = 409;
  await page.keyboard.type("b");
  await page.locator("[data-save-state][data-state='conflict']", { hasText: "Người khác vừa sửa." }).waitFor();
  const sent = studio.world.saved.length;
  await page.keyboard.type("c");
  await page.waitForTimeout(2_000);
  assert.equal(studio.world.saved.length, sent);
});

test("a new file is begun, saved as new, and gone back from without losing anything", async () => {
  await page.getByLabel(/Tên tệp mới/).fill("y_te");
  await page.getByRole("button", { name: "Tệp mới" }).click();
  await page.keyboard.insertText('chế độ Y "Y tế" {\n');
  await page.getByRole("button", { name: "common.regime" }).click();
  await page.locator(".cm-line", { hasText: "vụ việc" }).waitFor();
  await page.getByRole("button", { name: /^y_te\.regime/ }).click();
  await page.locator(".cm-line", { hasText: "Y tế" }).waitFor();
  await until(() => studio.world.saved.find((one) => one.path === "y_te.regime" && one.text !== ""), (one) => one?.text.includes("Y tế"), "the new draft is saved");
  assert.equal(studio.world.saved.find((one) => one.path === "y_te.regime").base, 0);
  assert.match(served("y_te.regime"), /Y tế/);
  assert.equal(new URL(page.url()).pathname, "/tep/y_te.regime", "a reload shows the same file");
  assert.equal(await page.getByRole("link", { name: "Lịch sử" }).getAttribute("href"), "/lich-su/y_te.regime");
  await page.getByRole("button", { name: "Công bố…" }).click();
  await page.waitForURL((url) => url.pathname === "/cong-bo" && url.searchParams.get("tep") === "y_te.regime");
});

test("the whole screen has names for what it holds, and the keyboard leaves the editor", async () => {
  const editor = page.getByRole("textbox", { name: "Trình soạn: b01.regime" });
  await editor.focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await editor.evaluate((box) => box.getRootNode().activeElement === box), false, "Escape and then Tab go on to what follows");
  assert.equal(await page.getByRole("tab").count(), 5);
  await page.getByRole("tab", { name: "Xem trước" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByText("Báo cáo mỗi quý.").waitFor();
});
