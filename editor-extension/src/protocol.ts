// The requests that the language server answers beyond the standard, as docs/editor-protocol.md describes them. Positions are those of the protocol: lines and UTF-16 columns from 0.
// An answer of another version is refused, so that an old extension never misreads a new server.

export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Span {
  readonly start: Place;
  readonly end: Place;
}

/** Something to choose from: the name the server knows and the words a person reads. */
export interface Choice {
  readonly name: string;
  readonly label: string;
}

export interface PreviewRequest {
  readonly uri: string;
  readonly language: string;
  readonly form?: string;
  readonly period?: string;
  readonly unit?: string;
  /** What was typed, by the address of the cell. */
  readonly values?: Readonly<Record<string, string>>;
}

export interface PreviewAnswer {
  readonly version: 1;
  /** False while the regime has mistakes: then there is no page, and the last one stays. */
  readonly sound: boolean;
  readonly html: string;
  readonly forms: readonly Choice[];
  readonly periods?: readonly Choice[];
  readonly units?: readonly Choice[];
  readonly form?: string;
  readonly period?: string;
  readonly unit?: string;
}

export interface SourceOfAddress {
  readonly version: 1;
  readonly uri: string;
  readonly range: Span;
}

export interface AddressOfSource {
  readonly version: 1;
  readonly address: string | null;
  readonly form?: string;
}

export interface TestFailure {
  readonly uri?: string;
  readonly range: Span;
  readonly message: string;
}

export interface TestResult {
  readonly title: string;
  readonly range: Span;
  /** False when the regime has mistakes, so that no test of it can be run. */
  readonly run: boolean;
  readonly passed: boolean;
  readonly failures: readonly TestFailure[];
}

export interface TestsAnswer {
  readonly version: 1;
  readonly results: readonly TestResult[];
}

export interface ReadingSection {
  /** Name of the regime that the section is about. */
  readonly regime: string;
  readonly title: string;
  readonly items: readonly string[];
}

export interface ReadingAnswer {
  readonly version: 1;
  readonly sections: readonly ReadingSection[];
}

export interface ExplainAnswer {
  readonly version: 1;
  readonly code: string;
  readonly markdown: string;
}

export interface TestFromSampleAnswer {
  readonly version: 1;
  readonly title: string;
  readonly edit: unknown;
}

export const requests = {
  preview: "regime/preview",
  sourceAt: "regime/sourceAt",
  runTests: "regime/runTests",
  reading: "regime/reading",
  explain: "regime/explain",
  testFromSample: "regime/testFromSample",
} as const;

/** The answer, if it is of the version this extension understands; null when there is nothing there. */
export function checked<Answer extends { readonly version: 1 }>(answer: unknown): Answer | null {
  if (typeof answer !== "object" || answer === null || !("version" in answer) || answer.version !== 1) {
    return null;
  }
  return answer as Answer;
}
