// Builds the committed assets. The same sources give the same bytes, so that tests/all can compare a fresh build with what is committed.
import { build } from "esbuild";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const assets = process.argv[2] ?? join(here, "..", "assets");

await rm(assets, { recursive: true, force: true });
await mkdir(assets, { recursive: true });

await build({
  absWorkingDir: here,
  entryPoints: { app: "scripts/main.ts" },
  outdir: assets,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
});
await build({
  absWorkingDir: here,
  entryPoints: { app: "styles/app.css" },
  outdir: assets,
  bundle: true,
  minify: true,
  target: ["chrome111", "firefox113", "safari16.4"],
  charset: "utf8",
  external: ["*.woff2"],
});

const fonts = join(here, "node_modules", "@fontsource", "noto-sans");
for (const subset of ["latin", "vietnamese"]) {
  for (const weight of [400, 600]) {
    const name = `noto-sans-${subset}-${weight}-normal.woff2`;
    await copyFile(join(fonts, "files", name), join(assets, name));
  }
}
await copyFile(join(fonts, "LICENSE"), join(assets, "noto-sans-LICENSE.txt"));
for (const name of await readdir(join(here, "images"))) {
  await copyFile(join(here, "images", name), join(assets, name));
}
