// The program under test: started on a free port, asked for its health, stopped as an operator would.
import { spawn } from "node:child_process";
import { createServer } from "node:net";

/** A port that is free now. */
async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Starts `regime serve --demo` on a data folder and waits until it answers. */
export async function startServer(data, { patience = 240_000 } = {}) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const program = spawn(process.env.REGIME_BINARY, ["serve", "--demo", "--data", data, "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let ended = null;
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      said += text;
    });
  }
  const exit = new Promise((resolve) =>
    program.on("exit", (code, signal) => {
      ended = `the program ended with ${code ?? signal}`;
      resolve();
    }),
  );
  const until = Date.now() + patience;
  for (;;) {
    if (ended) {
      throw new Error(`${ended}:\n${said}`);
    }
    if (Date.now() > until) {
      program.kill("SIGKILL");
      throw new Error(`no answer on ${address} after ${patience} ms:\n${said}`);
    }
    const healthy = await fetch(`${address}/suc-khoe`).then((answer) => answer.ok, () => false);
    if (healthy) {
      break;
    }
    await pause(200);
  }
  return {
    address,
    get said() {
      return said;
    },
    async stop() {
      program.kill("SIGTERM");
      const late = setTimeout(() => program.kill("SIGKILL"), 15_000);
      await exit;
      clearTimeout(late);
    },
  };
}
