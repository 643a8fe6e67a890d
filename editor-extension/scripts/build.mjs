// Bundles the extension and the script of its preview into out/. Everything shipped is in the package; nothing is fetched.
import { build } from "esbuild";
import { copyFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { licences } from "../../src/web/frontend/licences.mjs";

const folder = fileURLToPath(new URL("../", import.meta.url));
const common = { absWorkingDir: folder, bundle: true, minify: true, charset: "utf8", legalComments: "none", logLevel: "warning" };

await rm(new URL("../out", import.meta.url), { recursive: true, force: true });
const { metafile } = await build({ ...common, metafile: true, entryPoints: { extension: "src/extension.ts" }, outdir: "out", outExtension: { ".js": ".cjs" }, platform: "node", format: "cjs", target: "node20", external: ["vscode"] });
await build({ ...common, entryPoints: { preview: "src/webview/preview.ts" }, outdir: "out", platform: "browser", format: "iife", target: "es2022" });
await writeFile(new URL("../out/LICENSES.txt", import.meta.url), await licences(metafile, folder));
await copyFile(new URL("../../LICENSE", import.meta.url), new URL("../LICENSE.txt", import.meta.url));
