// The files of the project, with a way to begin a new one. Removing and renaming files is done on the pages of the server.

import { button, element } from "./element.js";
import { words } from "./words.js";

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*\.regime$/;

export class Tree {
  private readonly list = element("ul", { class: "studio-files" });
  private paths: string[] = [];
  private shown = "";
  private changed: ReadonlySet<string> = new Set();

  constructor(
    box: HTMLElement,
    private readonly open: (path: string) => void,
    create: ((path: string) => void) | null,
  ) {
    box.append(element("h2", {}, words.files), this.list);
    if (create) {
      const name = element("input", { class: "input", type: "text", name: "ten", "aria-label": words.newFileName, title: words.newFileName, placeholder: "ten.regime", spellcheck: "false", autocomplete: "off" });
      const wrong = element("p", { class: "field-error", role: "alert" });
      const form = element("form", { class: "studio-new" }, name, element("button", { type: "submit", class: "button button-small button-secondary" }, words.newFile), wrong);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const typed = name.value.trim();
        const path = typed.endsWith(".regime") ? typed : `${typed}.regime`;
        if (!NAME.test(path) || this.paths.includes(path)) {
          wrong.textContent = words.badFileName;
          return;
        }
        wrong.textContent = "";
        name.value = "";
        create(path);
      });
      box.append(form);
    }
  }

  show(paths: readonly string[], shown: string): void {
    this.paths = [...paths].sort();
    this.shown = shown;
    this.draw();
  }

  /** Marks files that are not saved yet. */
  mark(changed: ReadonlySet<string>): void {
    this.changed = changed;
    this.draw();
  }

  private draw(): void {
    this.list.replaceChildren(
      ...this.paths.map((path) =>
        element("li", {}, button(this.changed.has(path) ? `${path} •` : path, () => this.open(path), { class: "studio-file", ...(path === this.shown ? { "aria-current": "page" } : {}) })),
      ),
    );
  }
}
