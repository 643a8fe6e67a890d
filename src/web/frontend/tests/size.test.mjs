// A slow line is the rule in the mountains: what a first visit loads is counted.
import assert from "node:assert/strict";
import { readFile, readdir, stat } from "node:fs/promises";
import { test } from "node:test";

const assets = new URL("../../assets/", import.meta.url);

test("the script is at most 20 KB and the style sheet at most 48 KB", async () => {
  const script = (await stat(new URL("app.js", assets))).size;
  const styles = (await stat(new URL("app.css", assets))).size;
  assert.ok(script <= 20_000, `app.js has ${script} bytes`);
  assert.ok(styles <= 48_000, `app.css has ${styles} bytes`);
});

test("every font and picture that the styles name is among the assets", async () => {
  const names = await readdir(assets);
  const styles = await readFile(new URL("app.css", assets), "utf8");
  const named = [...styles.matchAll(/url\("?\.?\/?([^"):]+\.(?:woff2|svg))"?\)/g)].map((match) => match[1]);
  assert.ok(named.length >= 4, "the fonts are named");
  assert.deepEqual(named.filter((name) => !names.includes(name)), []);
});
