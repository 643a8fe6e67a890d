// Finds `test` blocks in a text for the list of tests, also while the text is broken or the server is busy. It reads only the heads of blocks; what a test means is the server's matter.

export interface TestHead {
  readonly title: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const HEAD = /^([ \t\u00A0\uFEFF]*)(?:test|ca[ \t\u00A0]+kiểm[ \t\u00A0]+thử)[ \t\u00A0]*["“”„]([^"“”\n]*)/;

/** The tests of a text from the top, with the lines and UTF-16 columns of their heads. */
export function testsIn(text: string): TestHead[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, number) => {
    const head = HEAD.exec(line.normalize("NFC") === line ? line : line.normalize("NFC"));
    if (!head) {
      return [];
    }
    return [{ title: head[2] ?? "", line: number, start: head[1]?.length ?? 0, end: line.length }];
  });
}

/** Pairs heads with results: by title, and by order where one title is given twice. Heads without a result are paired with nothing. */
export function paired<Result extends { readonly title: string }>(heads: readonly TestHead[], results: readonly Result[]): Array<readonly [TestHead, Result | undefined]> {
  const waiting = new Map<string, Result[]>();
  for (const result of results) {
    const title = result.title.normalize("NFC");
    waiting.set(title, [...(waiting.get(title) ?? []), result]);
  }
  return heads.map((head) => [head, waiting.get(head.title.normalize("NFC"))?.shift()] as const);
}
