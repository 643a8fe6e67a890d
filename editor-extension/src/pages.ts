// Read-only pages as Markdown: the reading of a regime and the page of an error code, which a problem's code links to. Their text comes from the language server when they are opened; an address it does not know is an empty page.
import * as vscode from "vscode";
import { type ExplainAnswer, type ReadingAnswer, requests } from "./protocol.js";
import { readingText } from "./reading-text.js";
import { fileName } from "./places.js";
import { type Server } from "./server.js";

/** The addresses that the server gives to the pages of codes. */
const HELP = "regime-help";
const READING = "regime-reading";

export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changes.event;
  private readonly registered = [HELP, READING].map((scheme) => vscode.workspace.registerTextDocumentContentProvider(scheme, this));

  constructor(private readonly server: Server) {}

  dispose(): void {
    for (const one of this.registered) {
      one.dispose();
    }
    this.changes.dispose();
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return (uri.scheme === HELP ? await this.help(uri) : await this.reading(uri)) ?? "";
  }

  /** Opens the page of a code; false if there is none. */
  async explain(code: string): Promise<boolean> {
    const uri = vscode.Uri.from({ scheme: HELP, path: `/${code}.md` });
    return (await this.help(uri)) !== undefined && this.show(uri);
  }

  /** Opens the reading of a regime. */
  async read(regime: vscode.Uri): Promise<void> {
    await this.show(vscode.Uri.from({ scheme: READING, path: `/${fileName(regime)}.md`, query: regime.toString() }));
  }

  private async show(uri: vscode.Uri): Promise<boolean> {
    this.changes.fire(uri);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
    return true;
  }

  private async help(uri: vscode.Uri): Promise<string | undefined> {
    const code = uri.path.replace(/^\//, "").replace(/\.md$/, "");
    return (await this.server.ask<ExplainAnswer>(requests.explain, { code }))?.markdown;
  }

  private async reading(uri: vscode.Uri): Promise<string | undefined> {
    const answer = await this.server.ask<ReadingAnswer>(requests.reading, { uri: uri.query, language: this.server.language });
    const { say } = this.server;
    return answer ? readingText(say("reading.title", { file: fileName(vscode.Uri.parse(uri.query)) }), answer.sections, say("reading.empty")) : undefined;
  }
}
