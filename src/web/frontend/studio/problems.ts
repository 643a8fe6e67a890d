// What the server finds wrong, for the text and for the list below it. Fixes come with the problems and stand beside them (S1).
// Problems of a text that has changed since are dropped: the server sends newer ones.

import type { LSPClientExtension } from "@codemirror/lsp-client";
import { LSPPlugin } from "@codemirror/lsp-client";
import { type Diagnostic as Underline, setDiagnostics } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import { button, type Child, element } from "./element.js";
import { offsets } from "./places.js";
import type { Diagnostic, Fix, TextEdit } from "./protocol.js";
import type { Session } from "./session.js";
import { words } from "./words.js";

type Severity = "error" | "warning" | "info" | "hint";

const SEVERITIES: Readonly<Record<number, Severity>> = { 1: "error", 2: "warning", 3: "info", 4: "hint" };

export function severityOf(problem: Diagnostic): Severity {
  return SEVERITIES[problem.severity ?? 1] ?? "error";
}

/** An address that a person may be led to: a page, nothing that runs. */
function isPage(href: string): boolean {
  return /^(?:https?:|\/(?!\/))/.test(href);
}

/** A message with the words of the text, which it puts between backticks, as code. */
function worded(message: string): Child[] {
  return message.split(/`([^`\n]+)`/).map((part, place) => (place % 2 === 1 ? element("code", {}, part) : part));
}

interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

interface Row {
  readonly uri: string;
  readonly problem: Diagnostic;
  readonly path: string;
}

export class Problems {
  private readonly found = new Map<string, readonly Diagnostic[]>();
  private session: Session | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private drawn = "";
  private shown = "";

  constructor(
    private readonly box: HTMLElement,
    private readonly count: (errors: number, warnings: number, all: number) => void,
  ) {}

  /** The part of the client that receives what the server publishes. */
  readonly receiver: LSPClientExtension = {
    clientCapabilities: {
      workspace: { inlayHint: { refreshSupport: true }, codeLens: { refreshSupport: true }, semanticTokens: { refreshSupport: true } },
      textDocument: {
        publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true, dataSupport: true, tagSupport: { valueSet: [1, 2] } },
        codeAction: { dataSupport: true, resolveSupport: { properties: ["edit"] }, codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "refactor", "source"] } } },
      },
    },
    notificationHandlers: {
      "textDocument/publishDiagnostics": (_client, published: Published) => {
        this.receive(published);
        return true;
      },
    },
  };

  attach(session: Session): void {
    this.session = session;
  }

  of(uri: string): readonly Diagnostic[] {
    return this.found.get(uri) ?? [];
  }

  /** Underlines a file that has just come to be shown. */
  show(view: EditorView): void {
    const plugin = LSPPlugin.get(view);
    if (plugin) {
      this.shown = plugin.uri;
      this.underline(view, plugin, this.of(plugin.uri));
      this.list();
    }
  }

  private receive({ uri, version, diagnostics }: Published): void {
    const file = this.session?.documents.getFile(uri);
    if (!this.session || (file && version !== undefined && version !== null && version !== file.version)) {
      return;
    }
    this.found.set(uri, diagnostics);
    // The problems of a whole project come one file after the other; the list is drawn once.
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.list(), 30);
    const view = file?.getView();
    const plugin = view && LSPPlugin.get(view);
    if (view && plugin) {
      this.underline(view, plugin, diagnostics);
    }
  }

  /** Applies a fix, unless a text it edits has changed since it was sent. */
  private fix(uri: string, problem: Diagnostic, fix: Fix): void {
    const session = this.session;
    const unchanged = session?.documents.files.every((file) => file.now.doc.eq(file.doc));
    if (!session || !unchanged || !this.of(uri).some((one) => JSON.stringify(one) === JSON.stringify(problem))) {
      session?.screen.complain(words.changedMeanwhile);
      return;
    }
    const changes: Record<string, TextEdit[]> = {};
    for (const { uri: file, range, newText } of fix.edits) {
      (changes[file] ??= []).push({ range, newText });
    }
    session.edit({ changes });
  }

  private underline(view: EditorView, plugin: LSPPlugin, diagnostics: readonly Diagnostic[]): void {
    const uri = plugin.uri;
    const shown = diagnostics.map((problem): Underline => {
      const { from, to } = offsets(plugin.syncedDoc, problem.range);
      const tags = [...(problem.tags?.includes(1) ? ["m-unused"] : []), ...(problem.tags?.includes(2) ? ["m-old"] : [])].join(" ");
      return {
        from: plugin.unsyncedChanges.mapPos(from),
        to: plugin.unsyncedChanges.mapPos(to),
        severity: severityOf(problem),
        message: problem.message,
        ...(tags === "" ? {} : { markClass: tags }),
        renderMessage: () => this.message(problem),
        actions: (problem.data?.fixes ?? []).map((fix) => ({ name: fix.title.replace(/`/g, ""), apply: () => this.fix(uri, problem, fix) })),
      };
    });
    view.dispatch(setDiagnostics(view.state, shown));
  }

  private message(problem: Diagnostic): HTMLElement {
    const code = problem.code === undefined ? null : String(problem.code);
    const link = problem.codeDescription?.href;
    return element(
      "div",
      { class: "problem-message" },
      element("strong", {}, `${words.severity[severityOf(problem)]}${code === null ? "" : " "}`),
      code !== null && (link !== undefined && isPage(link) ? element("a", { href: link, target: "_blank", rel: "noopener" }, code) : code),
      element("div", { class: "problem-text" }, ...worded(problem.message)),
      ...(problem.relatedInformation ?? []).map((more) =>
        button(more.message, () => this.session?.screen.go(more.location, true), { class: "link-button" }),
      ),
    );
  }

  /** The list of all problems of the project. */
  private list(): void {
    const session = this.session;
    if (!session) {
      return;
    }
    const rows: Row[] = [...this.found]
      .flatMap(([uri, diagnostics]) => diagnostics.map((problem) => ({ uri, problem, path: session.documents.path(uri) ?? uri })))
      .sort(
        (a, b) =>
          (a.problem.severity ?? 1) - (b.problem.severity ?? 1) ||
          Number(b.uri === this.shown) - Number(a.uri === this.shown) ||
          (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
          a.problem.range.start.line - b.problem.range.start.line ||
          a.problem.range.start.character - b.problem.range.start.character,
      );
    const errors = rows.filter(({ problem }) => severityOf(problem) === "error").length;
    const warnings = rows.filter(({ problem }) => severityOf(problem) === "warning").length;
    // Advice about files that nobody is looking at is folded and not counted, so that it does not bury what has to be mended.
    const isAside = ({ uri, problem }: Row): boolean => severityOf(problem) === "info" && uri !== this.shown;
    const aside = rows.filter(isAside);
    this.count(errors, warnings, rows.length - aside.length);
    // A list that says the same is left alone: a new one would lose the focus.
    const saying = JSON.stringify([this.shown, rows]);
    if (saying === this.drawn) {
      return;
    }
    this.drawn = saying;
    if (rows.length === 0) {
      this.box.replaceChildren(element("p", { class: "muted" }, words.noProblems));
      return;
    }
    const wasOpen = this.box.querySelector("details")?.open ?? false;
    const rest = element("details", {}, element("summary", {}, words.adviceElsewhere(aside.length)), this.rows(session, aside));
    rest.open = wasOpen;
    const here = rows.filter((row) => !isAside(row));
    const list = here.length > 0 ? this.rows(session, here) : element("p", { class: "muted" }, words.noProblems);
    this.box.replaceChildren(list, ...(aside.length > 0 ? [rest] : []));
  }

  private rows(session: Session, rows: readonly Row[]): HTMLElement {
    return element(
      "ul",
      { class: "studio-problems" },
      ...rows.slice(0, 500).map(({ uri, problem, path }) =>
        element(
          "li",
          { "data-severity": severityOf(problem) },
          element(
            "div",
            {},
            button(words.problemAt(path, problem.range.start.line + 1), () => session.screen.go({ uri, range: problem.range }, true), { class: "link-button problem-place" }),
            this.message(problem),
          ),
          // Beside the words and not below them: the list is low, and a way out must not need scrolling.
          element(
            "div",
            { class: "problem-fixes" },
            ...(problem.data?.fixes ?? []).map((fix) => element("button", { type: "button", class: "button button-small button-secondary", onclick: () => this.fix(uri, problem, fix) }, ...worded(fix.title))),
          ),
        ),
      ),
    );
  }
}
