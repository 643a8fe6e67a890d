// Long lines go on below their own beginning and not at the edge, so that the shape of the text stays to be seen in a narrow pane.
// Deeper than the deepest known level a line goes on where that one does.

import { RangeSetBuilder, type Extension } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** The deepest level that is told apart, in steps of two blanks. */
const DEEPEST = 8;

const LEVELS = Array.from({ length: DEEPEST + 1 }, (_, level) => Decoration.line({ class: `m-level-${level}` }));

/** What is added to the padding that a line has anyway: its own blanks, and two steps more. */
const THEME = EditorView.theme(
  Object.fromEntries([
    ...LEVELS.map((_, level) => [`.m-level-${level}`, { paddingLeft: `calc(6px + ${2 * level + 4}ch)`, textIndent: `-${2 * level + 4}ch` }]),
    // What stands in a line as a box of its own begins where it begins.
    [".cm-line *", { textIndent: "0" }],
  ]),
);

function levels(view: EditorView): DecorationSet {
  const found = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const blanks = /^ */.exec(line.text)?.[0].length ?? 0;
      const level = LEVELS[Math.min(DEEPEST, Math.floor(blanks / 2))];
      if (level && line.from >= from) {
        found.add(line.from, line.from, level);
      }
      at = line.to + 1;
    }
  }
  return found.finish();
}

/** Lines that are wrapped with their indentation kept. */
export const wrapping: Extension = [
  EditorView.lineWrapping,
  ViewPlugin.fromClass(
    class {
      levels: DecorationSet;
      constructor(view: EditorView) {
        this.levels = levels(view);
      }
      update(update: ViewUpdate): void {
        if (update.docChanged || update.viewportChanged) {
          this.levels = levels(update.view);
        }
      }
    },
    { decorations: (one) => one.levels },
  ),
  THEME,
];
