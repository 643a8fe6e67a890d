// The server's answers that are painted into the text: other places of a name (S2), hints between words (S3), lenses above lines (S4), colours by meaning (S5).
// Each is a small client of one request; what it means is the server's matter.

import type { LSPPlugin } from "@codemirror/lsp-client";
import { type Extension, type Range } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import { asked, document as named } from "./asked.js";
import { element } from "./element.js";
import { offset, offsets, place, span } from "./places.js";
import type { CodeLens, Command, InlayHint, Span } from "./protocol.js";

const moved = (marks: DecorationSet, changes: Parameters<DecorationSet["map"]>[0]): DecorationSet => marks.map(changes);
const painted = (field: Parameters<typeof EditorView.decorations.from>[0]): Extension => EditorView.decorations.from(field as never);

/** Other places of the name at the caret. */
export const highlights = asked<DecorationSet, ReadonlyArray<{ range: Span; kind?: number }>>({
  offered: "documentHighlightProvider",
  method: "textDocument/documentHighlight",
  delay: 150,
  empty: Decoration.none,
  also: (update) => update.selectionSet,
  parameters: (view, plugin) => ({ ...named(plugin), position: place(view.state.doc, view.state.selection.main.head) }),
  read: (answer, view) =>
    Decoration.set(
      answer.flatMap(({ range, kind }) => {
        const { from, to } = offsets(view.state.doc, range);
        return from < to ? [Decoration.mark({ class: kind === 3 ? "m-same m-declared" : "m-same" }).range(from, to)] : [];
      }),
      true,
    ),
  moved,
  shown: painted,
}).extension;

class Hint extends WidgetType {
  constructor(
    private readonly text: string,
    private readonly tip: string,
    private readonly padding: string,
  ) {
    super();
  }

  override eq(other: Hint): boolean {
    return other.text === this.text && other.tip === this.tip && other.padding === this.padding;
  }

  override toDOM(): HTMLElement {
    return element("span", { class: `w-hint ${this.padding}`, ...(this.tip === "" ? {} : { title: this.tip }) }, this.text);
  }
}

/** Values and counts between the words. */
export const hints = asked<DecorationSet, readonly InlayHint[]>({
  offered: "inlayHintProvider",
  method: "textDocument/inlayHint",
  delay: 250,
  empty: Decoration.none,
  also: (update) => update.viewportChanged,
  parameters: (view, plugin) => ({ ...named(plugin), range: span(view.state.doc, view.viewport.from, view.viewport.to) }),
  read: (answer, view) =>
    Decoration.set(
      answer.map((hint) => {
        const text = typeof hint.label === "string" ? hint.label : hint.label.map((part) => part.value).join("");
        const tip = typeof hint.tooltip === "string" ? hint.tooltip : (hint.tooltip?.value ?? "");
        const padding = `${hint.paddingLeft ? "before" : ""} ${hint.paddingRight ? "after" : ""}`.trim();
        return Decoration.widget({ widget: new Hint(text, tip, padding), side: 1 }).range(offset(view.state.doc, hint.position));
      }),
      true,
    ),
  moved,
  shown: painted,
}).extension;

class Lens extends WidgetType {
  constructor(
    private readonly commands: readonly Command[],
    private readonly indent: string,
    private readonly run: (command: Command) => void,
  ) {
    super();
  }

  override eq(other: Lens): boolean {
    return other.indent === this.indent && JSON.stringify(other.commands) === JSON.stringify(this.commands);
  }

  override toDOM(): HTMLElement {
    const parts = this.commands.map((command) =>
      command.command === ""
        ? element("span", {}, command.title)
        : element(
            "button",
            {
              type: "button",
              onmousedown: (event) => event.preventDefault(),
              onclick: () => this.run(command),
            },
            command.title,
          ),
    );
    const line = element("div", { class: "w-lens" }, element("span", { "aria-hidden": "true" }, this.indent));
    parts.forEach((part, index) => line.append(...(index > 0 ? [" · ", part] : [part])));
    return line;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

async function whole(lens: CodeLens, plugin: LSPPlugin): Promise<CodeLens> {
  const offered = (plugin.client.serverCapabilities?.codeLensProvider as { resolveProvider?: boolean } | undefined)?.resolveProvider;
  return lens.command || !offered ? lens : plugin.client.request<CodeLens, CodeLens>("codeLens/resolve", lens);
}

/** Lines above declarations: run a test, show a preview, who uses it. */
export function lenses(run: (command: Command) => void): Extension {
  return asked<DecorationSet, readonly CodeLens[]>({
    offered: "codeLensProvider",
    method: "textDocument/codeLens",
    delay: 350,
    empty: Decoration.none,
    parameters: (_view, plugin) => named(plugin),
    async read(answer, view, plugin) {
      const doc = view.state.doc;
      const lines = new Map<number, Command[]>();
      for (const lens of await Promise.all(answer.map((one) => whole(one, plugin)))) {
        if (lens.command && lens.range.start.line < doc.lines) {
          const line = lens.range.start.line + 1;
          lines.set(line, [...(lines.get(line) ?? []), lens.command]);
        }
      }
      const shown: Array<Range<Decoration>> = [];
      for (const [number, commands] of lines) {
        const line = doc.line(number);
        const indent = /^\s*/.exec(line.text)?.[0] ?? "";
        shown.push(Decoration.widget({ widget: new Lens(commands, indent, run), block: true, side: -1 }).range(line.from));
      }
      return Decoration.set(shown, true);
    },
    moved,
    shown: painted,
  }).extension;
}

interface Legend {
  readonly tokenTypes: readonly string[];
  readonly tokenModifiers: readonly string[];
}

/** Colours by what a name is. */
export const meanings = asked<DecorationSet, { readonly data: readonly number[] }>({
  offered: "semanticTokensProvider",
  method: "textDocument/semanticTokens/full",
  delay: 200,
  empty: Decoration.none,
  parameters: (_view, plugin) => named(plugin),
  read(answer, view, plugin) {
    const legend = (plugin.client.serverCapabilities?.semanticTokensProvider as { legend?: Legend } | undefined)?.legend;
    const doc = view.state.doc;
    const found: Array<Range<Decoration>> = [];
    const marks = new Map<string, Decoration>();
    let line = 0;
    let character = 0;
    for (let at = 0; at + 4 < answer.data.length; at += 5) {
      const [lines = 0, characters = 0, length = 0, kind = 0, bits = 0] = answer.data.slice(at, at + 5);
      character = lines > 0 ? characters : character + characters;
      line += lines;
      const name = legend?.tokenTypes[kind];
      if (name === undefined || line >= doc.lines) {
        continue;
      }
      const modifiers = legend?.tokenModifiers.filter((_, bit) => (bits & (1 << bit)) !== 0) ?? [];
      const from = offset(doc, { line, character });
      const to = offset(doc, { line, character: character + length });
      if (from < to) {
        const classes = [`s-${name}`, ...modifiers.map((modifier) => `s-m-${modifier}`)].join(" ");
        const mark = marks.get(classes) ?? Decoration.mark({ class: classes });
        marks.set(classes, mark);
        found.push(mark.range(from, to));
      }
    }
    return Decoration.set(found, true);
  },
  moved,
  shown: painted,
}).extension;
