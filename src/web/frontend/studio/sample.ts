// The live preview: the real form with figures to try. It asks for the page again when the text, the choice or the typed figures change, and keeps the last sound page while the regime has mistakes.

import { button, element } from "./element.js";
import { PreviewPane } from "./preview.js";
import type { Choice, Location, PreviewAnswer, WorkspaceEdit } from "./protocol.js";
import type { Session } from "./session.js";
import { words } from "./words.js";

type Kind = "form" | "unit" | "period";

const PAUSE = 250;

export class Sample {
  private readonly choices = element("form", { class: "preview-choices" });
  private readonly note = element("p", { class: "notice notice-info", role: "status", hidden: true });
  private readonly findings = element("ul", { class: "preview-findings" });
  private readonly page = element("div", { class: "preview-page", role: "region", "aria-label": words.previewRegion, tabindex: "0" });
  private readonly pane: PreviewPane;
  private session: Session | undefined;
  private uri = "";
  private readonly chosen: { [Key in Kind]?: string } = {};
  private answer: PreviewAnswer | undefined;
  private turn = 0;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(box: HTMLElement) {
    box.append(this.choices, this.note, this.findings, this.page);
    this.choices.addEventListener("submit", (event) => event.preventDefault());
    this.pane = new PreviewPane(this.page, {
      go: (address, leave) => void this.go(address, leave),
      typed: () => void this.ask(),
    });
  }

  attach(session: Session): void {
    this.session = session;
  }

  /** Turns to another file, or to a form of it. */
  turnTo(uri: string, form?: string): void {
    if (uri !== this.uri || form !== undefined) {
      this.pane.clear();
      delete this.chosen.form;
    }
    if (uri !== this.uri) {
      this.answer = undefined;
      this.pane.show("");
    }
    this.uri = uri;
    if (form !== undefined) {
      this.chosen.form = form;
    }
    void this.ask();
  }

  later(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.ask(), PAUSE);
  }

  /** Outlines the cell whose source holds the caret. */
  async follow(line: number, character: number): Promise<void> {
    const found = await this.session?.ask<{ address?: string; form?: string }>("regime/sourceAt", { uri: this.uri, position: { line, character } }, true);
    if (found?.form !== undefined && this.answer?.form !== found.form && Object.keys(this.pane.values()).length === 0) {
      this.chosen.form = found.form;
      await this.ask();
    }
    this.pane.mark(found?.address ?? null);
  }

  private async ask(): Promise<void> {
    this.turn += 1;
    const mine = this.turn;
    const answer = await this.session?.ask<PreviewAnswer>("regime/preview", { uri: this.uri, ...this.chosen, values: this.pane.values() }, true);
    if (mine !== this.turn || !answer || answer.version !== 1) {
      return;
    }
    if (!answer.sound || answer.forms.length === 0) {
      this.tell(answer.sound ? words.noForm : this.answer ? words.unsound : words.notSoundYet);
      return;
    }
    this.answer = answer;
    this.tell("");
    this.draw(answer);
    this.pane.show(answer.html);
    this.findings.replaceChildren(
      ...(answer.problems ?? []).map(({ address, message, severity }) =>
        element("li", { "data-severity": severity }, address ? button(message, () => this.pane.mark(address), { class: "link-button" }) : message),
      ),
    );
  }

  private tell(text: string): void {
    this.note.hidden = text === "";
    this.note.textContent = text;
  }

  private draw(answer: PreviewAnswer): void {
    // The choosers are built anew only when they changed: a rebuilt one loses the focus.
    const state = JSON.stringify([answer.forms, answer.units, answer.periods, answer.form, answer.unit, answer.period]);
    if (this.choices.dataset["state"] === state) {
      return;
    }
    this.choices.dataset["state"] = state;
    this.choices.replaceChildren(
      ...this.chooser("form", answer.forms, answer.form),
      ...this.chooser("unit", answer.units, answer.unit),
      ...this.chooser("period", answer.periods, answer.period),
      button(words.saveAsTest, () => void this.save(), { class: "button button-small" }),
      button(
        words.clear,
        () => {
          this.pane.clear();
          void this.ask();
        },
        { class: "button button-small button-secondary" },
      ),
    );
  }

  private chooser(kind: Kind, options: readonly Choice[], chosen: string | null | undefined): HTMLElement[] {
    if (options.length === 0) {
      return [];
    }
    const select = element("select", { class: "input", name: kind }, ...options.map(({ name, label }) => element("option", { value: name, selected: name === chosen }, label)));
    select.addEventListener("change", () => {
      this.chosen[kind] = select.value;
      if (kind === "form") {
        this.pane.clear();
      }
      void this.ask();
    });
    return [element("label", {}, `${words[kind]} `, select)];
  }

  private async go(address: string, leave: boolean): Promise<void> {
    const source = await this.session?.ask<Location>("regime/sourceAt", { uri: this.uri, address }, true);
    if (source) {
      this.session?.screen.go(source, leave);
    }
  }

  /** What was typed becomes a test block in the file. */
  private async save(): Promise<void> {
    const answer = this.answer;
    const session = this.session;
    if (!answer || !session) {
      return;
    }
    const label = (choices: readonly Choice[], name: string | null | undefined): string => choices.find((choice) => choice.name === name)?.label ?? name ?? "";
    const suggested = [label(answer.units, answer.unit), label(answer.periods, answer.period)].filter((part) => part !== "").join(", ");
    const title = window.prompt(words.testTitle, suggested)?.trim();
    if (!title) {
      return;
    }
    const made = await session.askStill<{ edit?: WorkspaceEdit; range?: Location["range"] }>("regime/testFromSample", {
      uri: this.uri,
      form: answer.form,
      unit: answer.unit,
      period: answer.period,
      values: this.pane.values(),
      title,
    });
    if (made?.edit && session.edit(made.edit)) {
      session.screen.runTests();
    }
  }
}
