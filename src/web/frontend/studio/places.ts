// Positions of the protocol (lines and UTF-16 columns from 0) and offsets of the editor, which counts in UTF-16 too. A position beyond the text is its nearest end.

import type { Text } from "@codemirror/state";
import type { Place, Span } from "./protocol.js";

export function offset(doc: Text, place: Place): number {
  if (place.line >= doc.lines) {
    return doc.length;
  }
  const line = doc.line(Math.max(0, place.line) + 1);
  return Math.min(line.to, line.from + Math.max(0, place.character));
}

export function place(doc: Text, at: number): Place {
  const line = doc.lineAt(at);
  return { line: line.number - 1, character: at - line.from };
}

export function offsets(doc: Text, span: Span): { from: number; to: number } {
  const from = offset(doc, span.start);
  return { from, to: Math.max(from, offset(doc, span.end)) };
}

export function span(doc: Text, from: number, to: number): Span {
  return { start: place(doc, from), end: place(doc, to) };
}
