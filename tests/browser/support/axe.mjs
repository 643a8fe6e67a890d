// What axe-core finds wrong with a page, as lines a person can read. It is put into the page by the debugger, which the policy of the pages does not bind.
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Serious and critical violations: rule, place, and what axe says of it. */
export async function violations(page) {
  await page.evaluate(source);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id} at ${node.target.flat().join(" ")}: ${node.failureSummary.split("\n").slice(1).join("; ").trim()}`));
}
