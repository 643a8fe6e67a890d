// What the server is asked for again and again while a text is open: hints, lenses, colours, marks, the outline. Each is asked for after a pause, and an answer about a text that has changed meanwhile is thrown away.
// Between answers, what is shown moves with the text.

import { LSPPlugin } from "@codemirror/lsp-client";
import { type ChangeDesc, type Extension, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** Put into the editor when the server may answer otherwise although this text is the same. */
export const askAgain = StateEffect.define<null>();

const RETRY = 700;
const MOST_TRIES = 6;

export interface Asked<Value, Answer> {
  /** The name of what the server offers; if it does not, it is not asked. */
  readonly offered: string;
  readonly method: string;
  readonly delay: number;
  readonly empty: Value;
  /** Whether an update other than of the text calls for asking. */
  also?(update: ViewUpdate): boolean;
  parameters(view: EditorView, plugin: LSPPlugin): object | null;
  read(answer: Answer, view: EditorView, plugin: LSPPlugin): Value | Promise<Value>;
  moved(value: Value, changes: ChangeDesc): Value;
  /** What the editor does with the value. */
  shown?(field: StateField<Value>): Extension;
}

/** The extension, and the field that holds the last answer. */
export function asked<Value, Answer>(spec: Asked<Value, Answer>): { extension: Extension; field: StateField<Value> } {
  const answered = StateEffect.define<Value>();
  const field = StateField.define<Value>({
    create: () => spec.empty,
    update(value, transaction) {
      let now = transaction.docChanged ? spec.moved(value, transaction.changes) : value;
      for (const effect of transaction.effects) {
        if (effect.is(answered)) {
          now = effect.value;
        }
      }
      return now;
    },
    ...(spec.shown ? { provide: (given: StateField<Value>) => spec.shown?.(given) ?? [] } : {}),
  });
  const asker = ViewPlugin.define((view) => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let turn = 0;
    let failed = 0;
    let gone = false;
    const ask = async (): Promise<void> => {
      const plugin = LSPPlugin.get(view);
      const parameters = plugin && view.dom.isConnected ? spec.parameters(view, plugin) : null;
      if (!plugin || !parameters || !plugin.client.connected) {
        return;
      }
      turn += 1;
      const mine = turn;
      try {
        await plugin.client.initializing;
        if (!(plugin.client.serverCapabilities as Record<string, unknown> | null)?.[spec.offered]) {
          return;
        }
        plugin.client.sync();
        const doc = view.state.doc;
        const answer = await plugin.client.request<object, Answer | null>(spec.method, parameters);
        failed = 0;
        const value = answer === null || gone || mine !== turn || !view.state.doc.eq(doc) ? null : await spec.read(answer, view, plugin);
        if (!gone && mine === turn && view.state.doc.eq(doc)) {
          view.dispatch({ effects: answered.of(value ?? spec.empty) });
        }
      } catch {
        // A server that was busy or has read a newer text gives up; it is asked again a few times. After a broken line the new one asks.
        if (!gone && mine === turn && plugin.client.connected && failed < MOST_TRIES) {
          failed += 1;
          later(RETRY * failed);
        }
      }
    };
    const later = (delay: number): void => {
      clearTimeout(waiting);
      waiting = setTimeout(() => void ask(), delay);
    };
    later(0);
    return {
      update(update: ViewUpdate) {
        if (update.docChanged) {
          failed = 0;
        }
        const called = update.transactions.some((transaction) => transaction.effects.some((effect) => effect.is(askAgain)));
        if (update.docChanged || called || spec.also?.(update)) {
          later(spec.delay);
        }
      },
      destroy() {
        gone = true;
        clearTimeout(waiting);
      },
    };
  });
  return { extension: [field, asker], field };
}

export function document(plugin: LSPPlugin): { textDocument: { uri: string } } {
  return { textDocument: { uri: plugin.uri } };
}
