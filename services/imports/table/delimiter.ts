const candidates = [',', ';', '\t', '|'] as const;

/**
 * The delimiter of a CSV text: the one that cuts most of the first lines into the same number of cells, more than one. Cells in quotes are not cut.
 */
export function sniffDelimiter(head: string): string {
  const lines = recordsOf(head)
    .filter((line) => line !== '')
    .slice(0, 25);
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of candidates) {
    const counts = lines.map((line) => cellsIn(line, delimiter));
    // Titles above the columns and notes below the rows are not cut.
    const cut = counts.filter((count) => count > 1).sort((a, b) => a - b);
    const usual = cut[cut.length >> 1];
    if (usual === undefined) continue;
    // Agreement between lines first, then more cells.
    const score = counts.filter((count) => count === usual).length / counts.length + usual / 10_000;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Lines, those joined whose break stands in quotes. Quotes that are never closed join nothing: the rest is taken line by line. */
function recordsOf(head: string): string[] {
  const lines = head.split(/\r?\n/);
  const records: string[] = [];
  for (let first = 0; first < lines.length; ) {
    let last = first;
    const isOpen = (text: string) => (text.split('"').length - 1) % 2 === 1;
    let record = lines[first]!;
    while (isOpen(record) && last + 1 < lines.length) record += `\n${lines[++last]!}`;
    if (isOpen(record)) return [...records, ...lines.slice(first)];
    records.push(record);
    first = last + 1;
  }
  return records;
}

function cellsIn(line: string, delimiter: string): number {
  let quoted = false;
  let cells = 1;
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    else if (letter === delimiter && !quoted) cells++;
  }
  return cells;
}
