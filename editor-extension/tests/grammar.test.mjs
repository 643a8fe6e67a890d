// First colours: both spellings, read as VS Code reads them.
import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { readKeywords } from "../scripts/keywords.mjs";
import { grammar, lines } from "./support/tokens.mjs";

const loaded = await grammar();
const regimes = new URL("../../regimes/", import.meta.url);

/** A line and below it what its parts are taken for; parts without a kind of their own are left out. */
function picture(text) {
  const shown = [];
  for (const { source, tokens } of lines(loaded, text)) {
    shown.push(source);
    for (const token of tokens) {
      const scopes = token.scopes.slice(1).filter((scope) => !scope.startsWith("meta."));
      if (scopes.length > 0 && token.text.trim() !== "" && !/^punctuation\.(section|separator)/.test(scopes.at(-1))) {
        shown.push(`    ${scopes.map((scope) => scope.replace(/\.regime$/, "")).join(" > ")}: ${token.text.trim()}`);
      }
    }
  }
  return `${shown.join("\n")}\n`;
}

for (const language of ["vi", "en"]) {
  test(`the parts of a regime in ${language} are told apart`, async () => {
    const text = await readFile(new URL(`fixtures/${language}.regime`, import.meta.url), "utf8");
    const snapshot = new URL(`snapshots/${language}.txt`, import.meta.url);
    const found = picture(text);
    if (process.env.UPDATE_SNAPSHOTS === "1") {
      await writeFile(snapshot, found);
    }
    assert.equal(found, await readFile(snapshot, "utf8"));
  });
}

function scopesOf(text, part) {
  const parts = [...lines(loaded, text)].flatMap(({ tokens }) => tokens);
  return parts.filter((token) => token.text.includes(part)).map((token) => token.scopes.at(-1));
}

test("every keyword is coloured as one word, with one space or many between its parts", async () => {
  const keywords = await readKeywords();
  const missed = [];
  for (const { rule, english, vietnamese, section } of keywords) {
    for (const spelling of [english, vietnamese, vietnamese.replace(/ /g, "  \u00A0"), english.replace(/ /g, "\t")]) {
      // A function is one only before its parenthesis, a value only where a value stands.
      const text = section === "Functions and selectors" ? `= ${spelling}(a)` : section === "Values" ? `1: ${spelling}` : `  ${spelling} `;
      const parts = [...lines(loaded, text)].flatMap(({ tokens }) => tokens).filter((token) => token.text === spelling);
      if (!parts.some(({ scopes }) => /^(keyword|support|constant|storage)\./.test(scopes.at(-1)))) {
        missed.push(`${rule}: ${spelling}`);
      }
    }
  }
  assert.deepEqual(missed, []);
});

test("a keyword inside a longer word or a longer keyword is not taken apart", () => {
  assert.deepEqual(scopesOf("  formal_year", "formal_year"), ["variable.other.regime"]);
  assert.deepEqual(scopesOf('  cơ quan ban hành "A"', "cơ quan"), ["keyword.other.regime"]);
  assert.deepEqual(scopesOf('cơ quan so_y_te "Sở Y tế"', "so_y_te"), ["entity.name.type.regime"]);
  assert.deepEqual(scopesOf('measure vu_viec "vụ việc"', "vu_viec"), ["entity.name.type.regime"]);
});

test("in the project's regimes no text, comment or message runs on into the next line", async () => {
  const names = (await readdir(regimes)).filter((name) => name.endsWith(".regime"));
  assert.ok(names.length >= 10);
  for (const name of names) {
    let number = 0;
    for (const { depth, source } of lines(loaded, await readFile(new URL(name, regimes), "utf8"))) {
      number += 1;
      assert.equal(depth, 1, `${name}:${number}: ${source}`);
    }
  }
});
