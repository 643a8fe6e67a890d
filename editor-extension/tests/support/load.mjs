// Loads a TypeScript module of the extension as it is shipped: through esbuild. Only modules that do not name the editor can be loaded.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

export const folder = new URL("../../", import.meta.url);

export async function load(path) {
  const { outputFiles } = await build({ absWorkingDir: fileURLToPath(folder), entryPoints: [path], bundle: true, write: false, format: "esm", platform: "node", logLevel: "silent" });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}
