// Runs inside the preview: shows what the extension sends, tells it what was chosen, typed and clicked. It knows no rule and no file.
import { PreviewPane } from "../../../src/web/frontend/studio/preview.js";
import { type Choice } from "../protocol.js";
import { type FromPreview, type ToPreview } from "../preview-messages.js";

declare function acquireVsCodeApi(): { postMessage(message: FromPreview): void };

const editor = acquireVsCodeApi();
const words = JSON.parse(document.body.dataset["words"] ?? "{}") as Record<string, string>;
const choices = document.querySelector<HTMLFormElement>(".choices");
const box = document.querySelector<HTMLElement>(".preview");
const note = document.querySelector<HTMLElement>(".note");

function chooser(kind: "form" | "unit" | "period", options: readonly Choice[], chosen: string | undefined): HTMLElement[] {
  if (options.length === 0) {
    return [];
  }
  const select = document.createElement("select");
  select.name = kind;
  for (const { name, label } of options) {
    select.add(new Option(label, name, false, name === chosen));
  }
  select.addEventListener("change", () => editor.postMessage({ kind: "choose", what: kind, name: select.value }));
  const label = document.createElement("label");
  label.append(words[kind] ?? kind, " ", select);
  return [label];
}

function button(text: string, press: () => void): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", press);
  return made;
}

if (choices && box && note) {
  box.setAttribute("aria-label", words["region"] ?? "");
  const pane = new PreviewPane(box, {
    go: (address, leave) => editor.postMessage({ kind: "go", address, leave }),
    typed: (values) => editor.postMessage({ kind: "typed", values }),
  });
  choices.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("message", (event: MessageEvent<ToPreview>) => {
    const message = event.data;
    switch (message.kind) {
      case "show": {
        note.textContent = "";
        // The choosers are built anew only when they changed: a rebuilt one loses the focus.
        const state = JSON.stringify([message.answer.forms, message.answer.units, message.answer.periods, message.answer.form, message.answer.unit, message.answer.period]);
        if (choices.dataset["state"] !== state) {
          choices.dataset["state"] = state;
          choices.replaceChildren(
            ...chooser("form", message.answer.forms, message.answer.form),
            ...chooser("unit", message.answer.units ?? [], message.answer.unit),
            ...chooser("period", message.answer.periods ?? [], message.answer.period),
            button(words["saveAsTest"] ?? "", () => editor.postMessage({ kind: "save", values: pane.values() })),
            button(words["clear"] ?? "", () => {
              pane.clear();
              editor.postMessage({ kind: "typed", values: {} });
            }),
          );
        }
        pane.show(message.answer.html);
        break;
      }
      case "note":
        note.textContent = message.text;
        break;
      case "mark":
        pane.mark(message.address);
        break;
      case "forget":
        pane.clear();
        break;
    }
  });
  editor.postMessage({ kind: "ready" });
}
