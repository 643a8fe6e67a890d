// The language server as the editor sees it: found, started, restarted, asked. A program that is missing is said once, with a button that opens the setting; everything that needs no server goes on working.
import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, type LanguageClientOptions, ResponseError, RevealOutputChannelOn, State } from "vscode-languageclient/node";
import { findServer, type Machine } from "./binary.js";
import { checked } from "./protocol.js";
import { type ServerState } from "./status-text.js";
import { type Language, languageOf, type Say, say } from "./words.js";

const METHOD_NOT_FOUND = -32601;
const RESTARTS = 4;

function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function machine(): Machine {
  return { windows: process.platform === "win32", home: homedir(), path: process.env["PATH"] ?? process.env["Path"] ?? "", runnable };
}

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("regime");
}

export class Server implements vscode.Disposable {
  state: ServerState = "stopped";
  private client: LanguageClient | undefined;
  private readonly log = vscode.window.createOutputChannel("Regime", { log: true });
  private readonly changes = new vscode.EventEmitter<void>();
  /** Fires when the state of the server changed. */
  readonly changed = this.changes.event;
  private crashes = 0;
  private turn: Promise<void> = Promise.resolve();

  get language(): Language {
    return languageOf(settings().get<string>("language"), vscode.env.language);
  }

  readonly say: Say = (key, values) => say(this.language, key, values);

  showLog(): void {
    this.log.show();
  }

  /** Starts the server, or starts it again. Calls made meanwhile wait for their turn, so that two servers never run side by side. */
  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.stopNow()).then(() => this.startNow());
    return this.turn;
  }

  dispose(): void {
    this.turn = this.turn.then(() => this.stopNow());
    this.changes.dispose();
  }

  async stop(): Promise<void> {
    this.turn = this.turn.then(() => this.stopNow());
    await this.turn;
    this.log.dispose();
  }

  /** Asks for something; null when the server is away or knows no such request, which the person is told. */
  async ask<Answer extends { readonly version: 1 }>(method: string, parameters: object, quiet = false): Promise<Answer | null> {
    if (!this.client || this.state !== "running") {
      if (!quiet) {
        void vscode.window.showWarningMessage(this.say("server.notRunning"));
      }
      return null;
    }
    try {
      return checked<Answer>(await this.client.sendRequest<unknown>(method, parameters));
    } catch (error) {
      if (!quiet) {
        const unknown = error instanceof ResponseError && error.code === METHOD_NOT_FOUND;
        void vscode.window.showWarningMessage(unknown ? this.say("server.unknownRequest") : String(error instanceof Error ? error.message : error));
      }
      return null;
    }
  }

  /** Turns an edit of the protocol into one of the editor. */
  async edit(edit: unknown): Promise<vscode.WorkspaceEdit | undefined> {
    return this.client?.protocol2CodeConverter.asWorkspaceEdit(edit as never);
  }

  /** Runs the program once, with a text on its input; rejects with what it said when it fails. */
  async run(words: readonly string[], input: string): Promise<string> {
    const file = this.program();
    if (file === null) {
      throw new Error(this.say("status.missing"));
    }
    return new Promise((resolve, reject) => {
      const child = execFile(file, [...words, "--lang", this.language], { maxBuffer: 64 * 1024 * 1024, timeout: 60_000 }, (error, out, complaint) => {
        if (error) {
          reject(new Error(complaint.trim() || error.message));
        } else {
          resolve(out);
        }
      });
      // A program that ends before it has read everything is told by its exit, not by this pipe.
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(input);
    });
  }

  private set(state: ServerState): void {
    this.state = state;
    this.changes.fire();
  }

  private program(): string | null {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const found = findServer(settings().get<string>("server.path") ?? "", folder, machine());
    if (found.kind === "found") {
      return found.file;
    }
    const message =
      found.kind === "setting" ? this.say("server.missing.setting", { path: found.file }) : this.say("server.missing.search", { places: found.looked.slice(0, 8).join(", ") });
    void this.complain(message, [
      [this.say("action.openSetting"), () => void vscode.commands.executeCommand("workbench.action.openSettings", "regime.server.path")],
      [this.say("action.retry"), () => void this.restart()],
    ]);
    return null;
  }

  private async complain(message: string, actions: ReadonlyArray<readonly [string, () => void]>): Promise<void> {
    this.log.error(message);
    const pressed = await vscode.window.showErrorMessage(message, ...actions.map(([title]) => title));
    actions.find(([title]) => title === pressed)?.[1]();
  }

  private async startNow(): Promise<void> {
    const file = this.program();
    if (file === null) {
      this.set("missing");
      return;
    }
    this.set("starting");
    const options: LanguageClientOptions = {
      documentSelector: [
        { scheme: "file", language: "regime" },
        { scheme: "untitled", language: "regime" },
      ],
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: { language: this.language },
      synchronize: { configurationSection: "regime", fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{regime,csv}") },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.crashes += 1;
          return this.crashes > RESTARTS ? { action: CloseAction.DoNotRestart, handled: true } : { action: CloseAction.Restart, handled: true };
        },
      },
    };
    const client = new LanguageClient("regime", "Regime", { command: file, args: ["lsp"] }, options);
    client.onDidChangeState(({ newState }) => {
      if (this.client === client) {
        this.set(newState === State.Running ? "running" : newState === State.Starting ? "starting" : this.crashes > RESTARTS ? "failed" : "stopped");
      }
    });
    this.client = client;
    try {
      await client.start();
      this.crashes = 0;
      this.set("running");
    } catch (error) {
      this.set("failed");
      void this.complain(this.say("server.failed", { reason: error instanceof Error ? error.message : String(error) }), [
        [this.say("action.showLog"), () => this.log.show()],
        [this.say("action.retry"), () => void this.restart()],
      ]);
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.crashes = 0;
    try {
      await client?.dispose(2000);
    } catch {
      // A server that has already gone needs no stopping.
    }
    if (client) {
      this.state = "stopped";
    }
  }
}
