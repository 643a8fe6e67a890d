// Moving and pasting in the grid: arrows, Enter and Tab go from entered cell to entered cell, over computed and closed ones.

import type { Sheet } from "./sheet.js";

/** Position of a cell in the grid of leaf columns: every body row has one cell a column, so the index of the cell is its column. */
type Grid = HTMLTableRowElement[];

function bodyRows(sheet: Sheet): Grid {
  return sheet.table ? [...sheet.table.querySelectorAll<HTMLTableRowElement>("tbody tr[data-row]")] : [];
}

function inputIn(row: HTMLTableRowElement | undefined, index: number): HTMLInputElement | null {
  const input = row?.cells[index]?.querySelector<HTMLInputElement>("input.cell-input") ?? null;
  return input && !input.disabled && !input.readOnly ? input : null;
}

function step(grid: Grid, from: HTMLInputElement, down: number, across: number): HTMLInputElement | null {
  const cell = from.closest("td");
  const row = cell?.closest("tr");
  if (!cell || !row) {
    return null;
  }
  let y = grid.indexOf(row);
  let x = cell.cellIndex;
  for (;;) {
    y += down;
    x += across;
    const at = grid[y];
    if (!at || x < 0 || x >= at.cells.length) {
      return null;
    }
    const input = inputIn(at, x);
    if (input) {
      return input;
    }
  }
}

function atStart(input: HTMLInputElement): boolean {
  return input.selectionEnd === 0 || allSelected(input);
}

function atEnd(input: HTMLInputElement): boolean {
  return input.selectionStart === input.value.length || allSelected(input);
}

function allSelected(input: HTMLInputElement): boolean {
  return input.selectionStart === 0 && input.selectionEnd === input.value.length;
}

export class Movement {
  /** Where a run of Tabs began; Enter goes back below it. */
  private runStart: HTMLInputElement | null = null;

  constructor(private readonly sheet: Sheet) {}

  /** Handles a key in an entered cell; true when the key is used up. */
  key(event: KeyboardEvent, input: HTMLInputElement): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
      return false;
    }
    const grid = bodyRows(this.sheet);
    const go = (down: number, across: number): boolean => {
      this.runStart = null;
      return this.focus(step(grid, input, down, across));
    };
    switch (event.key) {
      case "ArrowDown":
        return go(1, 0);
      case "ArrowUp":
        return go(-1, 0);
      case "ArrowRight":
        return !event.shiftKey && atEnd(input) ? go(0, 1) : false;
      case "ArrowLeft":
        return !event.shiftKey && atStart(input) ? go(0, -1) : false;
      case "Enter": {
        const from = event.shiftKey ? input : (this.runStart ?? input);
        this.runStart = null;
        this.focus(step(grid, from, event.shiftKey ? -1 : 1, 0));
        // Enter never posts the form from a cell: half a report is no report.
        return true;
      }
      case "Tab":
        if (event.shiftKey) {
          // Backwards the browser's own order holds, which also visits the buttons of the rows.
          this.runStart = null;
          return false;
        }
        this.runStart ??= input;
        return this.next(input);
      case "Escape":
        input.value = this.sheet.takenText(input.name);
        input.select();
        input.dispatchEvent(new Event("input", { bubbles: true }));
        return true;
      default:
        return false;
    }
  }

  /** Tab goes on from an explanation as from a cell. */
  leaveExplanation(event: KeyboardEvent): boolean {
    const from = event.target;
    return event.key === "Tab" && !event.shiftKey && from instanceof HTMLTextAreaElement && this.sheet.table?.contains(from) === true && this.next(from);
  }

  /** Forward from field to field in reading order, explanations included, over the buttons of the rows; out of the grid after the last. */
  private next(from: HTMLElement): boolean {
    const fields = [...(this.sheet.table?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input.cell-input, textarea") ?? [])];
    const following = fields.slice(fields.findIndex((field) => field === from) + 1).find((field) => !field.disabled);
    if (!following) {
      return false;
    }
    following.focus();
    following.select();
    return true;
  }

  private focus(input: HTMLInputElement | null): boolean {
    if (!input) {
      return false;
    }
    input.focus();
    input.select();
    return true;
  }

  /** Writes a block of tab-separated text from this cell on; each cell as if it had been typed. Null when the text is a single value. */
  paste(text: string, input: HTMLInputElement): { taken: number; skipped: number } | null {
    const block = text
      .replace(/\r\n?/g, "\n")
      .replace(/\n$/, "")
      .split("\n")
      .map((line) => line.split("\t"));
    if (block.length === 1 && block[0]?.length === 1) {
      return null;
    }
    const grid = bodyRows(this.sheet);
    const cell = input.closest("td");
    const row = cell?.closest("tr");
    if (!cell || !row) {
      return null;
    }
    const top = grid.indexOf(row);
    let taken = 0;
    let skipped = 0;
    block.forEach((line, down) => {
      line.forEach((value, across) => {
        const target = inputIn(grid[top + down], cell.cellIndex + across);
        if (target) {
          target.value = value.trim().normalize("NFC");
          target.dispatchEvent(new Event("input", { bubbles: true }));
          taken += 1;
        } else {
          skipped += 1;
        }
      });
    });
    return { taken, skipped };
  }
}
