// The live preview: the real form with figures to try. It asks for the page again when the text, the choice or the typed figures change, and keeps the last sound page while the regime has mistakes.

import { isTable } from "./documents.js";
import { button, element } from "./element.js";
import { PreviewPane } from "./preview.js";
import type { Choice, Location, PreviewAnswer, WorkspaceEdit } from "./protocol.js";
import type { Session } from "./session.js";
import { words } from "./words.js";

type Kind = "form" | "unit" | "period";

const PAUSE = 250;

export class Sample {
  private readonly choices = element("form", { class: "preview-choices" });
  private readonly title = element("input", { class: "input", type: "text", maxlength: "200", "aria-label": words.testTitle });
  private readonly naming = element("form", { class: "preview-naming", hidden: true });
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
    box.append(this.choices, this.naming, this.note, this.findings, this.page);
    this.choices.addEventListener("submit", (event) => event.preventDefault());
    this.naming.append(
      element("label", {}, `${words.testTitle} `, this.title),
      element("button", { type: "submit", class: "button button-small" }, words.saveTest),
      button(words.cancel, () => this.unname(), { class: "button button-small button-secondary" }),
    );
    this.naming.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    this.naming.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.unname();
      }
    });
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
      this.pane.clear(true);
      delete this.chosen.form;
    }
    if (uri !== this.uri) {
      this.answer = undefined;
      delete this.chosen.period;
      this.choices.replaceChildren();
      this.choices.dataset["state"] = "";
      this.findings.replaceChildren();
      this.unname();
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
    if (found?.form !== undefined && this.answer?.form !== found.form && !this.pane.touched) {
      await this.turnToForm(found.form);
    }
    this.pane.mark(found?.address ?? null);
  }

  private async ask(): Promise<void> {
    this.turn += 1;
    const mine = this.turn;
    if (isTable(this.uri)) {
      this.tell(words.tableHasNoForm);
      return;
    }
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

  /** Shows another form: in the same period if it applies there, else in one where it does. */
  private async turnToForm(form: string): Promise<void> {
    this.pane.clear();
    this.chosen.form = form;
    await this.ask();
    if (this.answer?.absent && this.answer.form === form) {
      this.pane.clear(true);
      delete this.chosen.period;
      await this.ask();
    }
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
      element(
        "div",
        { class: "preview-acts" },
        button(words.saveAsTest, () => this.name(), { class: "button button-small" }),
        button(
          words.clear,
          () => {
            this.pane.clear();
            void this.ask();
          },
          { class: "button button-small button-secondary" },
        ),
      ),
    );
  }

  private chooser(kind: Kind, options: readonly Choice[], chosen: string | null | undefined): HTMLElement[] {
    if (options.length === 0) {
      return [];
    }
    const select = element("select", { class: "input", name: kind }, ...options.map(({ name, label }) => element("option", { value: name, selected: name === chosen }, label)));
    select.addEventListener("change", () => {
      if (kind === "form") {
        void this.turnToForm(select.value);
      } else {
        this.chosen[kind] = select.value;
        void this.ask();
      }
    });
    return [element("label", { class: `preview-${kind}` }, element("span", {}, words[kind]), select)];
  }

  private async go(address: string, leave: boolean): Promise<void> {
    const source = await this.session?.ask<Location>("regime/sourceAt", { uri: this.uri, address }, true);
    if (source) {
      this.session?.screen.go(source, leave);
    }
  }

  /** Asks for the title of a test. */
  private name(): void {
    const answer = this.answer;
    if (!answer) {
      return;
    }
    const label = (choices: readonly Choice[], name: string | null | undefined): string => choices.find((choice) => choice.name === name)?.label ?? name ?? "";
    const suggested = [label(answer.units, answer.unit), label(answer.periods, answer.period)].filter((part) => part !== "").join(", ");
    this.title.value = suggested;
    this.naming.hidden = false;
    this.title.focus();
    this.title.select();
  }

  private unname(): void {
    const had = this.naming.contains(document.activeElement);
    this.naming.hidden = true;
    if (had) {
      this.choices.querySelector("button")?.focus();
    }
  }

  /** What was typed becomes a test block in the file. */
  private async save(): Promise<void> {
    const answer = this.answer;
    const session = this.session;
    const title = this.title.value.trim();
    if (!answer || !session || title === "") {
      return;
    }
    this.unname();
    const made = await session.askStill<{ edit?: WorkspaceEdit; range?: Location["range"] }>("regime/testFromSample", {
      uri: this.uri,
      form: answer.form,
      unit: answer.unit,
      period: answer.period,
      values: this.pane.values(),
      title,
    });
    if (made?.edit && session.edit(made.edit)) {
      if (made.range) {
        // The new test is shown, so that the author can sharpen what it expects.
        session.screen.go({ uri: this.uri, range: made.range }, false);
      }
      session.screen.runTests();
    }
  }
}
