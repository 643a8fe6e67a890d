// Tabs of a pane: one button each, arrow keys between them, one panel shown. They know nothing of what they show.

import { element } from "./element.js";

export interface Tab {
  readonly name: string;
  readonly title: string;
  readonly panel: HTMLElement;
  /** Called when the tab comes to be shown. */
  shown?(): void;
}

export class Tabs {
  private readonly buttons = new Map<string, HTMLButtonElement>();

  constructor(
    box: HTMLElement,
    label: string,
    private readonly tabs: readonly Tab[],
  ) {
    const bar = element("div", { class: "studio-tabs", role: "tablist", "aria-label": label });
    for (const tab of tabs) {
      const made = element("button", { type: "button", role: "tab", id: `tab-${tab.name}`, "aria-controls": `panel-${tab.name}`, onclick: () => this.show(tab.name) }, tab.title);
      tab.panel.id = `panel-${tab.name}`;
      tab.panel.setAttribute("role", "tabpanel");
      tab.panel.setAttribute("aria-labelledby", made.id);
      this.buttons.set(tab.name, made);
      bar.append(made);
    }
    bar.addEventListener("keydown", (event) => {
      const all = [...this.buttons.values()];
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const here = all.indexOf(document.activeElement as HTMLButtonElement);
      if (step !== 0 && here >= 0) {
        event.preventDefault();
        const next = all[(here + step + all.length) % all.length];
        next?.focus();
        next?.click();
      }
    });
    box.append(bar, ...tabs.map((tab) => tab.panel));
    const [first] = tabs;
    if (first) {
      this.show(first.name);
    }
  }

  title(name: string, text: string): void {
    const made = this.buttons.get(name);
    if (made && made.textContent !== text) {
      made.textContent = text;
    }
  }

  shows(name: string): boolean {
    return this.buttons.get(name)?.getAttribute("aria-selected") === "true";
  }

  show(name: string): void {
    for (const tab of this.tabs) {
      const on = tab.name === name;
      tab.panel.hidden = !on;
      const made = this.buttons.get(tab.name);
      made?.setAttribute("aria-selected", String(on));
      made?.setAttribute("tabindex", on ? "0" : "-1");
      if (on) {
        tab.shown?.();
      }
    }
  }
}
