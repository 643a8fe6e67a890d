// One small way to make elements. It knows attributes and children, nothing else.

export type Child = Node | string | null | false;

type Attributes = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

/** An element with attributes, listeners (`onclick: …`) and children; attributes that are false are left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      made.addEventListener(key.slice(2), value);
    } else if (value !== false) {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== false));
  return made;
}

/** A real button that does something here and now. */
export function button(text: string, press: () => void, more: Attributes = {}): HTMLButtonElement {
  return element("button", { type: "button", onclick: () => press(), ...more }, text);
}
