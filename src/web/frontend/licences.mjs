// The licences of what a bundle contains, from esbuild's own account of what went into it. A package without a licence text stops the build.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** One text with every package of the bundle, its version and its licence, in the order of their names. */
export async function licences(metafile, folder) {
  const names = Object.keys(metafile.inputs).flatMap((path) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  const texts = [];
  for (const name of [...new Set(names)].sort()) {
    const place = join(folder, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(place, "package.json"), "utf8"));
    const file = (await readdir(place)).find((one) => /^licen[cs]e(?:\.|$)/i.test(one));
    if (!file) {
      throw new Error(`${name} has no licence text`);
    }
    const text = (await readFile(join(place, file), "utf8")).replace(/\r\n/g, "\n").trim();
    texts.push(`${name} ${version} (${license})\n\n${text}\n`);
  }
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}
