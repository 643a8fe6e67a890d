// The status item: state of the server, problems of the project, sample of the preview. A click chooses the sample, or opens the log when there is trouble.
import * as vscode from "vscode";
import { type Preview } from "./preview.js";
import { type Server } from "./server.js";
import { statusText } from "./status-text.js";

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("regime.status", vscode.StatusBarAlignment.Left, 1);
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly server: Server,
    private readonly preview: Preview,
  ) {
    this.item.name = "Regime";
    const show = (): void => this.show();
    this.subscriptions = [server.changed(show), preview.changed(show), vscode.languages.onDidChangeDiagnostics(show), this.item];
    this.show();
    this.item.show();
  }

  dispose(): void {
    for (const one of this.subscriptions) {
      one.dispose();
    }
  }

  private show(): void {
    let errors = 0;
    let warnings = 0;
    for (const [uri, found] of vscode.languages.getDiagnostics()) {
      if (uri.path.endsWith(".regime")) {
        errors += found.filter((one) => one.severity === vscode.DiagnosticSeverity.Error).length;
        warnings += found.filter((one) => one.severity === vscode.DiagnosticSeverity.Warning).length;
      }
    }
    const shown = statusText(this.server.say, this.server.state, errors, warnings, this.preview.sample);
    this.item.text = shown.text;
    this.item.tooltip = shown.tooltip;
    this.item.command = shown.trouble ? "regime.showLog" : "regime.chooseSample";
    this.item.backgroundColor = shown.trouble ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
  }
}
