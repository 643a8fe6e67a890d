// The preview of a form: HTML from the language server, shown and patched in place, so that what a person types, the focus and the scroll stay. Used by the studio and by the webview of the editor extension.
// It knows cells by their `data-address` only. Anything in the HTML that could run is dropped before it is shown, because drafts are other people's text.

export interface PreviewEvents {
  /** A cell was chosen: its source is wanted. `leave` is false while the person is typing in the cell. */
  go(address: string, leave: boolean): void;
  /** Something was typed; all values typed so far, by address. */
  typed(values: Record<string, string>): void;
}

const DROPPED = "script, template, style, link, meta, base, iframe, frame, object, embed, form";
const ADDRESSES = ["href", "src", "action", "formaction", "xlink:href"];

/** The content of some HTML without anything that could run or reach out. */
export function harmless(html: string): DocumentFragment {
  // What stands in a template is inert: nothing in it is loaded or run while it is looked through.
  const template = document.createElement("template");
  template.innerHTML = html;
  const { content } = template;
  for (const element of content.querySelectorAll(DROPPED)) {
    element.replaceWith(...(element.localName === "form" ? element.childNodes : []));
  }
  for (const element of content.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith("on") || name === "style" || (ADDRESSES.includes(name) && !/^(?:#|\/(?!\/)|data:image\/)/.test(value))) {
        element.removeAttribute(name);
      }
    }
  }
  return content;
}

function alike(old: Node, fresh: Node): boolean {
  return (
    old.nodeType === fresh.nodeType &&
    old.nodeName === fresh.nodeName &&
    (!(old instanceof Element) || old.getAttribute("data-address") === (fresh as Element).getAttribute("data-address"))
  );
}

/** Makes `old` like `fresh` and leaves alone what is already so. */
function patch(old: Node, fresh: Node): void {
  if (old instanceof Element && fresh instanceof Element) {
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name)) {
        old.removeAttribute(name);
      }
    }
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value) {
        old.setAttribute(name, value);
      }
    }
    // What a person is typing is theirs; every other field shows what the server read.
    if (old instanceof HTMLInputElement && fresh instanceof HTMLInputElement && (old.getRootNode() as Document | ShadowRoot).activeElement !== old) {
      if (old.type === "checkbox") {
        old.checked = fresh.checked;
      } else {
        old.value = fresh.value;
      }
    }
  } else if (old.nodeValue !== fresh.nodeValue) {
    old.nodeValue = fresh.nodeValue;
  }
  patchChildren(old, fresh);
}

function patchChildren(old: Node, fresh: Node): void {
  let here = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    if (here && alike(here, wanted)) {
      patch(here, wanted);
      here = here.nextSibling;
    } else {
      old.insertBefore(document.importNode(wanted, true), here);
    }
  }
  while (here) {
    const next: ChildNode | null = here.nextSibling;
    here.remove();
    here = next;
  }
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function isField(element: Element | null): element is Field {
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;
}

export class PreviewPane {
  private readonly typed = new Map<string, string>();
  private marked: string | null = null;
  /** Nothing on the page counts as said until the server has made it anew. */
  private isFresh = true;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly box: HTMLElement,
    private readonly events: PreviewEvents,
    private readonly delay = 300,
  ) {
    box.addEventListener("input", (event) => {
      const field = event.target as Element | null;
      const address = this.addressOf(field);
      if (isField(field) && address !== null && field.closest(".preview-rows") === null) {
        this.typed.set(address, field instanceof HTMLInputElement && field.type === "checkbox" ? (field.checked ? "true" : "") : field.value);
        this.later(this.delay);
      } else if (isField(field) && field.hasAttribute("data-given")) {
        this.later(this.delay);
      }
    });
    box.addEventListener("focusin", (event) => {
      const field = event.target as Element | null;
      const address = this.addressOf(field);
      if (isField(field) && address !== null) {
        this.events.go(address, false);
      }
    });
    box.addEventListener("click", (event) => {
      const target = event.target as Element | null;
      if (this.rows(target?.closest("button") ?? null)) {
        event.preventDefault();
        return;
      }
      const address = this.addressOf(target);
      if (address !== null && !target?.closest("input, select, textarea, a, button")) {
        this.events.go(address, true);
      }
    });
    box.addEventListener("submit", (event) => event.preventDefault());
  }

  /** What was typed, by address; empty fields that were emptied are there as empty text. What is said of an event is there whole: it is all made up. */
  values(): Record<string, string> {
    const given = this.isFresh ? [] : [...this.box.querySelectorAll("[data-given]")].filter(isField).map((field): [string, string] => [field.getAttribute("data-given") ?? "", field.value]);
    return Object.fromEntries([...this.typed, ...given]);
  }

  /** Whether a person has typed a figure. */
  get touched(): boolean {
    return this.typed.size > 0;
  }

  private later(pause: number): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.events.typed(this.values()), pause);
  }

  /** Puts a row in or takes one out where a button says so: rows go by their address, with a sign for their value. */
  private rows(pressed: HTMLButtonElement | null): boolean {
    if (pressed?.hasAttribute("data-add-row")) {
      const chosen = pressed.closest(".preview-rows")?.querySelector("select")?.value;
      const row = pressed.getAttribute("data-add-row") || chosen;
      if (row) {
        this.typed.set(row, "+");
        this.later(0);
      }
      return true;
    }
    if (pressed?.name === "action" && pressed.value.startsWith("remove-row:")) {
      const row = this.addressOf(pressed);
      if (row !== null) {
        const cells = row.replace(/ ?\]$/, "");
        for (const address of this.typed.keys()) {
          if (address.startsWith(cells)) {
            this.typed.delete(address);
          }
        }
        this.typed.set(row, "-");
        this.later(0);
      }
      return true;
    }
    return false;
  }

  /** Forgets what was typed, and with `given` also what was said of an event; the next HTML of the server shows the empty form. */
  clear(given = false): void {
    clearTimeout(this.waiting);
    this.typed.clear();
    this.isFresh ||= given;
  }

  show(html: string): void {
    this.isFresh = false;
    patchChildren(this.box, harmless(html));
    this.mark(this.marked, false);
  }

  /** Outlines the cell that the caret in the text belongs to. */
  mark(address: string | null, scroll = true): void {
    this.marked = address;
    for (const cell of this.box.querySelectorAll(".at-caret")) {
      cell.classList.remove("at-caret");
    }
    const cell = address === null ? null : this.box.querySelector(`[data-address="${CSS.escape(address)}"]`);
    const shown = cell?.closest("td, th") ?? cell;
    shown?.classList.add("at-caret");
    if (scroll && !this.box.contains((this.box.getRootNode() as Document | ShadowRoot).activeElement)) {
      shown?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  private addressOf(element: Element | null): string | null {
    return element?.closest("[data-address]")?.getAttribute("data-address") ?? null;
  }
}
