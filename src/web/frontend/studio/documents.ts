// The files of the project as the language server knows them. All of them stay open while the page is, shown or not, so that a rename reaches every file and a line that was broken can be taken up where it was left.
// It holds the states of files that are not shown; which one is shown is decided elsewhere.

import { type LSPClient, LSPPlugin, Workspace, type WorkspaceFile } from "@codemirror/lsp-client";
import { ChangeSet, type EditorState, type Text, type TransactionSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

/** Whether a file is a table of figures or names and no text of the language. */
export function isTable(path: string): boolean {
  return path.endsWith(".csv");
}

class ProjectFile implements WorkspaceFile {
  readonly languageId: string;
  version = 0;
  view: EditorView | null = null;
  /** Changes made while the file was not shown and not yet told to the server. */
  pending: ChangeSet;

  constructor(
    readonly uri: string,
    readonly path: string,
    /** The state to show the file with; of a shown file, the one it was last shown with. */
    public state: EditorState,
    public doc: Text,
  ) {
    this.pending = ChangeSet.empty(doc.length);
    this.languageId = isTable(path) ? "csv" : "regime";
  }

  getView(): EditorView | null {
    return this.view;
  }

  get now(): EditorState {
    return this.view?.state ?? this.state;
  }
}

export interface DocumentEvents {
  /** The text of a file changed other than by typing in the shown editor. */
  changed(path: string): void;
  /** A file is wanted before the person's eyes. */
  show(path: string): EditorView | null;
}

export class Documents extends Workspace {
  files: ProjectFile[] = [];
  /** While the line is broken nothing is told: the next one begins with whole texts. */
  private online = false;

  constructor(
    client: LSPClient,
    private readonly root: string,
    private readonly events: DocumentEvents,
  ) {
    super(client);
  }

  /** The address of a file of the project. */
  uri(path: string): string {
    return this.root + path.split("/").map(encodeURIComponent).join("/");
  }

  path(uri: string): string | null {
    const inside = uri.startsWith(this.root) ? uri.slice(this.root.length) : null;
    try {
      return inside === null ? null : inside.split("/").map(decodeURIComponent).join("/");
    } catch {
      return null;
    }
  }

  /** Takes a file into the project. */
  add(path: string, state: EditorState): void {
    const file = new ProjectFile(this.uri(path), path, state, state.doc);
    this.files.push(file);
    if (this.online) {
      this.client.didOpen(file);
    }
  }

  override connected(): void {
    for (const file of this.files) {
      this.taken(file);
      this.client.didOpen(file);
    }
    this.online = true;
  }

  override disconnected(): void {
    this.online = false;
  }

  file(path: string): ProjectFile | undefined {
    return this.files.find((file) => file.path === path);
  }

  text(path: string): string {
    return this.file(path)?.now.doc.toString() ?? "";
  }

  override syncFiles(): Array<{ file: ProjectFile; prevDoc: Text; changes: ChangeSet }> {
    const told = [];
    for (const file of this.online ? this.files : []) {
      const changes = file.view ? (LSPPlugin.get(file.view)?.unsyncedChanges ?? file.pending) : file.pending;
      if (!changes.empty) {
        told.push({ file, prevDoc: file.doc, changes });
        this.taken(file);
      }
    }
    return told;
  }

  /** The server knows, or is about to be told, the text as it is now. */
  private taken(file: ProjectFile): void {
    file.doc = file.now.doc;
    file.version += 1;
    file.pending = ChangeSet.empty(file.doc.length);
    if (file.view) {
      LSPPlugin.get(file.view)?.clear();
    }
  }

  override openFile(uri: string, _language: string, view: EditorView): void {
    const file = this.getFile(uri) as ProjectFile | null;
    if (file) {
      file.view = view;
    }
  }

  override closeFile(uri: string, view: EditorView): void {
    const file = this.getFile(uri) as ProjectFile | null;
    if (file?.view === view) {
      file.view = null;
    }
  }

  override updateFile(uri: string, change: TransactionSpec): void {
    const file = this.getFile(uri) as ProjectFile | null;
    if (!file) {
      return;
    }
    if (file.view) {
      file.view.dispatch(change);
      return;
    }
    const made = file.state.update(change);
    file.pending = file.pending.compose(made.changes);
    file.state = made.state;
    this.events.changed(file.path);
  }

  override async displayFile(uri: string): Promise<EditorView | null> {
    const path = this.path(uri);
    return path === null ? null : this.events.show(path);
  }
}
