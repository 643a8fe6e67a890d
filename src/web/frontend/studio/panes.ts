// Borders between panes that can be moved: by dragging, by arrow keys, by Home and End; Enter or a double click puts one back. Each is a separator with its value in per cent of the studio, remembered in this browser.
// Sizes are handed to the style sheet as custom properties; what a pane holds is not known here.

import { element } from "./element.js";
import { words } from "./words.js";

const KEPT = "regime-studio-panes";
const STEP = 2;

export interface Border {
  /** Also the name of the custom property: `--studio-left`. */
  readonly name: "left" | "right" | "below";
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

const BORDERS: readonly Border[] = [
  { name: "left", least: 8, most: 34, usual: 15 },
  { name: "right", least: 20, most: 64, usual: 41 },
  { name: "below", least: 8, most: 65, usual: 30 },
];

function remembered(): Record<string, number> {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Record<string, unknown>;
    return Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, number] => Number.isFinite(entry[1])));
  } catch {
    return {};
  }
}

/** Puts the borders into the studio; the pane that each one sizes is named by its identity `pane-…`. */
export function borders(box: HTMLElement): void {
  const sizes = remembered();
  for (const border of BORDERS) {
    const upright = border.name !== "below";
    const made = element("div", {
      class: `studio-border studio-border-${border.name}`,
      role: "separator",
      tabindex: "0",
      "aria-orientation": upright ? "vertical" : "horizontal",
      "aria-label": words.borders[border.name],
      title: words.borders[border.name],
      "aria-controls": `pane-${border.name}`,
      "aria-valuemin": String(border.least),
      "aria-valuemax": String(border.most),
    });
    const set = (wish: number): void => {
      const value = Math.round(Math.min(border.most, Math.max(border.least, wish)) * 10) / 10;
      sizes[border.name] = value;
      made.setAttribute("aria-valuenow", String(Math.round(value)));
      made.setAttribute("aria-valuetext", `${Math.round(value)} %`);
      box.style.setProperty(`--studio-${border.name}`, `${value}%`);
    };
    const keep = (): void => {
      try {
        localStorage.setItem(KEPT, JSON.stringify(sizes));
      } catch {
        // A browser that keeps nothing begins with the usual sizes the next time.
      }
    };
    const now = (): number => sizes[border.name] ?? border.usual;
    set(now());
    made.addEventListener("keydown", (event) => {
      // The pane of the left border lies before it, the others behind theirs.
      const more = border.name === "left" ? "ArrowRight" : border.name === "right" ? "ArrowLeft" : "ArrowUp";
      const less = border.name === "left" ? "ArrowLeft" : border.name === "right" ? "ArrowRight" : "ArrowDown";
      const wish = { [more]: now() + STEP, [less]: now() - STEP, Home: border.least, End: border.most, Enter: border.usual }[event.key];
      if (wish !== undefined) {
        event.preventDefault();
        set(wish);
        keep();
      }
    });
    made.addEventListener("dblclick", () => {
      set(border.usual);
      keep();
    });
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      made.focus();
      made.setPointerCapture(event.pointerId);
      const move = ({ clientX, clientY }: PointerEvent): void => {
        const { left, right, bottom, width, height } = box.getBoundingClientRect();
        const share = border.name === "left" ? (clientX - left) / width : border.name === "right" ? (right - clientX) / width : (bottom - clientY) / height;
        set(share * 100);
      };
      made.addEventListener("pointermove", move);
      made.addEventListener(
        "lostpointercapture",
        () => {
          made.removeEventListener("pointermove", move);
          keep();
        },
        { once: true },
      );
    });
    box.append(made);
  }
}
