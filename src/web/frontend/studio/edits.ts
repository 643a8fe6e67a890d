// Edits of the server brought into the files of the project. Edits outside the project are refused as a whole: half an edit would be worse than none.

import type { Documents } from "./documents.js";
import { offsets } from "./places.js";
import type { TextEdit, WorkspaceEdit } from "./protocol.js";

/** Applies an edit to all its files; false when it names a file that is not of the project. */
export function apply(documents: Documents, edit: WorkspaceEdit): boolean {
  const wanted = new Map<string, TextEdit[]>();
  const add = (uri: string, edits: readonly TextEdit[]): void => void wanted.set(uri, [...(wanted.get(uri) ?? []), ...edits]);
  for (const [uri, edits] of Object.entries(edit.changes ?? {})) {
    add(uri, edits);
  }
  for (const change of edit.documentChanges ?? []) {
    if (change.textDocument === undefined || change.edits === undefined) {
      return false;
    }
    add(change.textDocument.uri, change.edits);
  }
  const paths = [...wanted.keys()].map((uri) => documents.path(uri));
  if (paths.some((path) => path === null || documents.file(path) === undefined)) {
    return false;
  }
  for (const [uri, edits] of wanted) {
    const doc = documents.file(documents.path(uri) ?? "")?.now.doc;
    if (doc) {
      const changes = edits.map(({ range, newText }) => ({ ...offsets(doc, range), insert: newText }));
      documents.updateFile(documents.uri(documents.path(uri) ?? ""), { changes, userEvent: "input.edit" });
    }
  }
  return true;
}
