// First colours, before the server answers: a reader of single lines made from the table of keywords that the compiler reads. The server's semantic tokens refine them.
// It knows spellings and signs, nothing of meaning; a word it does not know is a name.

import { HighlightStyle, indentService, LanguageSupport, StreamLanguage, type StringStream, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";
import table from "../../../../grammar/keywords.csv";

interface Keyword {
  readonly words: readonly string[];
  readonly kind: string;
}

const KINDS: Readonly<Record<string, string>> = { Declarations: "definitionKeyword", "Functions and selectors": "function", Values: "atom" };
const WORD = /^[\p{L}_][\p{L}\p{M}\p{N}_]*/u;
const PART = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*/u;

/** All spellings by their first word, the longest first. */
const keywords = new Map<string, Keyword[]>();
for (const row of table.split(/\r?\n/).slice(1)) {
  const [, english, vietnamese, section] = /^\w+,([^,]+),([^,]+),"([^"]+)"/.exec(row) ?? [];
  for (const spelling of [english, vietnamese]) {
    // `x` is the value of a closed cell, and a name everywhere else: it is left to the server.
    if (spelling && section && PART.test(spelling) && spelling !== "x") {
      const words = spelling.normalize("NFC").split(" ");
      const first = words[0] ?? "";
      keywords.set(first, [...(keywords.get(first) ?? []), { words, kind: KINDS[section] ?? "keyword" }]);
    }
  }
}
for (const list of keywords.values()) {
  list.sort((a, b) => b.words.length - a.words.length);
}

interface State {
  /** Whether the text that begins next holds formulas between braces. */
  template: boolean;
  /** Inside a text: what ends it. */
  text: '"' | "”" | null;
  /** Inside a formula of a template. */
  formula: boolean;
}

