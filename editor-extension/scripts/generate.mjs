// Writes what the editor reads before the language server answers: colours and skeletons, from the tables of keywords and skeletons. With --check it writes nothing and fails on a difference.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { grammar } from "./grammar.mjs";
import { readKeywords } from "./keywords.mjs";
import { readSkeletons, snippets } from "./snippets.mjs";

const folder = new URL("../", import.meta.url);

/** The generated files by their path. */
export async function generated() {
  const keywords = await readKeywords();
  const text = (value) => `${JSON.stringify(value, null, 2)}\n`;
  return {
    "syntaxes/regime.tmLanguage.json": text(grammar(keywords)),
    "snippets/regime.code-snippets": text(snippets(keywords, await readSkeletons())),
  };
}

async function drifted(check) {
  const found = [];
  for (const [path, text] of Object.entries(await generated())) {
    const file = new URL(path, folder);
    const stored = await readFile(file, "utf8").catch(() => "");
    if (stored !== text) {
      found.push(path);
      if (!check) {
        await writeFile(file, text);
      }
    }
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes("--check");
  const found = await drifted(check);
  if (check && found.length > 0) {
    console.error(`grammar/*.csv has changed: run 'npm run generate' in editor-extension and commit ${found.join(", ")}`);
    process.exit(1);
  }
}
