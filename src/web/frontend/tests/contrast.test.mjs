// Computes the contrast of every pair of tokens in use, in the light, dark and high-contrast schemes: 4.5 for text, 3 for lines and icons.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const source = await readFile(new URL("../styles/tokens.css", import.meta.url), "utf8");

function declarations(block) {
  return Object.fromEntries([...block.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
}

function scheme(query) {
  const start = source.indexOf(query);
  assert.notEqual(start, -1, `tokens.css has no ${query}`);
  const next = source.indexOf("@media", start + 1);
  return declarations(source.slice(start, next === -1 ? undefined : next));
}

const light = declarations(source.slice(0, source.indexOf("@media")));
const schemes = {
  light,
  dark: { ...light, ...scheme("@media screen and (prefers-color-scheme: dark)") },
  "high contrast": { ...light, ...scheme("@media screen and (prefers-contrast: more)") },
};

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, bright] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (bright + 0.05) / (dark + 0.05);
}

const text = [];
for (const ground of ["paper", "canvas", "grid-head", "grid-numbers", "grid-computed", "grid-total", "grid-stub", "primary-tint", "error-tint", "warn-tint"]) {
  text.push(["ink", ground]);
}
for (const ground of ["paper", "canvas", "grid-numbers", "grid-stub"]) {
  text.push(["ink-muted", ground]);
}
for (const tone of ["ok", "warn", "error", "late", "info"]) {
  text.push([tone, `${tone}-tint`], [tone, "paper"]);
}
text.push(["primary", "paper"], ["primary", "canvas"], ["primary", "grid-computed"], ["primary", "grid-total"], ["primary", "primary-tint"], ["on-primary", "primary"], ["on-primary", "primary-hover"], ["head-ink", "head"], ["head-muted", "head"], ["focus-ink", "focus"]);
// Program text in the studio: words of every colour, also where another place of a name is marked.
for (const tone of ["ok", "warn", "late", "primary", "ink-muted"]) {
  text.push([tone, "paper"], [tone, "primary-tint"]);
}
// Changed lines in the history: what is written, and the numbers beside it.
for (const ground of ["ok-tint", "error-tint"]) {
  text.push(["ink", ground], ["ink-muted", ground]);
}
const lines = [
  ["line-strong", "paper"],
  ["line-strong", "canvas"],
  ["head-rule", "head"],
  ["focus", "focus-ink"],
];

for (const [name, tokens] of Object.entries(schemes)) {
  for (const [pairs, least] of [[text, 4.5], [lines, 3]]) {
    test(`every pair of the ${name} scheme has a contrast of at least ${least}`, () => {
      const weak = pairs.map(([front, ground]) => [front, ground, contrast(tokens[front], tokens[ground])]).filter(([, , ratio]) => ratio < least);
      assert.deepEqual(weak, []);
    });
  }
}
