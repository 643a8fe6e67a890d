// Two people's changes of one text put together, line by line. Each side counts as one changed stretch; only stretches that do not touch are joined, because anything else would be a guess at somebody's meaning.

interface Stretch {
  /** First line of the common text that is changed, and the first after it that is not. */
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

function stretch(base: readonly string[], text: readonly string[]): Stretch {
  const most = Math.min(base.length, text.length);
  let head = 0;
  while (head < most && base[head] === text[head]) {
    head += 1;
  }
  let tail = 0;
  while (tail < most - head && base[base.length - 1 - tail] === text[text.length - 1 - tail]) {
    tail += 1;
  }
  return { from: head, to: base.length - tail, lines: text.slice(head, text.length - tail) };
}

/** The text with both changes; null when they touch each other. */
export function merged(base: string, mine: string, theirs: string): string | null {
  if (mine === theirs || base === theirs) {
    return mine;
  }
  if (base === mine) {
    return theirs;
  }
  const lines = base.split("\n");
  const own = stretch(lines, mine.split("\n"));
  const other = stretch(lines, theirs.split("\n"));
  const [first, second] = own.from <= other.from ? [own, other] : [other, own];
  if (first.to >= second.from) {
    return null;
  }
  return [...lines.slice(0, first.from), ...first.lines, ...lines.slice(first.to, second.from), ...second.lines, ...lines.slice(second.to)].join("\n");
}

/** The smallest change of characters that makes one text out of another. */
export function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) {
    head += 1;
  }
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) {
    tail += 1;
  }
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}
