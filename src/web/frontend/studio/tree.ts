// The files of the project, regimes first and tables after them, with ways to begin a new one and to bring in one from the computer. Removing files is done on the pages of the server.

import { isTable } from "./documents.js";
import { button, element } from "./element.js";
import { words } from "./words.js";

const NAME = /^(?:[A-Za-z0-9][\w.-]*\/)*[A-Za-z0-9][\w-]*\.(?:regime|csv)$/;

export interface TreeEvents {
  open(path: string): void;
  /** Begins a file, or puts a text in the place of the one it has. */
  bring(path: string, text: string): void;
}

export class Tree {
  private readonly sources = element("ul", { class: "studio-files" });
  private readonly tables = element("ul", { class: "studio-files" });
  private readonly tablesTitle = element("h2", {}, words.tables);
  private readonly wrong = element("p", { class: "field-error", role: "alert" });
  private paths: string[] = [];
  private shown = "";
  private changed: ReadonlySet<string> = new Set();

  constructor(
    box: HTMLElement,
    private readonly events: TreeEvents,
    readOnly: boolean,
  ) {
    box.append(element("div", { class: "studio-lists" }, element("h2", {}, words.files), this.sources, this.tablesTitle, this.tables));
    if (!readOnly) {
      box.append(this.maker());
    }
  }

  show(paths: readonly string[], shown: string): void {
    const isOther = this.shown !== shown;
    this.paths = [...paths].sort();
    this.shown = shown;
    this.draw();
    if (isOther) {
      // Only the list itself is scrolled, never the page.
      const list = this.sources.parentElement;
      const entry = list?.querySelector<HTMLElement>("[aria-current]");
      if (list && entry) {
        list.scrollTop = Math.max(0, entry.offsetTop - list.offsetTop - list.clientHeight / 2);
      }
    }
  }

  /** Marks files that are not saved yet. */
  mark(changed: ReadonlySet<string>): void {
    this.changed = changed;
    this.draw();
  }

  private maker(): HTMLElement {
    const name = element("input", { class: "input", type: "text", name: "ten", "aria-label": words.newFileName, title: words.newFileName, placeholder: "ten.regime", spellcheck: "false", autocomplete: "off" });
    const form = element("form", { class: "studio-new" }, name, element("button", { type: "submit", class: "button button-small button-secondary" }, words.newFile));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const typed = name.value.trim();
      const path = /\.(?:regime|csv)$/.test(typed) ? typed : `${typed}.regime`;
      const isBad = !NAME.test(path) || this.paths.includes(path);
      this.wrong.textContent = isBad ? words.badFileName : "";
      if (!isBad) {
        name.value = "";
        this.events.bring(path, "");
      }
    });
    const chosen = element("input", { type: "file", accept: ".regime,.csv,text/csv,text/plain", multiple: true, hidden: true, "aria-label": words.bring });
    chosen.addEventListener("change", () => void this.take([...(chosen.files ?? [])]).then(() => (chosen.value = "")));
    return element("div", { class: "studio-maker" }, form, button(words.bring, () => chosen.click(), { class: "button button-small button-secondary" }), chosen, this.wrong);
  }

  /** Files of the computer; one with the name of a file that is here takes its place, which can be undone. */
  private async take(files: readonly File[]): Promise<void> {
    this.wrong.textContent = "";
    for (const file of files) {
      const path = this.paths.find((known) => known === file.name || known.endsWith(`/${file.name}`)) ?? file.name;
      if (!NAME.test(path)) {
        this.wrong.textContent = words.badFileName;
        continue;
      }
      try {
        const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
        this.events.bring(path, text.replaceAll("\r\n", "\n"));
      } catch {
        this.wrong.textContent = words.notText(file.name);
      }
    }
  }

  private draw(): void {
    const here = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["file"] : undefined;
    const rows = (paths: readonly string[]): HTMLElement[] =>
      paths.map((path) => {
        const isChanged = this.changed.has(path);
        const entry = button(path, () => this.events.open(path), { class: "studio-file", "data-file": path, ...(path === this.shown ? { "aria-current": "page" } : {}) });
        if (isChanged) {
          entry.append(element("span", { class: "studio-unsaved", title: words.unsaved }, " •", element("span", { class: "visually-hidden" }, words.unsaved)));
        }
        return element("li", {}, entry);
      });
    this.sources.replaceChildren(...rows(this.paths.filter((path) => !isTable(path))));
    const tables = this.paths.filter(isTable);
    this.tables.replaceChildren(...rows(tables));
    this.tablesTitle.hidden = tables.length === 0;
    if (here !== undefined) {
      for (const entry of [...this.sources.querySelectorAll("button"), ...this.tables.querySelectorAll("button")]) {
        if (entry.dataset["file"] === here) {
          entry.focus();
        }
      }
    }
  }
}
