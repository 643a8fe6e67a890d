// What is shipped: generated files are current, and the package holds all it needs and nothing else.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { generated } from "../scripts/generate.mjs";
import { folder } from "./support/load.mjs";

test("grammar and snippets are what grammar/*.csv makes of them", async () => {
  for (const [path, text] of Object.entries(await generated())) {
    assert.ok((await readFile(new URL(path, folder), "utf8")) === text, `${path} has drifted: run 'npm run generate' in editor-extension`);
  }
});

/** The names in the central directory of a zip file. */
function namesIn(zip) {
  const names = [];
  for (let at = zip.indexOf("PK\u0001\u0002", 0, "latin1"); at >= 0; at = zip.indexOf("PK\u0001\u0002", at + 4, "latin1")) {
    names.push(zip.toString("utf8", at + 46, at + 46 + zip.readUInt16LE(at + 28)));
  }
  return names.sort();
}

test("the package is made without the network and holds all it needs and nothing else", async () => {
  const cwd = fileURLToPath(folder);
  const place = await mkdtemp(join(tmpdir(), "regime-vsix-"));
  const file = join(place, "regime.vsix");
  try {
    execFileSync(process.execPath, ["scripts/build.mjs"], { cwd });
    execFileSync(process.execPath, ["node_modules/@vscode/vsce/vsce", "package", "--no-dependencies", "--allow-missing-repository", "--out", file], {
      cwd,
      env: { ...process.env, npm_config_offline: "true", HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9" },
      stdio: "pipe",
    });
    const zip = await readFile(file);
    assert.deepEqual(namesIn(zip), [
      "[Content_Types].xml",
      "extension.vsixmanifest",
      "extension/LICENSE.txt",
      "extension/language-configuration.json",
      "extension/media/preview.css",
      "extension/out/LICENSES.txt",
      "extension/out/extension.cjs",
      "extension/out/preview.js",
      "extension/package.json",
      "extension/package.nls.en.json",
      "extension/package.nls.json",
      "extension/readme.md",
      "extension/snippets/regime.code-snippets",
      "extension/syntaxes/regime.tmLanguage.json",
    ]);
    assert.ok(zip.length < 300_000, `the package has ${zip.length} bytes`);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
});
