// Makes the form page live. Without this script the same page works as a plain form; nothing here knows a rule of a regime.

import { showFindings } from "./findings.js";
import { Movement } from "./movement.js";
import { Saver } from "./saver.js";
import { Sheet } from "./sheet.js";
import { words } from "./words.js";

/** Goes to a cell from a link of the error summary, of a figure's page, or of a remark. */
function goToCell(id: string): boolean {
  const cell = document.getElementById(id);
  if (!cell?.matches("td.cell")) {
    return false;
  }
  const input = cell.querySelector<HTMLInputElement>("input.cell-input");
  if (input) {
    input.focus();
    input.select();
  } else {
    cell.tabIndex = -1;
    cell.focus();
  }
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

function idOf(address: string): string {
  return decodeURIComponent(new URL(address, location.href).hash.slice(1));
}

/** Tells the styles how tall the sticky head really is, so that a focused cell is never hidden under it. */
function measureGrid(scroll: HTMLElement): void {
  const head = scroll.querySelector("thead");
  const stub = scroll.querySelector("tbody th[scope='row']");
  if (!head) {
    return;
  }
  const measure = (): void => {
    scroll.style.setProperty("--grid-head-height", `${head.offsetHeight}px`);
    if (stub instanceof HTMLElement) {
      scroll.style.setProperty("--grid-stub-width", `${stub.offsetLeft + stub.offsetWidth}px`);
    }
  };
  new ResizeObserver(measure).observe(head);
  measure();
}

function startReport(form: HTMLFormElement): void {
  const sheet = new Sheet(form);
  const movement = new Movement(sheet);
  let lastAnnounced = "";
  const saver = new Saver(sheet, document.querySelector("[data-save-state]"), document.querySelector("[data-live]"), (answer) => {
    sheet.show(answer.cells);
    sheet.tell(answer.sentences);
    showFindings(sheet, answer.findings, answer.counts);
    const announced = words.announce(answer.counts.errors, answer.counts.explain);
    if (announced !== lastAnnounced) {
      lastAnnounced = announced;
      saver.announce(announced);
    }
  });

  form.addEventListener("keydown", (event) => {
    const entry = sheet.entry(event.target as Element);
    const used = entry ? movement.key(event, entry.input) : movement.leaveExplanation(event);
    if (used) {
      event.preventDefault();
    }
  });
  form.addEventListener("input", (event) => {
    const entry = sheet.entry(event.target as Element);
    entry?.cell.classList.toggle("changed", sheet.isChanged(entry.input));
    saver.later();
  });
  form.addEventListener("focusout", (event) => {
    const left = sheet.entry(event.target as Element);
    if (left) {
      sheet.settle(left.input);
    }
    if (sheet.hasNews()) {
      saver.later(0);
    }
  });
  form.addEventListener("paste", (event) => {
    const entry = sheet.entry(event.target as Element);
    const result = entry && movement.paste(event.clipboardData?.getData("text/plain") ?? "", entry.input);
    if (result) {
      event.preventDefault();
      saver.announce(words.pasted(result.taken, result.skipped));
    }
  });
  window.addEventListener("pagehide", () => saver.leave());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      saver.leave();
    }
  });
  window.addEventListener("online", () => saver.later(0));
  // A page taken from the browser's memory would show figures of before.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      location.reload();
    }
  });

  // The buttons stay plain form posts; they only wait for the request under way, so that the two do not cross.
  form.addEventListener("submit", (event) => {
    if (saver.busy) {
      event.preventDefault();
      const submitter = event.submitter;
      void saver.settle().then(() => form.requestSubmit(submitter));
    } else {
      void saver.settle();
    }
  });
}

for (const scroll of document.querySelectorAll<HTMLElement>(".grid-scroll")) {
  measureGrid(scroll);
}
const report = document.querySelector<HTMLFormElement>("form[data-report][data-api]");
if (report) {
  startReport(report);
}
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href*='#o-']") : null;
  if (link && link.pathname === location.pathname && link.search === location.search && goToCell(idOf(link.href))) {
    event.preventDefault();
    history.replaceState(null, "", link.href);
  }
});
const summary = document.querySelector<HTMLElement>("[data-findings]:not([hidden])");
if (location.hash === "#loi") {
  summary?.focus();
} else if (location.hash.startsWith("#o-")) {
  goToCell(idOf(location.href));
}
