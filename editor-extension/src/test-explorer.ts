// The `test` blocks of all regimes in the editor's list of tests. The list is read from the text at once; running and judging is the server's.
import * as vscode from "vscode";
import { fileName, range } from "./places.js";
import { requests, type TestResult, type TestsAnswer } from "./protocol.js";
import { type Server } from "./server.js";
import { paired, testsIn } from "./tests-in-text.js";

const FILES = "**/*.regime";

export class TestExplorer implements vscode.Disposable {
  private readonly controller: vscode.TestController;
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly waiting = new Map<string, NodeJS.Timeout>();

  constructor(private readonly server: Server) {
    this.controller = vscode.tests.createTestController("regime", "Regime");
    this.controller.resolveHandler = async (item) => {
      if (!item) {
        await this.findAll();
      }
    };
    this.controller.refreshHandler = () => this.findAll();
    this.controller.createRunProfile(server.say("tests.run"), vscode.TestRunProfileKind.Run, async (request, stop) => void (await this.run(request, stop)), true);
    const watcher = vscode.workspace.createFileSystemWatcher(FILES);
    this.subscriptions.push(
      this.controller,
      watcher,
      watcher.onDidCreate((uri) => void this.read(uri)),
      watcher.onDidChange((uri) => void this.read(uri)),
      watcher.onDidDelete((uri) => this.controller.items.delete(uri.toString())),
      vscode.workspace.onDidOpenTextDocument((document) => this.list(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        const key = document.uri.toString();
        clearTimeout(this.waiting.get(key));
        this.waiting.set(key, setTimeout(() => this.list(document), 300));
      }),
    );
    for (const document of vscode.workspace.textDocuments) {
      this.list(document);
    }
  }

  dispose(): void {
    for (const timer of this.waiting.values()) {
      clearTimeout(timer);
    }
    for (const one of this.subscriptions) {
      one.dispose();
    }
  }

  /** Runs the tests of one file, or the one with this title that begins on this line, and tells the outcome in the list of tests. */
  async runFile(uri: vscode.Uri, title: string | undefined, line?: number): Promise<void> {
    this.list(await vscode.workspace.openTextDocument(uri));
    const file = this.controller.items.get(uri.toString());
    if (!file) {
      return;
    }
    const titled: vscode.TestItem[] = [];
    file.children.forEach((item) => {
      if (title === undefined || item.label === title.normalize("NFC")) {
        titled.push(item);
      }
    });
    const there = titled.filter((item) => item.range?.start.line === line);
    const chosen = there.length > 0 ? there : titled;
    const [passed, failed] = await this.run(new vscode.TestRunRequest(title === undefined ? [file] : chosen), undefined);
    const message = this.server.say("tests.summary", { passed, failed });
    if (failed > 0) {
      void vscode.window.showWarningMessage(message);
    } else {
      vscode.window.setStatusBarMessage(`$(check) ${message}`, 5000);
    }
  }

  private async findAll(): Promise<void> {
    const found = await vscode.workspace.findFiles(FILES, "**/{node_modules,target}/**", 2000);
    await Promise.all(found.map((uri) => this.read(uri)));
  }

  private async read(uri: vscode.Uri): Promise<void> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const text = open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri).then((bytes) => bytes, () => new Uint8Array()));
    this.place(uri, text);
  }

  private list(document: vscode.TextDocument): void {
    if (document.languageId === "regime" && (document.uri.scheme === "file" || document.uri.scheme === "untitled")) {
      this.place(document.uri, document.getText());
    }
  }

  private place(uri: vscode.Uri, text: string): void {
    const heads = testsIn(text);
    const key = uri.toString();
    if (heads.length === 0) {
      this.controller.items.delete(key);
      return;
    }
    const file = this.controller.items.get(key) ?? this.controller.createTestItem(key, fileName(uri), uri);
    this.controller.items.add(file);
    const times = new Map<string, number>();
    file.children.replace(
      heads.map((head) => {
        const time = (times.get(head.title) ?? 0) + 1;
        times.set(head.title, time);
        const item = this.controller.createTestItem(`${head.title}#${time}`, head.title.normalize("NFC"), uri);
        item.range = new vscode.Range(head.line, head.start, head.line, head.end);
        return item;
      }),
    );
  }

  private async run(request: vscode.TestRunRequest, stop: vscode.CancellationToken | undefined): Promise<readonly [passed: number, failed: number]> {
    const run = this.controller.createTestRun(request);
    const wanted = new Map<vscode.TestItem, vscode.TestItem[]>();
    const take = (item: vscode.TestItem): void => {
      const file = item.parent ?? item;
      const list = wanted.get(file) ?? [];
      wanted.set(file, list);
      for (const one of item.parent ? [item] : [...item.children].map(([, child]) => child)) {
        if (!list.includes(one) && !request.exclude?.includes(one)) {
          list.push(one);
          run.enqueued(one);
        }
      }
    };
    if (request.include) {
      request.include.forEach(take);
    } else {
      this.controller.items.forEach(take);
    }
    let passed = 0;
    let failed = 0;
    for (const [file, items] of wanted) {
      if (stop?.isCancellationRequested || !file.uri) {
        break;
      }
      items.forEach((item) => run.started(item));
      const only = items.length === 1 && file.children.size > 1 ? items[0] : undefined;
      const answer = await this.server.ask<TestsAnswer>(requests.runTests, { uri: file.uri.toString(), ...(only ? { title: only.label, line: only.range?.start.line } : {}) });
      const heads = items.map((item) => ({ title: item.label, line: item.range?.start.line ?? 0, start: 0, end: 0 }));
      paired(heads, answer?.results ?? []).forEach(([, result], place) => {
        const item = items[place];
        if (!item) {
          return;
        }
        if (result?.passed) {
          passed += 1;
          run.passed(item);
        } else if (result?.run) {
          failed += 1;
          run.failed(item, this.messages(item, result));
        } else {
          run.errored(item, new vscode.TestMessage(this.server.say(result ? "tests.unsound" : "tests.notRun")));
        }
      });
    }
    run.end();
    return [passed, failed];
  }

  private messages(item: vscode.TestItem, result: TestResult): vscode.TestMessage[] {
    const all = result.failures.map((failure) => {
      const message = new vscode.TestMessage(failure.message);
      const uri = failure.uri === undefined ? item.uri : vscode.Uri.parse(failure.uri);
      if (uri) {
        message.location = new vscode.Location(uri, range(failure.range));
      }
      return message;
    });
    return all.length > 0 ? all : [new vscode.TestMessage(this.server.say("tests.failed"))];
  }
}
