// The text editor: CodeMirror with its client of the language server and what that client lacks. It lives in a shadow root, because the policy of the pages allows no inline styles in the document, and styles of a shadow root are objects.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { findReferencesKeymap, formatKeymap, hoverTooltips, jumpToDefinitionKeymap, type LSPClient, renameKeymap, serverCompletion, signatureHelp } from "@codemirror/lsp-client";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { crosshairCursor, drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, rectangularSelection } from "@codemirror/view";
import { isTable } from "./documents.js";
import { regimeLanguage } from "./language.js";
import { foldsChanged } from "./outline.js";
import { words } from "./words.js";
import { wrapping } from "./wrapping.js";

/** Drawn, because many computers have no font with such signs. */
const BULB =
  'url(\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 16"><path d="M6 0a5.500 5.500 0 0 0-3.200 10c.700.500 1 1 1.200 2h4c.200-1 .500-1.500 1.200-2A5.500 5.500 0 0 0 6 0ZM4 13h4v1.200c0 .900-.900 1.800-2 1.800s-2-.900-2-1.800Z"/></svg>\')';

const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: "0.9375rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: '"Noto Sans Mono", "DejaVu Sans Mono", Consolas, monospace', lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--info-tint)" },
  ".cm-gutters": { backgroundColor: "var(--canvas)", color: "var(--ink-muted)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--primary-tint) 40%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--primary-tint)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--primary-tint)", outline: "1px solid var(--line-strong)" },
  ".cm-tooltip": {
    maxWidth: "38rem",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    boxShadow: "var(--shadow)",
    fontFamily: '"Noto Sans", "Segoe UI", sans-serif',
    fontSize: "0.875rem",
    lineHeight: "1.5",
  },
  ".cm-tooltip-hover": { padding: "0.25rem 0.5rem", maxHeight: "20rem", overflow: "auto" },
  ".cm-tooltip code, .cm-tooltip pre": { fontFamily: '"Noto Sans Mono", "DejaVu Sans Mono", Consolas, monospace', whiteSpace: "pre-wrap" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--primary)", color: "var(--on-primary)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.125rem 0.5rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: '"Noto Sans Mono", "DejaVu Sans Mono", Consolas, monospace' },
  ".cm-completionDetail": { color: "inherit", opacity: "0.8" },
  ".cm-panels": { backgroundColor: "var(--canvas)", color: "var(--ink)" },
  ".cm-panels button, .cm-panels input, .cm-diagnosticAction, .action-menu button": {
    font: "inherit",
    fontSize: "0.875rem",
    color: "var(--ink)",
    backgroundColor: "var(--paper)",
    backgroundImage: "none",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius)",
    padding: "0.125rem 0.5rem",
  },
  ".cm-diagnosticAction": { color: "var(--primary)", borderColor: "var(--primary)", cursor: "pointer" },
  ".action-menu": { display: "flex", flexDirection: "column", minWidth: "16rem", padding: "0.25rem" },
  ".action-menu p": { margin: "0.25rem 0.5rem" },
  ".action-menu button": { border: "none", padding: "0.25rem 0.5rem", textAlign: "start", cursor: "pointer" },
  ".action-menu button:hover, .action-menu button:focus": { backgroundColor: "var(--primary)", color: "var(--on-primary)", outline: "none" },
  ".g-bulbs": { width: "1.1em" },
  ".g-bulb": { display: "inline-block", width: "0.8em", height: "1em", verticalAlign: "-0.1em", cursor: "pointer", backgroundColor: "var(--warn)", mask: `${BULB} center / contain no-repeat` },
  ".problem-text": { whiteSpace: "pre-wrap" },
  ".w-hint": { padding: "0 0.25em", borderRadius: "3px", color: "var(--ink-muted)", backgroundColor: "var(--canvas)", fontSize: "0.85em" },
  ".w-hint.before, .w-hint.before.after": { marginInlineStart: "0.5em" },
  ".w-hint.after": { marginInlineEnd: "0.5em" },
  ".w-lens": { paddingInlineStart: "6px", color: "var(--ink-muted)", fontSize: "0.8125em", whiteSpace: "pre", fontFamily: '"Noto Sans", "Segoe UI", sans-serif' },
  ".w-lens > [aria-hidden]": { fontFamily: '"Noto Sans Mono", "DejaVu Sans Mono", Consolas, monospace', fontSize: "1.23em" },
  ".w-lens button": { border: "none", padding: "0", background: "none", font: "inherit", color: "var(--primary)", textDecoration: "underline", textDecorationThickness: "1px", cursor: "pointer" },
  ".m-same": { backgroundColor: "var(--primary-tint)", boxShadow: "0 0 0 1px var(--line-strong)" },
  ".m-declared": { backgroundColor: "var(--warn-tint)" },
  ".m-unused": { opacity: "0.65" },
  ".m-old": { textDecoration: "line-through" },
  ".t-declaration": { color: "var(--primary)", fontWeight: "600" },
  ".t-keyword": { color: "var(--primary)" },
  ".t-function, .s-function": { color: "var(--late)" },
  ".t-value, .s-enumMember": { color: "var(--late)" },
  ".t-number": { color: "var(--warn)" },
  ".t-string": { color: "var(--ok)" },
  ".t-escape": { color: "var(--late)" },
  ".t-comment": { color: "var(--ink-muted)", fontStyle: "italic" },
  ".t-operator": { color: "var(--ink-muted)" },
  ".s-type, .s-class, .s-namespace, .s-enum, .s-event": { color: "var(--warn)" },
  ".s-m-declaration, .s-m-definition": { fontWeight: "600" },
  ".s-m-deprecated": { textDecoration: "line-through" },
  ".s-m-readonly": { fontStyle: "italic" },
});

