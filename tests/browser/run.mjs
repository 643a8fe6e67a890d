// Makes the demo store once, then runs every test file on its own copy of it.
// REGIME_BINARY names the program; CHROMIUM the browser (default /usr/bin/chromium).
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "./support/server.mjs";

const here = dirname(fileURLToPath(import.meta.url));
if (!process.env.REGIME_BINARY) {
  console.error("REGIME_BINARY is not set: build the program and name it");
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), "regime-browser-"));
let status = 1;
try {
  const data = join(folder, "demo");
  const first = await startServer(data);
  await first.stop();
  const files = (await readdir(here)).filter((name) => name.endsWith(".test.mjs")).map((name) => join(here, name));
  const runner = spawn(process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files], {
    stdio: "inherit",
    env: { ...process.env, REGIME_DEMO_DATA: data, REGIME_DEMO_SAID: first.said },
  });
  status = await new Promise((resolve) => runner.on("exit", (code) => resolve(code ?? 1)));
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(status);
