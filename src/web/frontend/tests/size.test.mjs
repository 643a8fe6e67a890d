// A slow line is the rule in the mountains: what a first visit loads is counted.
import assert from "node:assert/strict";
import { readFile, readdir, stat } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const assets = new URL("../../assets/", import.meta.url);

test("the script is at most 20 KB and the style sheet at most 48 KB", async () => {
  const script = (await stat(new URL("app.js", assets))).size;
  const styles = (await stat(new URL("app.css", assets))).size;
  assert.ok(script <= 20_000, `app.js has ${script} bytes`);
  assert.ok(styles <= 48_000, `app.css has ${styles} bytes`);
});

test("the studio's script and styles are at most 220 KB when compressed", async (context) => {
  const sizes = await Promise.all(["studio.js", "studio.css"].map(async (name) => gzipSync(await readFile(new URL(name, assets)), { level: 9 }).length));
  const all = sizes[0] + sizes[1];
  context.diagnostic(`studio: ${sizes[0]} + ${sizes[1]} bytes`);
  assert.ok(all <= 220_000, `the studio has ${all} bytes`);
});

test("every font and picture that the styles name is among the assets", async () => {
  const names = await readdir(assets);
  const styles = (await Promise.all(["app.css", "studio.css"].map((name) => readFile(new URL(name, assets), "utf8")))).join("\n");
  const named = [...styles.matchAll(/url\("?\.?\/?([^"):]+\.(?:woff2|svg))"?\)/g)].map((match) => match[1]);
  assert.ok(named.length >= 8, "the fonts are named");
  assert.deepEqual(named.filter((name) => !names.includes(name)), []);
});
