// The TextMate grammar: first colours before the language server answers, in both spellings, made from the table of keywords.
// It knows the shape of words and lines, not the meaning of names; text it does not know stays without colour.

const LETTER = "\\p{L}\\p{M}\\p{N}_";
const BEFORE = `(?<![${LETTER}])`;
const AFTER = `(?![${LETTER}])`;
const SPACE = "[ \\t\\x{A0}]+";
const NAME = `[\\p{L}_][${LETTER}]*`;
const PRINTED = "(?:[0-9]+[A-Za-zđĐ]*|[A-ZĐ]{1,6})(?:\\.[0-9A-Za-zđĐ]+)*";
const START = "(?:^|(?<=[{};]))[ \\t\\x{A0}\\x{FEFF}]*";

const escape = (word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** Sections of the table whose words colour by what they are; every other word is a keyword. */
const SCOPES = {
  Declarations: "keyword.control.declaration.regime",
  "Functions and selectors": "support.function.regime",
  Values: "constant.language.regime",
};

/** Words that name the type or the nature of a figure. */
const TYPES = [
  "kw_count_type", "kw_integer", "kw_decimal", "kw_percent", "kw_text", "kw_date", "kw_yes_or_no", "kw_choice", "kw_file", "kw_reporter_type",
  "kw_flow", "kw_opening_nature", "kw_stock", "kw_since_year", "kw_since_event", "kw_since_start", "kw_period_average", "kw_average_by", "kw_index",
  "kw_score", "kw_not_over_time", "kw_estimate", "kw_preliminary", "kw_final",
];
const OPERATORS = ["kw_and", "kw_or", "kw_not", "kw_in", "kw_if", "kw_then", "kw_else"];
/** Selectors that stand without parentheses. */
const BARE = ["kw_where", "kw_distinct", "kw_total"];
/** Statements that name what they declare. */
const NAMED = [
  "kw_regime", "kw_form", "kw_list", "kw_catalog", "kw_item", "kw_level", "kw_tag", "kw_trait", "kw_agency", "kw_measure", "kw_calendar", "kw_indicator",
  "kw_target", "kw_period_kind", "kw_campaign", "kw_export", "kw_event",
];
/** Statements whose name follows a printed number, or is one. */
const NUMBERED = ["kw_column", "kw_row", "kw_field", "kw_group", "kw_section", "kw_narrative"];
const RULES = ["kw_balance", "kw_check", "kw_warn"];
const TEMPLATED = ["kw_message", "kw_sentence"];

/** The pattern of one spelling: any run of spaces between its words, nothing of a longer keyword after it. */
function word(spelling, all) {
  const written = (text) => text.split(" ").map(escape).join(SPACE);
  const longer = all.filter((other) => other.startsWith(`${spelling} `)).map((other) => written(other.slice(spelling.length + 1)));
  const rest = longer.length > 0 ? `(?!${SPACE}(?:${longer.join("|")})${AFTER})` : "";
  return written(spelling) + rest;
}

/** @param {import("./keywords.mjs").Keyword[]} keywords */
export function grammar(keywords) {
  const letters = (text) => /[\p{L}\p{N}]/u.test(text);
  const all = [...new Set(keywords.flatMap((row) => [row.english, row.vietnamese]))].filter(letters);
  const spellings = (rows) => {
    const words = [...new Set(rows.flatMap((row) => [row.english, row.vietnamese]))].filter(letters);
    words.sort((a, b) => b.split(" ").length - a.split(" ").length || b.length - a.length || (a < b ? -1 : 1));
    return `(?:${words.map((spelling) => word(spelling, all)).join("|")})`;
  };
  const named = (rules) => {
    const rows = keywords.filter((row) => rules.includes(row.rule));
    const missing = rules.filter((rule) => !rows.some((row) => row.rule === rule));
    if (missing.length > 0) {
      throw new Error(`no keyword is called ${missing.join(", ")}`);
    }
    return spellings(rows);
  };
  const whole = (pattern) => `${BEFORE}${pattern}${AFTER}`;

  const functions = keywords.filter((row) => row.section === "Functions and selectors" && !BARE.includes(row.rule));
  const values = keywords.filter((row) => row.section === "Values");
  const declarations = keywords.filter((row) => row.section === "Declarations");
  const special = new Set([...functions, ...values, ...declarations].map((row) => row.rule));
  const others = keywords.filter((row) => !special.has(row.rule) && !TYPES.includes(row.rule) && !OPERATORS.includes(row.rule));
  // `closed` is written `x` in Vietnamese: a value only where a value stands.
  const plainValues = values.filter((row) => letters(row.vietnamese) && row.vietnamese !== "x");
  const closed = values.filter((row) => row.vietnamese === "x");

  return {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    name: "Regime",
    scopeName: "source.regime",
    comment: "Generated from grammar/keywords.csv by scripts/generate.mjs; do not edit.",
    patterns: [{ include: "#comment" }, { include: "#template" }, { include: "#text" }, { include: "#statement" }, { include: "#expression" }],
    repository: {
      comment: { name: "comment.line.double-slash.regime", begin: "//", beginCaptures: { 0: { name: "punctuation.definition.comment.regime" } }, end: "$" },
      template: {
        comment: "The text of a message or sentence: formulas between braces.",
        begin: `${whole(named(TEMPLATED))}[ \\t\\x{A0}]*(")`,
        beginCaptures: { 0: { name: "keyword.other.regime" }, 1: { name: "string.quoted.double.template.regime punctuation.definition.string.begin.regime" } },
        end: '"|$',
        endCaptures: { 0: { name: "string.quoted.double.template.regime punctuation.definition.string.end.regime" } },
        contentName: "string.quoted.double.template.regime",
        patterns: [
          { name: "constant.character.escape.regime", match: "\\{\\{|\\}\\}" },
          {
            name: "meta.interpolation.regime meta.embedded.regime",
            begin: "\\{",
            beginCaptures: { 0: { name: "punctuation.section.interpolation.begin.regime" } },
            end: '\\}|(?=")|$',
            endCaptures: { 0: { name: "punctuation.section.interpolation.end.regime" } },
            patterns: [{ include: "#expression" }],
          },
        ],
      },
      text: {
        patterns: [
          {
            name: "string.quoted.double.regime",
            begin: '"',
            beginCaptures: { 0: { name: "punctuation.definition.string.begin.regime" } },
            end: '"|$',
            endCaptures: { 0: { name: "punctuation.definition.string.end.regime" } },
          },
          { name: "string.quoted.other.regime", match: '[“”„][^“”"\\n]*[“”"]' },
        ],
      },
      statement: {
        patterns: [
          {
            comment: "A declaration and the name it gives.",
            match: `${START}(${named(NAMED)})${AFTER}${SPACE}(${NAME})(?=[ \\t\\x{A0}]*(?:["“=]|$))`,
            captures: { 1: { name: SCOPES.Declarations }, 2: { name: "entity.name.type.regime" } },
          },
          {
            comment: "A part of a form: a printed number, a name, or both.",
            match: `${START}(${named(NUMBERED)})${AFTER}(?:${SPACE}(${PRINTED})(?![${LETTER}]))?(?:${SPACE}(${NAME}))?(?=[ \\t\\x{A0}]*["“])`,
            captures: {
              1: { name: "keyword.control.declaration.regime" },
              2: { name: "constant.numeric.printed.regime" },
              3: { name: "entity.name.tag.regime" },
            },
          },
          {
            comment: "A rule and its identifier.",
            match: `${START}(${named(RULES)})${AFTER}(?:${SPACE}(${NAME})[ \\t\\x{A0}]*(:))?`,
            captures: { 1: { name: "keyword.control.rule.regime" }, 2: { name: "entity.name.function.regime" }, 3: { name: "punctuation.separator.regime" } },
          },
        ],
      },
      expression: {
        patterns: [
          { include: "#number" },
          {
            comment: "A cell by its place.",
            begin: `(?:((?:${NAME}\\.)?)(${named(["kw_row"])})|(${NAME}(?:\\.${NAME})*))?(\\[)`,
            beginCaptures: {
              1: { name: "variable.other.regime" },
              2: { name: "keyword.other.regime" },
              3: { name: "variable.other.regime" },
              4: { name: "punctuation.definition.place.begin.regime" },
            },
            end: "(\\])|$",
            endCaptures: { 1: { name: "punctuation.definition.place.end.regime" } },
            patterns: [
              { include: "#text" },
              { name: "constant.numeric.printed.regime", match: `${PRINTED}(?![${LETTER}])` },
              { name: "keyword.operator.regime", match: "\\*|\\.\\." },
              { name: "keyword.other.regime", match: whole(named(["kw_total"])) },
              { name: "variable.other.regime", match: `${NAME}(?:\\.${NAME})*` },
            ],
          },
          { name: SCOPES["Functions and selectors"], match: `${whole(spellings(functions))}(?=[ \\t\\x{A0}]*\\()` },
          { name: SCOPES.Values, match: `(?<=[:=][ \\t\\x{A0}]|[:=])${spellings(closed)}${AFTER}` },
          { name: "keyword.operator.word.regime", match: whole(named(OPERATORS)) },
          { name: "storage.type.regime", match: whole(named(TYPES)) },
          { name: "keyword.other.regime", match: whole(spellings(others)) },
          { name: SCOPES.Values, match: whole(spellings(plainValues)) },
          { name: SCOPES.Declarations, match: whole(spellings(declarations)) },
          { name: "keyword.operator.regime", match: "->|→|<=|>=|<>|!=|==|[-+*/×=<>≤≥≠]|\\.\\." },
          { name: "punctuation.separator.regime", match: "[,;:]" },
          { name: "punctuation.section.block.regime", match: "[{}()]" },
          { name: "variable.other.regime", match: `${NAME}(?:\\.${NAME})*` },
        ],
      },
      number: {
        patterns: [
          { name: "constant.numeric.date.regime", match: `${BEFORE}[0-9]{1,2}/(?:[0-9]{1,2}/)?[0-9]{4}${AFTER}|${BEFORE}[0-9]{1,2}/[0-9]{1,2}(?![0-9/])` },
          { name: "constant.numeric.time.regime", match: `${BEFORE}[0-9]{1,2}:[0-9]{2}${AFTER}` },
          { name: "constant.numeric.period.regime", match: `${BEFORE}[0-9]{4}-[0-9]{4}${AFTER}` },
          {
            comment: "Keywords that begin with a number come before numbers.",
            name: "keyword.other.regime",
            match: whole(spellings(keywords.filter((row) => /^[0-9]/.test(row.vietnamese)))),
          },
          { name: "constant.numeric.regime", match: `${BEFORE}[0-9][0-9_]*(?:[.,][0-9]+)?%?${AFTER}` },
          { name: "constant.numeric.printed.regime", match: `${BEFORE}[0-9]+[A-Za-zđĐ]+(?:\\.[0-9A-Za-zđĐ]+)*${AFTER}` },
        ],
      },
    },
  };
}
