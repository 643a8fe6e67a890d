// Both languages, complete: what the extension says and what its manifest shows.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { folder, load } from "./support/load.mjs";

const json = async (path) => JSON.parse(await readFile(new URL(path, folder), "utf8"));
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

for (const [vietnamese, english] of [
  ["l10n/vi.json", "l10n/en.json"],
  ["package.nls.json", "package.nls.en.json"],
]) {
  test(`${vietnamese} and ${english} say the same things`, async () => {
    const [vi, en] = [await json(vietnamese), await json(english)];
    assert.deepEqual(Object.keys(en), Object.keys(vi));
    for (const key of Object.keys(vi)) {
      assert.deepEqual(places(en[key]), places(vi[key]), key);
      assert.notEqual(en[key].trim(), "", key);
      assert.notEqual(en[key], vi[key], `${key} is not translated`);
      assert.equal(vi[key], vi[key].normalize("NFC"), key);
    }
  });
}

async function sources() {
  const names = (await readdir(new URL("src/", folder), { recursive: true })).filter((name) => name.endsWith(".ts"));
  return (await Promise.all(names.map((name) => readFile(new URL(`src/${name}`, folder), "utf8")))).join("\n");
}

test("every text is used", async () => {
  const source = await sources();
  const unused = Object.keys(await json("l10n/vi.json")).filter((key) => !source.includes(`"${key}"`));
  // The words for states of the server are put together from the state's name.
  assert.deepEqual(unused, ["status.starting", "status.stopped", "status.failed"]);
});

test("the manifest names no text that is missing and leaves none out", async () => {
  const named = [...(await readFile(new URL("package.json", folder), "utf8")).matchAll(/%([\w.]+)%/g)].map((match) => match[1]);
  assert.deepEqual([...new Set(named)].sort(), Object.keys(await json("package.nls.json")).sort());
});

test("every command of the manifest has its work", async () => {
  const declared = (await json("package.json")).contributes.commands.map((one) => one.command).sort();
  const registered = [...(await readFile(new URL("src/extension.ts", folder), "utf8")).matchAll(/command\("(regime\.\w+)"/g)].map((match) => match[1]).sort();
  // The server's lenses use this one; a person does not.
  assert.deepEqual(registered, [...declared, "regime.showReferences"].sort());
});

test("no word of a person stands in the sources themselves", async () => {
  const letters = /[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]/i;
  const found = (await sources()).split("\n").filter((line) => letters.test(line) && !line.includes("ca[ \\t\\u00A0]+kiểm"));
  assert.deepEqual(found, []);
});

const { languageOf, say } = await load("src/words.ts");

test("Vietnamese comes first", () => {
  assert.equal(languageOf(undefined, "en"), "vi");
  assert.equal(languageOf("editor", "fr"), "vi");
  assert.equal(languageOf("editor", "en-GB"), "en");
  assert.equal(languageOf("en", "vi"), "en");
});

test("places are filled in and unknown places stay", () => {
  assert.equal(say("vi", "status.errors", { count: 2 }), "2 lỗi");
  assert.equal(say("en", "status.errors"), "{count} errors");
});
