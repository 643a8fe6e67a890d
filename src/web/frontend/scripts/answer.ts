// The shape of what the server answers to changed cells. The browser shows it and judges nothing.

export interface CellAnswer {
  row: string;
  column: string;
  state: string;
  display: string;
  reason: string | null;
  refused: string | null;
}

export interface FindingAnswer {
  key: string;
  severity: "error" | "explain" | "warning";
  verdict: "fails" | "undecided";
  row: string | null;
  column: string | null;
  /** The strength in words: `Lỗi`. */
  strength: string;
  /** The row it stands in; empty for the only row of a form. The message itself names the column. */
  place: string;
  message: string;
  blocks: boolean;
  explanation: string | null;
}

export interface CountsAnswer {
  errors: number;
  explain: number;
  warnings: number;
  undecided: number;
  unanswered: number;
}

export interface SavedAnswer {
  draft: number;
  saved_at: string;
  cells: CellAnswer[];
  findings: FindingAnswer[];
  counts: CountsAnswer;
  /** The generated sentences of the outline, in its order. */
  sentences: string[];
}

export interface ChangedCell {
  row: string;
  column: string;
  typed: string;
}
