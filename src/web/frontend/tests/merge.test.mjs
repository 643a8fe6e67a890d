// Two people's changes of one text: what does not touch is put together, everything else is left to them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../studio/merge.ts", import.meta.url));
const { outputFiles } = await build({ entryPoints: [source], bundle: true, format: "esm", write: false });
const { difference, merged } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);

const BASE = "một\nhai\nba\nbốn\nnăm\n";

test("changes of different lines are put together, whoever came first", () => {
  const mine = BASE.replace("hai", "HAI");
  const theirs = BASE.replace("năm\n", "năm\nsáu\n");
  assert.equal(merged(BASE, mine, theirs), "một\nHAI\nba\nbốn\nnăm\nsáu\n");
  assert.equal(merged(BASE, theirs, mine), "một\nHAI\nba\nbốn\nnăm\nsáu\n");
  assert.equal(merged(BASE, BASE.replace("một\n", ""), BASE.replace("bốn", "BỐN")), "hai\nba\nBỐN\nnăm\n");
});

test("changes of the same line, of lines side by side, and at one place are left to the person", () => {
  assert.equal(merged(BASE, BASE.replace("ba", "BA"), BASE.replace("ba", "3")), null);
  assert.equal(merged(BASE, BASE.replace("hai", "HAI"), BASE.replace("ba", "BA")), null);
  assert.equal(merged(BASE, BASE.replace("ba\n", "ba\nx\n"), BASE.replace("ba\n", "ba\ny\n")), null);
  assert.equal(merged("", "của tôi", "của người khác"), null);
});

test("who changed nothing, or the same, gets what there is", () => {
  const other = BASE.replace("ba", "BA");
  assert.equal(merged(BASE, BASE, other), other);
  assert.equal(merged(BASE, other, BASE), other);
  assert.equal(merged(BASE, other, other), other);
});

test("the difference between two texts makes the one out of the other", () => {
  for (const [before, after] of [["", "a"], ["a", ""], ["aa", "aaa"], ["abab", "ab"], [BASE, BASE.replace("ba", "BA")], ["x", "x"]]) {
    const { from, to, insert } = difference(before, after);
    assert.equal(before.slice(0, from) + insert + before.slice(to), after);
  }
});
