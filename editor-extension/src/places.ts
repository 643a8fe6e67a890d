// Positions and addresses of the protocol as those of the editor. Both count lines and UTF-16 columns from 0, so nothing is computed.
import * as vscode from "vscode";
import { type Span } from "./protocol.js";

export function range(span: Span): vscode.Range {
  return new vscode.Range(span.start.line, span.start.character, span.end.line, span.end.character);
}

/** The document a command is about: the one it names, else the one being edited, if it is a regime. */
export function documentOf(named: unknown): vscode.Uri | undefined {
  if (named instanceof vscode.Uri) {
    return named;
  }
  if (typeof named === "string") {
    return vscode.Uri.parse(named);
  }
  const open = vscode.window.activeTextEditor?.document;
  return open?.languageId === "regime" ? open.uri : undefined;
}

export function fileName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
