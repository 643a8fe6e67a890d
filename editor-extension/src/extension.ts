// Puts the parts together and gives the commands their work. Each part says at its head what it does; here is only who meets whom.
import * as vscode from "vscode";
import { Pages } from "./pages.js";
import { documentOf, range } from "./places.js";
import { Preview } from "./preview.js";
import { type Place, type Span } from "./protocol.js";
import { Server } from "./server.js";
import { Status } from "./status.js";
import { TestExplorer } from "./test-explorer.js";
import { type Language } from "./words.js";

let server: Server | undefined;

/** The code of the first problem at the caret. */
function codeAtCaret(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const found = editor && vscode.languages.getDiagnostics(editor.document.uri).find((one) => one.range.contains(editor.selection.active));
  const code = typeof found?.code === "object" ? found.code.value : found?.code;
  return code === undefined ? undefined : String(code);
}

/** Rewrites the whole document in the canonical form with the keywords of a language. */
async function convert(running: Server, language: Language): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "regime") {
    return;
  }
  const before = editor.document.getText();
  try {
    const after = await running.run(["fmt", "--keywords", language, "-"], before);
    if (after !== before && editor.document.getText() === before) {
      const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
      await editor.edit((edit) => edit.replace(new vscode.Range(new vscode.Position(0, 0), end), after));
    }
  } catch (error) {
    void vscode.window.showErrorMessage(running.say("convert.failed", { reason: error instanceof Error ? error.message : String(error) }));
  }
}

async function explain(running: Server, pages: Pages, asked: unknown): Promise<void> {
  const code = typeof asked === "string" ? asked : (codeAtCaret() ?? (await vscode.window.showInputBox({ prompt: running.say("explain.prompt"), value: "R", valueSelection: [1, 1] })));
  if (code === undefined || code.trim() === "") {
    return;
  }
  const name = code.trim().toUpperCase().replace(/^(?=\d)/, "R");
  if (!(await pages.explain(name)) && running.state === "running") {
    void vscode.window.showWarningMessage(running.say("explain.failed", { code: name }));
  }
}

/** The server's lenses name places of the protocol; the editor's list of references wants its own. */
async function showReferences(uri: string, position: Place, locations: ReadonlyArray<{ uri: string; range: Span }>): Promise<void> {
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri),
    new vscode.Position(position.line, position.character),
    locations.map((one) => new vscode.Location(vscode.Uri.parse(one.uri), range(one.range))),
  );
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const running = new Server();
  server = running;
  const preview = new Preview(running, context.extensionUri);
  const tests = new TestExplorer(running);
  const pages = new Pages(running);
  const status = new Status(running, preview);
  const command = (name: string, work: (...given: never[]) => unknown): vscode.Disposable => vscode.commands.registerCommand(name, work as (...given: unknown[]) => unknown);
  context.subscriptions.push(
    preview,
    tests,
    pages,
    status,
    command("regime.preview", (named: unknown, form: unknown) => {
      const uri = documentOf(named);
      if (uri) {
        preview.open(uri, typeof form === "string" ? form : undefined);
      }
    }),
    command("regime.runTests", async (named: unknown, title: unknown, line: unknown) => {
      const uri = documentOf(named);
      if (uri) {
        await tests.runFile(uri, typeof title === "string" ? title : undefined, typeof line === "number" ? line : undefined);
      }
    }),
    command("regime.read", async () => {
      const uri = documentOf(undefined);
      if (uri) {
        await pages.read(uri);
      }
    }),
    command("regime.chooseSample", () => preview.chooseSample()),
    command("regime.keywordsToVietnamese", () => convert(running, "vi")),
    command("regime.keywordsToEnglish", () => convert(running, "en")),
    command("regime.explain", (code: unknown) => explain(running, pages, code)),
    command("regime.showReferences", showReferences),
    command("regime.restartServer", () => running.restart()),
    command("regime.showLog", () => running.showLog()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("regime.server.path") || event.affectsConfiguration("regime.language")) {
        void running.restart();
      }
    }),
  );
  await running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
  server = undefined;
}
