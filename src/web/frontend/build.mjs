// Builds the committed assets. The same sources give the same bytes, so that tests/all can compare a fresh build with what is committed.
import { build } from "esbuild";
import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { licences } from "./licences.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const assets = process.argv[2] ?? join(here, "..", "assets");

await rm(assets, { recursive: true, force: true });
await mkdir(assets, { recursive: true });

const bundled = { absWorkingDir: here, outdir: assets, bundle: true, minify: true, charset: "utf8" };
const script = { ...bundled, format: "esm", target: ["es2022"], legalComments: "none" };
await build({ ...script, entryPoints: { app: "scripts/main.ts" } });
const studio = await build({ ...script, entryPoints: { studio: "studio/main.ts" }, loader: { ".csv": "text" }, metafile: true });
await writeFile(join(assets, "studio-LICENSES.txt"), await licences(studio.metafile, here));
await build({
  ...bundled,
  entryPoints: { app: "styles/app.css", studio: "styles/studio.css" },
  target: ["chrome111", "firefox113", "safari16.4"],
  external: ["*.woff2"],
});

for (const font of ["noto-sans", "noto-sans-mono"]) {
  const fonts = join(here, "node_modules", "@fontsource", font);
  for (const subset of ["latin", "vietnamese"]) {
    for (const weight of [400, 600]) {
      const name = `${font}-${subset}-${weight}-normal.woff2`;
      await copyFile(join(fonts, "files", name), join(assets, name));
    }
  }
  await copyFile(join(fonts, "LICENSE"), join(assets, `${font}-LICENSE.txt`));
}
for (const name of await readdir(join(here, "images"))) {
  await copyFile(join(here, "images", name), join(assets, name));
}
