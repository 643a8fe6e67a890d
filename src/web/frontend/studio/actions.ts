// Quick fixes and rewrites at the caret (S1): a bulb in the gutter when there are some, Ctrl+. for the menu. The menu is a list of buttons that the keyboard reaches; Escape gives the text back.

import { LSPPlugin } from "@codemirror/lsp-client";
import { type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, gutter, GutterMarker, keymap, showTooltip, type Tooltip, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { button, element } from "./element.js";
import { span } from "./places.js";
import type { Problems } from "./problems.js";
import type { CodeAction, Command } from "./protocol.js";
import type { Session } from "./session.js";
import { words } from "./words.js";

const opened = StateEffect.define<Tooltip | null>();
const lit = StateEffect.define<number | null>();

const menu = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, transaction) {
    let now = transaction.docChanged || transaction.selection ? null : value;
    for (const effect of transaction.effects) {
      if (effect.is(opened)) {
        now = effect.value;
      }
    }
    return now;
  },
  provide: (field) => showTooltip.from(field),
});

/** The line that has a bulb, by its start. */
const bulb = StateField.define<number | null>({
  create: () => null,
  update(value, transaction) {
    let now = transaction.docChanged ? null : value;
    for (const effect of transaction.effects) {
      if (effect.is(lit)) {
        now = effect.value;
      }
    }
    return now;
  },
});

class Bulb extends GutterMarker {
  override toDOM(): Node {
    return element("span", { class: "g-bulb", title: words.bulb, role: "img", "aria-label": words.bulb });
  }
}

const marker = new Bulb();

function isCommand(action: CodeAction | Command): action is Command {
  return typeof (action as Command).command === "string";
}

async function wanted(session: Session, problems: Problems, view: EditorView, kind: 1 | 2): Promise<ReadonlyArray<CodeAction | Command>> {
  const plugin = LSPPlugin.get(view);
  if (!plugin || !session.client.serverCapabilities?.codeActionProvider) {
    return [];
  }
  const { from, to } = view.state.selection.main;
  const range = span(view.state.doc, from, to);
  const diagnostics = problems.of(plugin.uri).filter((one) => one.range.start.line <= range.end.line && one.range.end.line >= range.start.line);
  const found = await session.askStill<ReadonlyArray<CodeAction | Command>>(
    "textDocument/codeAction",
    { textDocument: { uri: plugin.uri }, range, context: { diagnostics, triggerKind: kind } },
    kind === 2,
  );
  return (found ?? []).filter((action) => isCommand(action) || !action.disabled);
}

function list(session: Session, view: EditorView, actions: ReadonlyArray<CodeAction | Command>): HTMLElement {
  const close = (): void => {
    view.dispatch({ effects: opened.of(null) });
    view.focus();
  };
  const made = element(
    "div",
    { class: "action-menu", role: "menu", "aria-label": words.actions },
    ...(actions.length === 0 ? [element("p", {}, words.noActions)] : []),
    ...actions.map((action) =>
      button(
        action.title,
        () => {
          close();
          void (isCommand(action) ? session.run(action) : session.perform(action));
        },
        { role: "menuitem" },
      ),
    ),
  );
  made.addEventListener("keydown", (event) => {
    const items = [...made.querySelectorAll("button")];
    const here = items.indexOf((made.getRootNode() as Document | ShadowRoot).activeElement as HTMLButtonElement);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      close();
    } else if (step !== 0 && items.length > 0) {
      event.preventDefault();
      items[(here + step + items.length) % items.length]?.focus();
    }
    event.stopPropagation();
  });
  return made;
}

async function open(session: Session, problems: Problems, view: EditorView): Promise<void> {
  const actions = await wanted(session, problems, view, 1);
  const pos = view.state.selection.main.head;
  const tooltip: Tooltip = {
    pos,
    above: false,
    create: (shown) => {
      const dom = list(session, shown, actions);
      return { dom, mount: () => dom.querySelector("button")?.focus() };
    },
  };
  view.dispatch({ effects: opened.of(tooltip) });
}

export function actions(session: () => Session | undefined, problems: Problems): Extension {
  const start = (view: EditorView): boolean => {
    const here = session();
    if (here) {
      void open(here, problems, view);
    }
    return true;
  };
  return [
    menu,
    bulb,
    Prec.high(keymap.of([{ key: "Mod-.", run: start, preventDefault: true }])),
    Prec.high(
      keymap.of([
        {
          key: "Escape",
          run: (view) => {
            if (view.state.field(menu) === null) {
              return false;
            }
            view.dispatch({ effects: opened.of(null) });
            return true;
          },
        },
      ]),
    ),
    gutter({
      class: "g-bulbs",
      lineMarker: (view, line) => (view.state.field(bulb) === line.from ? marker : null),
      lineMarkerChange: (update) => update.startState.field(bulb) !== update.state.field(bulb),
      domEventHandlers: {
        mousedown: (view, line, event) => {
          if (view.state.field(bulb) !== line.from) {
            return false;
          }
          event.preventDefault();
          return start(view);
        },
      },
    }),
    ViewPlugin.define((view) => {
      let waiting: ReturnType<typeof setTimeout> | undefined;
      const look = async (): Promise<void> => {
        const here = session();
        const line = view.state.doc.lineAt(view.state.selection.main.head).from;
        const found = here && view.hasFocus ? await wanted(here, problems, view, 2) : [];
        const shown = found.length > 0 ? line : null;
        if (view.dom.isConnected && view.state.doc.lineAt(view.state.selection.main.head).from === line && view.state.field(bulb) !== shown) {
          view.dispatch({ effects: lit.of(shown) });
        }
      };
      return {
        update(update: ViewUpdate) {
          if (update.selectionSet || update.docChanged || update.focusChanged) {
            clearTimeout(waiting);
            waiting = setTimeout(() => void look(), 400);
          }
        },
        destroy: () => clearTimeout(waiting),
      };
    }),
  ];
}
