// Reads text with the grammar the way VS Code does: with vscode-textmate and Oniguruma.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { folder } from "./load.mjs";

const require = createRequire(import.meta.url);
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

export async function grammar() {
  const wasm = await readFile(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({ createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns), createOnigString: (text) => new oniguruma.OnigString(text) }),
    loadGrammar: async (scope) =>
      scope === "source.regime" ? textmate.parseRawGrammar(await readFile(new URL("syntaxes/regime.tmLanguage.json", folder), "utf8"), "regime.tmLanguage.json") : null,
  });
  return registry.loadGrammar("source.regime");
}

/** Each line as its tokens; `open` says whether a text or comment goes on into the next line. */
export function* lines(loaded, text) {
  let stack = textmate.INITIAL;
  for (const source of text.split("\n")) {
    const { tokens, ruleStack } = loaded.tokenizeLine(source, stack);
    stack = ruleStack;
    yield {
      source,
      depth: ruleStack.depth,
      tokens: tokens.map(({ startIndex, endIndex, scopes }) => ({ text: source.slice(startIndex, endIndex), scopes })),
    };
  }
}
