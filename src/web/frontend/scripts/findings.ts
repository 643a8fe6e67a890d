// Shows findings at their cells, below their rows and in the error summary, without ever taking the focus from someone who is writing an explanation.

import type { CountsAnswer, FindingAnswer } from "./answer.js";
import type { Sheet } from "./sheet.js";
import { words } from "./words.js";

const MARKS = ["has-error", "has-explain", "has-warning", "has-undecided"];

export function showFindings(sheet: Sheet, findings: readonly FindingAnswer[], counts: CountsAnswer): void {
  markCells(sheet, findings);
  const failing = findings.filter((finding) => finding.verdict === "fails");
  showBelowRows(sheet, failing);
  showSummary(failing, counts);
}

function markOf(finding: FindingAnswer): string {
  return finding.verdict === "undecided" ? "has-undecided" : `has-${finding.severity}`;
}

function markCells(sheet: Sheet, findings: readonly FindingAnswer[]): void {
  const marks = new Map<HTMLElement, Set<string>>();
  const described = new Map<HTMLElement, string[]>();
  for (const finding of findings) {
    const cell = sheet.cellAt(finding.row, finding.column);
    if (!cell) {
      continue;
    }
    marks.set(cell, (marks.get(cell) ?? new Set()).add(markOf(finding)));
    if (finding.verdict === "fails") {
      described.set(cell, [...(described.get(cell) ?? []), `l-${finding.key}`]);
    }
  }
  for (const cell of sheet.form.querySelectorAll<HTMLElement>("td.cell")) {
    const wanted = marks.get(cell);
    for (const mark of MARKS) {
      cell.classList.toggle(mark, wanted?.has(mark) ?? false);
    }
    if (wanted?.has("has-undecided") && wanted.size === 1 && !cell.title) {
      cell.title = words.undecided;
    }
    const input = cell.querySelector("input.cell-input");
    const by = described.get(cell);
    if (input && by) {
      input.setAttribute("aria-invalid", String(wanted?.has("has-error") ?? false));
      input.setAttribute("aria-describedby", by.join(" "));
    } else if (input) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  }
}

function showBelowRows(sheet: Sheet, failing: readonly FindingAnswer[]): void {
  const byRow = new Map<HTMLTableRowElement, FindingAnswer[]>();
  for (const finding of failing) {
    const row = sheet.cellAt(finding.row, finding.column)?.closest("tr");
    if (row) {
      byRow.set(row, [...(byRow.get(row) ?? []), finding]);
    }
  }
  for (const row of sheet.form.querySelectorAll<HTMLTableRowElement>("table.grid tbody tr[data-row]")) {
    const wanted = byRow.get(row) ?? [];
    let below = row.nextElementSibling?.classList.contains("row-findings") ? (row.nextElementSibling as HTMLTableRowElement) : null;
    if (!below && wanted.length === 0) {
      continue;
    }
    below ??= newBelow(row);
    const list = below.querySelector("ul");
    if (!list) {
      continue;
    }
    const kept = new Set(wanted.map((finding) => `l-${finding.key}`));
    for (const item of [...list.children]) {
      const ours = item instanceof HTMLElement && item.dataset["severity"] !== undefined;
      if (ours && !kept.has(item.id) && !item.contains(document.activeElement)) {
        item.remove();
      }
    }
    for (const finding of wanted) {
      const known = document.getElementById(`l-${finding.key}`);
      if (known && list.contains(known)) {
        renew(known, finding);
      } else {
        list.append(newItem(sheet, finding));
      }
    }
    if (list.childElementCount === 0) {
      below.remove();
    }
  }
}

function newBelow(row: HTMLTableRowElement): HTMLTableRowElement {
  const below = document.createElement("tr");
  below.className = "row-findings";
  const cell = below.insertCell();
  cell.colSpan = row.cells.length;
  cell.append(document.createElement("ul"));
  row.after(below);
  return below;
}

function setMessage(item: HTMLElement, finding: FindingAnswer): void {
  const paragraph = item.querySelector("p") ?? item.insertBefore(document.createElement("p"), item.firstChild);
  const where = document.createElement("span");
  where.className = "finding-label";
  where.textContent = `${finding.strength}:`;
  const text = `${where.textContent} ${finding.message}`;
  if (paragraph.textContent?.trim() !== text) {
    paragraph.replaceChildren(where, ` ${finding.message}`);
  }
}

function renew(item: HTMLElement, finding: FindingAnswer): void {
  item.dataset["severity"] = finding.severity;
  item.dataset["verdict"] = finding.verdict;
  setMessage(item, finding);
}

function newItem(sheet: Sheet, finding: FindingAnswer): HTMLLIElement {
  const item = document.createElement("li");
  item.id = `l-${finding.key}`;
  renew(item, finding);
  if (finding.severity === "explain") {
    const caption = document.createElement("label");
    caption.htmlFor = `g-${finding.key}`;
    caption.textContent = words.explanation;
    const area = document.createElement("textarea");
    area.id = `g-${finding.key}`;
    area.name = `giai_trinh.${finding.key}`;
    area.rows = 2;
    area.value = finding.explanation ?? "";
    item.append(caption, area);
    sheet.take(new Map([[area.name, area.value]]));
  }
  return item;
}

function showSummary(failing: readonly FindingAnswer[], counts: CountsAnswer): void {
  const summary = document.querySelector<HTMLElement>("[data-findings]");
  const list = summary?.querySelector("ul");
  if (!summary || !list) {
    return;
  }
  const heading = summary.querySelector("h2");
  if (heading) {
    heading.textContent = words.summary(counts.errors, counts.explain);
  }
  const numbers = summary.querySelector("[data-counts]");
  if (numbers) {
    numbers.textContent = words.counts(counts.errors, counts.explain, counts.warnings, counts.undecided, counts.unanswered);
  }
  if (!list.contains(document.activeElement)) {
    list.replaceChildren(
      ...failing.map((finding) => {
        const item = document.createElement("li");
        item.dataset["severity"] = finding.severity;
        item.dataset["verdict"] = finding.verdict;
        const link = document.createElement("a");
        link.href = `#o-${finding.row ?? ""}-${finding.column ?? ""}`;
        link.textContent = finding.place ? `${finding.place}: ${finding.message}` : finding.message;
        item.append(link);
        return item;
      }),
    );
  }
  summary.hidden = failing.length === 0;
}
