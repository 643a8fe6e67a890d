// The parts of the language server protocol that the client library leaves to us, and the requests of our own, as docs/editor-protocol.md describes them. Only what is read here is typed.

export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Span {
  readonly start: Place;
  readonly end: Place;
}

export interface Location {
  readonly uri: string;
  readonly range: Span;
}

export interface TextEdit {
  readonly range: Span;
  readonly newText: string;
}

export interface WorkspaceEdit {
  readonly changes?: Readonly<Record<string, readonly TextEdit[]>>;
  readonly documentChanges?: ReadonlyArray<{ readonly textDocument?: { readonly uri: string }; readonly edits?: readonly TextEdit[] }>;
}

export interface Command {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

/** A way out of a problem, sent with it; it fits the texts the problem was sent for. */
export interface Fix {
  readonly title: string;
  readonly edits: ReadonlyArray<TextEdit & { readonly uri: string }>;
}

export interface Diagnostic {
  readonly range: Span;
  readonly severity?: 1 | 2 | 3 | 4;
  readonly code?: string | number;
  readonly codeDescription?: { readonly href: string };
  readonly message: string;
  readonly tags?: readonly number[];
  readonly data?: { readonly fixes?: readonly Fix[] };
  readonly relatedInformation?: ReadonlyArray<{ readonly location: Location; readonly message: string }>;
}

export interface CodeAction {
  readonly title: string;
  readonly kind?: string;
  readonly diagnostics?: readonly Diagnostic[];
  readonly isPreferred?: boolean;
  readonly disabled?: { readonly reason: string };
  readonly edit?: WorkspaceEdit;
  readonly command?: Command;
  readonly data?: unknown;
}

export interface InlayHint {
  readonly position: Place;
  readonly label: string | ReadonlyArray<{ readonly value: string }>;
  readonly tooltip?: string | { readonly value: string };
  readonly paddingLeft?: boolean;
  readonly paddingRight?: boolean;
}

export interface CodeLens {
  readonly range: Span;
  readonly command?: Command;
  readonly data?: unknown;
}

export interface DocumentSymbol {
  readonly name: string;
  readonly detail?: string;
  readonly kind: number;
  readonly range: Span;
  readonly selectionRange: Span;
  readonly children?: readonly DocumentSymbol[];
}

export interface FoldingRange {
  readonly startLine: number;
  readonly startCharacter?: number;
  readonly endLine: number;
  readonly endCharacter?: number;
}

/** Something to choose from: the name the server knows and the words a person reads. */
export interface Choice {
  readonly name: string;
  readonly label: string;
}

export interface PreviewAnswer {
  readonly version: number;
  readonly sound: boolean;
  readonly html: string;
  readonly forms: readonly Choice[];
  readonly periods: readonly Choice[];
  readonly units: readonly Choice[];
  readonly form?: string | null;
  readonly period?: string | null;
  readonly unit?: string | null;
  /** Whether the form does not apply to what was chosen. */
  readonly absent?: boolean;
  readonly problems?: ReadonlyArray<{ readonly address?: string | null; readonly message: string; readonly severity: string }>;
}

export interface TestResult {
  readonly regime: string;
  readonly title: string;
  readonly uri: string;
  readonly range: Span;
  readonly run: boolean;
  readonly passed: boolean;
  readonly failures: ReadonlyArray<Location & { readonly message: string }>;
}

export interface ReadingSection {
  readonly regime: string;
  readonly title: string;
  readonly items: readonly string[];
}
