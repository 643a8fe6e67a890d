// Skeletons of statements in both spellings, from grammar/snippets.csv, the table that the language server offers its own from. They hold no meaning of their own: tests/syntax reads every one of them with the compiler's reader.
import { readFile } from "node:fs/promises";

const table = new URL("../../grammar/snippets.csv", import.meta.url);

/** The keyword that names a block of the table. */
const BLOCKS = { file: "kw_file", regime: "kw_regime", form: "kw_form", list: "kw_list", event: "kw_event", group: "kw_group", row: "kw_row", outline: "kw_outline", test: "kw_test", entries: "kw_catalog" };

/** @typedef {{keyword: string, block: string, body: string}} Skeleton */

/** @returns {Skeleton[]} */
export function parseSkeletons(text) {
  const [head, ...lines] = text.split(/\r?\n/).filter((line) => line !== "");
  if (head !== "keyword,block,body") {
    throw new Error(`snippets.csv begins with ${head}`);
  }
  return lines.map((line) => {
    const fields = /^(\w+),(\w+),(?:"((?:[^"]|"")*)"|([^",]*))$/.exec(line);
    if (!fields) {
      throw new Error(`snippets.csv: this row cannot be read: ${line}`);
    }
    const [, keyword, block, quoted, bare] = fields;
    return { keyword, block, body: quoted === undefined ? bare : quoted.replaceAll('""', '"') };
  });
}

/** @returns {Promise<Skeleton[]>} */
export async function readSkeletons() {
  return parseSkeletons(await readFile(table, "utf8"));
}

/** Vietnamese without accents, so that `bieu` finds `biểu`. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
}

/**
 * @param {import("./keywords.mjs").Keyword[]} keywords
 * @param {Skeleton[]} skeletons
 */
export function snippets(keywords, skeletons) {
  const found = {};
  for (const language of ["vi", "en"]) {
    const spelling = (rule) => {
      const row = keywords.find((one) => one.rule === rule);
      if (!row) {
        throw new Error(`no keyword is called ${rule}`);
      }
      return language === "vi" ? row.vietnamese : row.english;
    };
    /** Skeletons by what they write: one that stands in several blocks is offered once. */
    const written = new Map();
    for (const { keyword, block, body } of skeletons) {
      const lines = body
        .replace(/<(kw_\w+)>/g, (_, rule) => spelling(rule))
        // A default in two languages: the Vietnamese before the bar, the English after it.
        .replace(/\$\{(\d+):((?:[^}|\\]|\\.)*)\|((?:[^}\\]|\\.)*)\}/g, (_, place, vi, en) => `\${${place}:${language === "vi" ? vi : en}}`)
        .split("\\n")
        .map((line) => line.replace(/^( {2})+/, (indent) => "\t".repeat(indent.length / 2)));
      if (!(block in BLOCKS)) {
        throw new Error(`snippets.csv: no block is called ${block}`);
      }
      const key = lines.join("\n");
      const one = written.get(key) ?? { word: spelling(keyword), lines, blocks: [] };
      one.blocks.push(spelling(BLOCKS[block]));
      written.set(key, one);
    }
    for (const { word, lines, blocks } of written.values()) {
      const where = `${language === "vi" ? "trong" : "in"} ${blocks.join(", ")}`;
      found[`${word}, ${where} (${language})`] = { prefix: [...new Set([word, plain(word)])], description: where, body: lines };
    }
  }
  return found;
}