/** The keyword that stands here, with any run of spaces between its words; a function only before its parenthesis. */
function keyword(stream: StringStream): { length: number; kind: string; words: readonly string[] } | null {
  const rest = stream.string.slice(stream.pos);
  const first = (PART.exec(rest)?.[0] ?? "").normalize("NFC");
  let plain: { length: number; kind: string; words: readonly string[] } | null = null;
  for (const { words, kind } of keywords.get(first) ?? []) {
    let at = 0;
    const fits = words.every((word, place) => {
      const space = place === 0 ? 0 : (/^[ \t\u00A0]+/.exec(rest.slice(at))?.[0].length ?? -1);
      const found = space < 0 ? "" : (PART.exec(rest.slice(at + space))?.[0] ?? "");
      at += space + found.length;
      return found.normalize("NFC") === word;
    });
    if (fits && (kind !== "function" || /^[ \t\u00A0]*\(/.test(rest.slice(at)))) {
      if (plain === null || at > plain.length || (at === plain.length && kind === "function")) {
        plain = { length: at, kind, words };
      }
    }
  }
  return plain;
}

const TEMPLATED = ["message", "sentence", "thông báo", "câu mẫu"];

function token(stream: StringStream, state: State): string | null {
  if (stream.sol()) {
    // A text ends with its line: that is how the compiler recovers, too.
    state.text = null;
    state.formula = false;
    state.template = false;
  }
  if (state.text !== null && !state.formula) {
    if (state.template && stream.match(/^(?:\{\{|\}\})/)) {
      return "escape";
    }
    if (state.template && stream.eat("{")) {
      state.formula = true;
      return "brace";
    }
    if (stream.eat(state.text)) {
      state.text = null;
      state.template = false;
      return "string";
    }
    if (!stream.match(state.template ? /^[^"{}]+/ : state.text === '"' ? /^[^"]+/ : /^[^“”"]+/)) {
      stream.next();
    }
    return "string";
  }
  if (state.formula && stream.eat("}")) {
    state.formula = false;
    return "brace";
  }
  if (stream.eatSpace() || stream.match(/^[\u00A0\uFEFF]+/)) {
    return null;
  }
  if (stream.match("//")) {
    stream.skipToEnd();
    return "comment";
  }
  if (stream.eat('"')) {
    state.text = '"';
    return "string";
  }
  if (stream.match(/^[“”„]/)) {
    state.text = "”";
    return "string";
  }
  const found = keyword(stream);
  if (found) {
    stream.pos += found.length;
    if (TEMPLATED.includes(found.words.join(" "))) {
      state.template = /^[ \t\u00A0]*"/.test(stream.string.slice(stream.pos));
    }
    return found.kind;
  }
  if (stream.match(/^\d{1,2}\/(?:\d{1,2}\/)?\d{4}|^\d{1,2}\/\d{1,2}(?!\d)|^\d{1,2}:\d{2}|^\d{4}-\d{4}/)) {
    return "literal";
  }
  if (stream.match(/^\d[\d_]*(?:[.,]\d+)?%?[A-Za-zđĐ]*/)) {
    return "number";
  }
  if (stream.match(WORD)) {
    return "variableName";
  }
  if (stream.match(/^(?:->|→|<=|>=|<>|!=|==|\.\.|[-+*/×=<>≤≥≠])/)) {
    return "operator";
  }
  if (stream.match(/^[{}]/)) {
    return "brace";
  }
  if (stream.match(/^[[\]()]/)) {
    return "squareBracket";
  }
  stream.next();
  return "punctuation";
}

const regime = StreamLanguage.define<State>({
  name: "regime",
  startState: () => ({ template: false, text: null, formula: false }),
  copyState: (state) => ({ ...state }),
  token,
  languageData: {
    commentTokens: { line: "//" },
    closeBrackets: { brackets: ["{", "[", "(", '"'] },
    indentOnInput: /^\s*\}$/,
    wordChars: "_",
  },
  tokenTable: {
    definitionKeyword: tags.definitionKeyword,
    keyword: tags.keyword,
    function: tags.function(tags.variableName),
    atom: tags.atom,
    literal: tags.literal,
    escape: tags.escape,
  },
});

/** One step deeper after a line that leaves a brace open; a closing brace stands with the line that opened it. */
const indent = indentService.of((context, at) => {
  const here = context.lineAt(at, 1);
  let number = context.state.doc.lineAt(at).number - (context.simulatedBreak === null ? 1 : 0);
  let before = context.simulatedBreak === null ? "" : context.lineAt(at, -1).text;
  let from = context.simulatedBreak === null ? 0 : context.lineAt(at, -1).from;
  while (before.trim() === "" && number >= 1) {
    const line = context.state.doc.line(number);
    before = line.text;
    from = line.from;
    number -= 1;
  }
  if (before.trim() === "") {
    return 0;
  }
  const plain = before.replace(/"[^"]*"?/g, "").replace(/\/\/.*$/, "");
  const depth = context.lineIndent(from) + ((plain.match(/\{/g)?.length ?? 0) > (plain.replace(/^\s*\}/, "").match(/\}/g)?.length ?? 0) ? context.unit : 0);
  return Math.max(0, /^\s*\}/.test(here.text.slice(Math.max(0, at - here.from))) ? depth - context.unit : depth);
});

const style = HighlightStyle.define([
  { tag: tags.definitionKeyword, class: "t-declaration" },
  { tag: tags.keyword, class: "t-keyword" },
  { tag: tags.function(tags.variableName), class: "t-function" },
  { tag: tags.atom, class: "t-value" },
  { tag: [tags.literal, tags.number], class: "t-number" },
  { tag: tags.string, class: "t-string" },
  { tag: tags.escape, class: "t-escape" },
  { tag: tags.comment, class: "t-comment" },
  { tag: tags.operator, class: "t-operator" },
]);

export function regimeLanguage(): LanguageSupport {
  return new LanguageSupport(regime, [syntaxHighlighting(style), indent]);
}
