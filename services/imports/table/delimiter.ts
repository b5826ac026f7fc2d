const candidates = [',', ';', '\t', '|'] as const;

/**
 * The delimiter of a CSV text: the one that cuts the first lines into the same number of cells, more than one, most often. Cells in quotes
 * are not cut.
 */
export function sniffDelimiter(head: string): string {
  const lines = head
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .slice(0, 25);
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of candidates) {
    const counts = lines.map((line) => cellsIn(line, delimiter));
    const usual = counts.toSorted((a, b) => a - b)[counts.length >> 1] ?? 1;
    if (usual < 2) continue;
    // Agreement between lines first, then more cells.
    const score = counts.filter((count) => count === usual).length / counts.length + usual / 10_000;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
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
