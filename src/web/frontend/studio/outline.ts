// The outline of the form and what can be folded (S6). The tree beside the text is the server's; the caret marks where one is.

import { foldService } from "@codemirror/language";
import type { ChangeDesc, EditorState, Extension } from "@codemirror/state";
import { EditorView, type ViewUpdate } from "@codemirror/view";
import { asked, document as named } from "./asked.js";
import { element } from "./element.js";
import { offset, offsets } from "./places.js";
import type { DocumentSymbol, FoldingRange } from "./protocol.js";

interface Fold {
  readonly from: number;
  readonly to: number;
}

const folds = asked<readonly Fold[], readonly FoldingRange[]>({
  offered: "foldingRangeProvider",
  method: "textDocument/foldingRange",
  delay: 400,
  empty: [],
  parameters: (_view, plugin) => named(plugin),
  read: (answer, view) => {
    const doc = view.state.doc;
    return answer.flatMap((range) => {
      if (range.startLine >= doc.lines || range.endLine >= doc.lines || range.endLine <= range.startLine) {
        return [];
      }
      // A fold hides from the end of its first line to the end of the last one it names.
      const from = range.startCharacter === undefined ? doc.line(range.startLine + 1).to : offset(doc, { line: range.startLine, character: range.startCharacter });
      const to = range.endCharacter === undefined ? doc.line(range.endLine + 1).to : offset(doc, { line: range.endLine, character: range.endCharacter });
      return from < to ? [{ from, to }] : [];
    });
  },
  moved: (value, changes) => value.map(({ from, to }) => ({ from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) })).filter(({ from, to }) => from < to),
});

/** Whether the server has answered with other places to fold: the gutter does not see that by itself. */
export function foldsChanged(update: ViewUpdate): boolean {
  return update.state.field(folds.field, false) !== update.startState.field(folds.field, false);
}

const folding: Extension = [
  folds.extension,
  foldService.of((state: EditorState, start: number, end: number) => state.field(folds.field).find(({ from }) => from >= start && from <= end) ?? null),
];

export interface Heading {
  readonly name: string;
  readonly detail: string;
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly children: readonly Heading[];
}

function headings(symbols: readonly DocumentSymbol[], state: EditorState): Heading[] {
  return symbols.map((symbol) => ({
    name: symbol.name,
    detail: symbol.detail ?? "",
    ...offsets(state.doc, symbol.range),
    at: offset(state.doc, symbol.selectionRange.start),
    children: headings(symbol.children ?? [], state),
  }));
}

function movedHeadings(all: readonly Heading[], changes: ChangeDesc): Heading[] {
  return all.map((heading) => ({
    ...heading,
    from: changes.mapPos(heading.from),
    to: changes.mapPos(heading.to),
    at: changes.mapPos(heading.at),
    children: movedHeadings(heading.children, changes),
  }));
}

const symbols = asked<readonly Heading[], readonly DocumentSymbol[]>({
  offered: "documentSymbolProvider",
  method: "textDocument/documentSymbol",
  delay: 300,
  empty: [],
  parameters: (_view, plugin) => named(plugin),
  read: (answer, view) => headings(answer, view.state),
  moved: movedHeadings,
});

/** Draws the outline into a box; a click goes to the heading. */
function drawn(box: HTMLElement, state: EditorState, go: (at: number) => void): void {
  const head = state.selection.main.head;
  const list = (all: readonly Heading[]): HTMLElement =>
    element(
      "ul",
      {},
      ...all.map((heading) => {
        const inside = heading.children.some((child) => child.from <= head && head <= child.to);
        const here = heading.from <= head && head <= heading.to && !inside;
        return element(
          "li",
          {},
          element(
            "button",
            { type: "button", class: "outline-entry", ...(here ? { "aria-current": "true" } : {}), onclick: () => go(heading.at) },
            heading.name,
            heading.detail === "" ? null : element("span", { class: "outline-detail" }, ` ${heading.detail}`),
          ),
          heading.children.length > 0 && list(heading.children),
        );
      }),
    );
  const scroll = box.scrollTop;
  box.replaceChildren(list(state.field(symbols.field)));
  box.scrollTop = scroll;
}

/** The outline in a box of the page, and folding in the text. */
export function outline(box: HTMLElement): Extension {
  return [
    folding,
    symbols.extension,
    EditorView.updateListener.of((update) => {
      const changed = update.state.field(symbols.field) !== update.startState.field(symbols.field, false);
      // While the focus is in the outline it is not built anew under the person's hands.
      if (changed || (update.selectionSet && !box.contains(window.document.activeElement))) {
        drawn(box, update.state, (at) => {
          update.view.focus();
          update.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
        });
      }
    }),
  ];
}
