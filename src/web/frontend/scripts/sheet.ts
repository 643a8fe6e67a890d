// The form as it stands in the page: its cells, what was typed and what the server has taken.

import type { CellAnswer, ChangedCell } from "./answer.js";

/** An entered cell: its input and where it stands. */
export interface Entry {
  input: HTMLInputElement;
  cell: HTMLTableCellElement;
  row: string;
  column: string;
}

export class Sheet {
  readonly form: HTMLFormElement;
  readonly table: HTMLTableElement | null;
  /** What the server holds, by field name; a field that differs is still to be sent. */
  private readonly taken = new Map<string, string>();
  /** What the server could not take, by field name: it stays in its cell, is sent along to be named again, but calls for no request of its own. */
  private readonly refused = new Map<string, string>();
  /** How the server writes a figure that was being typed in when its answer came; shown when the cell is left. */
  private readonly waiting = new Map<string, string>();

  constructor(form: HTMLFormElement) {
    this.form = form;
    this.table = form.querySelector<HTMLTableElement>("table.grid");
    for (const field of this.fields()) {
      this.taken.set(field.name, field.value);
    }
  }

  /** Entered cells, explanations and narratives. */
  fields(): (HTMLInputElement | HTMLTextAreaElement)[] {
    return [...this.form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input.cell-input, textarea[name^='giai_trinh.'], textarea[name^='noi_dung.']")];
  }

  entry(element: Element | null): Entry | null {
    if (!(element instanceof HTMLInputElement) || !element.classList.contains("cell-input")) {
      return null;
    }
    const cell = element.closest<HTMLTableCellElement>("td.cell");
    const row = element.closest<HTMLTableRowElement>("tr")?.dataset["row"];
    const column = cell?.dataset["column"];
    return cell && row !== undefined && column !== undefined ? { input: element, cell, row, column } : null;
  }

  cellAt(row: string | null, column: string | null): HTMLTableCellElement | null {
    return document.getElementById(`o-${row ?? ""}-${column ?? ""}`) as HTMLTableCellElement | null;
  }

  /** Fields whose text the server does not have yet. */
  changed(): Map<string, string> {
    const changed = new Map<string, string>();
    for (const field of this.fields()) {
      if (this.isChanged(field)) {
        changed.set(field.name, field.value);
      }
    }
    return changed;
  }

  /** Whether something was typed that the server has not answered yet. */
  hasNews(): boolean {
    return this.fields().some((field) => this.isChanged(field) && this.refused.get(field.name) !== field.value);
  }

  isChanged(field: HTMLInputElement | HTMLTextAreaElement): boolean {
    return field.value !== this.takenText(field.name);
  }

  /** The changed fields in the words of the request. */
  request(changed: Map<string, string>): { cells: ChangedCell[]; explanations: Record<string, string>; narratives: Record<string, string> } {
    const cells: ChangedCell[] = [];
    const explanations: Record<string, string> = {};
    const narratives: Record<string, string> = {};
    for (const [name, typed] of changed) {
      if (name.startsWith("giai_trinh.")) {
        explanations[name.slice("giai_trinh.".length)] = typed;
        continue;
      }
      if (name.startsWith("noi_dung.")) {
        narratives[name.slice("noi_dung.".length)] = typed;
        continue;
      }
      const entry = this.entry(this.form.elements.namedItem(name) as Element | null);
      if (entry) {
        cells.push({ row: entry.row, column: entry.column, typed });
      }
    }
    return { cells, explanations, narratives };
  }

  /** Notes what the server has taken of what was sent, and what it refused. */
  take(changed: Map<string, string>, answers: readonly CellAnswer[] = []): void {
    const refused = new Set(answers.filter((answer) => answer.refused !== null).map((answer) => `${answer.row}\n${answer.column}`));
    for (const [name, typed] of changed) {
      const entry = this.entry(this.form.elements.namedItem(name) as Element | null);
      if (entry && refused.has(`${entry.row}\n${entry.column}`)) {
        this.refused.set(name, typed);
      } else {
        this.taken.set(name, typed);
        this.refused.delete(name);
      }
    }
    for (const cell of this.form.querySelectorAll<HTMLElement>("td.cell.changed")) {
      const input = cell.querySelector<HTMLInputElement>("input.cell-input");
      cell.classList.toggle("changed", input !== null && this.isChanged(input));
    }
  }

  /** The text the server has for a field: what Esc goes back to. */
  takenText(name: string): string {
    return this.taken.get(name) ?? "";
  }

  /** Shows what the server made of the cells. A cell someone is typing in, or has changed since, keeps its text. */
  show(answers: readonly CellAnswer[]): void {
    for (const answer of answers) {
      const cell = this.cellAt(answer.row, answer.column);
      if (!cell) {
        continue;
      }
      cell.dataset["state"] = answer.state;
      const input = cell.querySelector<HTMLInputElement>("input.cell-input");
      if (input) {
        const untouched = input.value === this.takenText(input.name);
        if (untouched && answer.refused === null) {
          this.waiting.set(input.name, answer.display);
          if (input !== document.activeElement) {
            this.settle(input);
          }
        }
        continue;
      }
      const output = cell.querySelector("output") ?? cell;
      if (output.textContent !== answer.display) {
        output.textContent = answer.display;
      }
      if (answer.reason === null) {
        cell.removeAttribute("title");
      } else {
        cell.title = answer.reason;
      }
    }
  }

  /** Shows the generated sentences of the outline, which stand in the page in the order of the answer. */
  tell(sentences: readonly string[]): void {
    for (const [position, place] of [...this.form.querySelectorAll<HTMLElement>("[data-sentence]")].entries()) {
      place.textContent = sentences[position] ?? place.textContent;
    }
  }

  /** Shows a figure as the server writes it, unless it has been changed since. */
  settle(input: HTMLInputElement): void {
    const display = this.waiting.get(input.name);
    if (display !== undefined && input.value === this.takenText(input.name)) {
      input.value = display;
      this.taken.set(input.name, display);
    }
    this.waiting.delete(input.name);
  }
}
