// What the extension and the page of its preview tell each other. Both ends are ours; neither trusts the HTML in between.
import { type PreviewAnswer } from "./protocol.js";

export type ToPreview =
  | { readonly kind: "show"; readonly answer: PreviewAnswer }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "mark"; readonly address: string | null }
  /** What was typed belongs to another form now. */
  | { readonly kind: "forget" };

export type FromPreview =
  | { readonly kind: "ready" }
  | { readonly kind: "go"; readonly address: string; readonly leave: boolean }
  | { readonly kind: "typed"; readonly values: Record<string, string> }
  | { readonly kind: "choose"; readonly what: "form" | "unit" | "period"; readonly name: string }
  | { readonly kind: "save"; readonly values: Record<string, string> };
