// The parts of the extension that need no editor.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { load } from "./support/load.mjs";

const { findServer } = await load("src/binary.ts");
const { checked } = await load("src/protocol.ts");
const { testsIn, paired } = await load("src/tests-in-text.ts");
const { statusText } = await load("src/status-text.ts");
const { readingText } = await load("src/reading-text.ts");
const { previewPage } = await load("src/preview-page.ts");
const { say } = await load("src/words.ts");

const machine = (files, more = {}) => ({ windows: false, home: "/home/lan", path: "/usr/bin:/opt/bin/", runnable: (file) => files.includes(file), ...more });

test("the program is found in PATH first, then in the usual places", () => {
  assert.deepEqual(findServer("", undefined, machine(["/opt/bin/regime", "/home/lan/.cargo/bin/regime"])), { kind: "found", file: "/opt/bin/regime" });
  assert.deepEqual(findServer("  ", undefined, machine(["/home/lan/.cargo/bin/regime"])), { kind: "found", file: "/home/lan/.cargo/bin/regime" });
  assert.deepEqual(findServer("", undefined, machine(["C:\\Users\\lan\\.cargo\\bin\\regime.exe"], { windows: true, home: "C:\\Users\\lan", path: "C:\\Windows" })), {
    kind: "found",
    file: "C:\\Users\\lan\\.cargo\\bin\\regime.exe",
  });
});

test("a missing program says where it was looked for", () => {
  assert.deepEqual(findServer("", undefined, machine([])), {
    kind: "search",
    looked: ["/usr/bin", "/opt/bin/", "/home/lan/.local/bin", "/home/lan/.cargo/bin", "/usr/local/bin"],
  });
});

test("a path from the settings is taken as it is and never replaced by another program", () => {
  assert.deepEqual(findServer("~/regime", undefined, machine(["/home/lan/regime"])), { kind: "found", file: "/home/lan/regime" });
  assert.deepEqual(findServer("${workspaceFolder}/bin/regime", "/du-an", machine(["/du-an/bin/regime"])), { kind: "found", file: "/du-an/bin/regime" });
  assert.deepEqual(findServer("/khac/regime", undefined, machine(["/usr/bin/regime"])), { kind: "setting", file: "/khac/regime" });
});

test("tests are found by their heads in both spellings, also in broken text", () => {
  const text = 'ca kiểm thử "một" {\r\n  test "two" {\n// test "ghi chú"\n  ca  kiểm\tthử “ba” {\ntesting "không"\n  test "chưa đóng\n';
  assert.deepEqual(
    testsIn(text).map(({ title, line, start }) => [title, line, start]),
    [["một", 0, 0], ["two", 1, 2], ["ba", 3, 2], ["chưa đóng", 5, 2]],
  );
});

test("text that was typed in decomposed letters gives the same tests", () => {
  assert.deepEqual(testsIn('ca kiểm thử "đủ"'.normalize("NFD")).map((head) => head.title), ["đủ"]);
});

test("every test block of the project's regimes is found", async () => {
  const regimes = new URL("../../regimes/", import.meta.url);
  for (const name of (await readdir(regimes)).filter((one) => one.endsWith(".regime"))) {
    const text = await readFile(new URL(name, regimes), "utf8");
    const heads = text.split("\n").filter((line) => /^ *(test|ca kiểm thử) /.test(line)).length;
    assert.equal(testsIn(text).length, heads, name);
  }
});

test("results go to their tests by title, and by order where a title is given twice", () => {
  const heads = testsIn('test "a" {\ntest "b" {\ntest "a" {\ntest "c" {\n');
  const results = [{ title: "b", n: 1 }, { title: "a", n: 2 }, { title: "a", n: 3 }];
  assert.deepEqual(paired(heads, results).map(([head, result]) => [head.line, result?.n]), [[0, 2], [1, 1], [2, 3], [3, undefined]]);
});

test("an answer of another version is no answer", () => {
  assert.equal(checked({ version: 2 }), null);
  assert.equal(checked(null), null);
  assert.deepEqual(checked({ version: 1, results: [] }), { version: 1, results: [] });
});

test("the status item tells the server, the problems and the sample", () => {
  const vi = (key, values) => say("vi", key, values);
  const shown = (...given) => statusText(vi, ...given).text;
  assert.equal(shown("missing", 0, 0, {}), "$(error) Regime: thiếu chương trình");
  assert.equal(shown("starting", 0, 0, {}), "$(sync~spin) Regime: đang khởi động");
  assert.equal(shown("running", 0, 0, {}), "$(check) Regime: không lỗi");
  assert.equal(shown("running", 2, 1, { unit: "Xã A", period: "Quý 2/2026" }), "$(error) Regime: 2 lỗi, 1 cảnh báo · Xã A · Quý 2/2026");
  assert.match(statusText(vi, "running", 0, 0, { unit: "Xã A" }).tooltip, /Mẫu: Xã A, –/);
});

test("a reading becomes Markdown without taking signs of the text for its own", () => {
  assert.equal(
    readingText("Đọc: a_b.regime", [{ regime: "A", title: "Biểu *1*", items: ["Cột [1] < cột [2]", "b"] }, { regime: "A", title: "Hạn", items: [] }], "không có gì"),
    "# Đọc: a\\_b.regime\n\n## A\n\n### Biểu \\*1\\*\n\n- Cột \\[1\\] \\< cột \\[2\\]\n- b\n\n### Hạn\n",
  );
  assert.equal(readingText("a", [], "không có gì"), "# a\n\nkhông có gì\n");
});

test("the page of the preview lets only the extension's own files run", () => {
  const page = previewPage({ language: "vi", source: "https://x", script: "https://x/p.js", style: "https://x/p.css", words: { form: "\"><script>alert(1)</script>" } });
  assert.match(page, /default-src &#39;none&#39;; script-src https:\/\/x;/);
  assert.doesNotMatch(page, /<script>|unsafe/);
});
