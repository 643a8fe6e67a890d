// One copy of the demo with a browser in front of it, for one test file.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startServer } from "./server.mjs";

/** The password that the program printed for an account of the demo. */
function passwordOf(said, account) {
  const line = said.split("\n").find((one) => one.includes(account));
  assert.ok(line, `the program printed no account ${account}:\n${said}`);
  const shared = /(?:mật khẩu|password)[^:\n]*:\s*(\S+)/iu.exec(said);
  const own = line.trim().split(/\s+/u).pop();
  return shared ? shared[1] : own;
}

/** Runs the program once, before it serves. */
async function run(...words) {
  const program = spawn(process.env.REGIME_BINARY, words, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      said += text;
    });
  }
  const code = await new Promise((resolve) => program.on("exit", resolve));
  assert.equal(code, 0, `regime ${words.join(" ")} said:\n${said}`);
}

/** A copy of the demo; `publish` names one more regime of the project that is put in force in it. */
export async function openDemo({ publish } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "regime-demo-"));
  const data = join(folder, "data");
  await cp(process.env.REGIME_DEMO_DATA, data, { recursive: true });
  if (publish) {
    await run("publish", publish, "--data", data, "--decision", "Quyết định thử nghiệm");
  }
  const server = await startServer(data);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const contexts = [];
  return {
    address: server.address,
    /** A fresh browser session in which this account has signed in. */
    async as(account, options = {}) {
      const context = await browser.newContext({ baseURL: server.address, viewport: { width: 1366, height: 768 }, locale: "vi-VN", ...options });
      context.setDefaultTimeout(60_000);
      contexts.push(context);
      const page = await context.newPage();
      const broken = [];
      page.on("pageerror", (error) => broken.push(String(error)));
      page.on("console", (message) => {
        // A refused answer is part of some tests; what the page itself does wrong is not.
        if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
          broken.push(message.text());
        }
      });
      page.broken = broken;
      await page.goto("/dang-nhap");
      await page.getByLabel("Tên đăng nhập").fill(account);
      await page.getByLabel("Mật khẩu").fill(passwordOf(process.env.REGIME_DEMO_SAID, account));
      await page.getByRole("button", { name: "Đăng nhập" }).click();
      await page.getByRole("button", { name: "Đăng xuất" }).waitFor();
      return page;
    },
    /** A session of nobody. */
    async stranger() {
      const context = await browser.newContext({ baseURL: server.address });
      contexts.push(context);
      return context.newPage();
    },
    async close() {
      for (const context of contexts) {
        await context.close();
      }
      await browser.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks again until it holds, and says what was seen last when it never does. */
export async function until(look, holds, what, patience = 15_000) {
  const end = Date.now() + patience;
  let seen;
  for (;;) {
    seen = await look();
    if (holds(seen)) {
      return seen;
    }
    if (Date.now() > end) {
      assert.fail(`${what}; last seen: ${JSON.stringify(seen)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Keeps a picture when SHOTS names a folder, for a person to look at. */
export async function shot(page, name, options = {}) {
  if (process.env.SHOTS) {
    await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true, ...options });
  }
}
