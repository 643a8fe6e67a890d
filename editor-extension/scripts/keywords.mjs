// Reads grammar/keywords.csv, the one table of keywords that the compiler reads too. It knows nothing of editors; a row that is not four fields stops the script.
import { readFile } from "node:fs/promises";

const table = new URL("../../grammar/keywords.csv", import.meta.url);

/** @typedef {{rule: string, english: string, vietnamese: string, section: string}} Keyword */

/** @returns {Keyword[]} */
export function parseKeywords(text) {
  const [head, ...lines] = text.split(/\r?\n/).filter((line) => line !== "");
  if (head !== "rule,english,vietnamese,section") {
    throw new Error(`keywords.csv begins with ${head}`);
  }
  return lines.map((line) => {
    const fields = /^(\w+),([^,"]+),([^,"]+),"([^"]+)"$/.exec(line);
    if (!fields) {
      throw new Error(`keywords.csv: this row cannot be read: ${line}`);
    }
    const [, rule, english, vietnamese, section] = fields;
    return { rule, english, vietnamese, section };
  });
}

/** @returns {Promise<Keyword[]>} */
export async function readKeywords() {
  return parseKeywords(await readFile(table, "utf8"));
}