export interface EditorParts {
  readonly client: LSPClient;
  readonly readOnly: boolean;
  readonly save: () => void;
  readonly more: Extension;
}

/** The state to show a file with. */
export function stateOf(text: string, uri: string, parts: EditorParts): EditorState {
  return EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(),
      lintGutter(),
      foldGutter({ foldingChanged: foldsChanged }),
      codeFolding(),
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of("  "),
      EditorState.tabSize.of(2),
      EditorState.phrases.of(words.phrases),
      EditorState.readOnly.of(parts.readOnly),
      EditorState.allowMultipleSelections.of(true),
      wrapping,
      EditorView.contentAttributes.of({ "aria-label": words.editor(decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1))), spellcheck: "false", autocapitalize: "off" }),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ icons: false }),
      rectangularSelection(),
      crosshairCursor(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      ...(isTable(uri) ? [] : [regimeLanguage()]),
      keymap.of([
        {
          key: "Mod-s",
          preventDefault: true,
          run: () => {
            parts.save();
            return true;
          },
        },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...findReferencesKeymap,
        ...formatKeymap,
        ...renameKeymap,
        ...jumpToDefinitionKeymap,
        ...lintKeymap,
        ...foldKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...defaultKeymap,
        // Tab indents, as authors expect; Escape and then Tab leaves the editor by keyboard.
        indentWithTab,
      ]),
      parts.client.plugin(uri, isTable(uri) ? "csv" : "regime"),
      serverCompletion(),
      hoverTooltips(),
      signatureHelp(),
      parts.more,
      theme,
    ],
  });
}

/** The editor in a shadow root of a box of the page. */
export function editorIn(box: HTMLElement, state: EditorState): EditorView {
  const root = box.attachShadow({ mode: "open" });
  const inside = document.createElement("div");
  inside.className = "inside";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".inside { height: 100%; } .link-button { border: none; padding: 0; background: none; font: inherit; color: var(--primary); text-decoration: underline; cursor: pointer; text-align: start; }");
  root.adoptedStyleSheets = [sheet];
  root.append(inside);
  return new EditorView({ state, parent: inside, root });
}
