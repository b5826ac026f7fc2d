const candidates = [',', ';', '\t', '|'] as const;

/**
 * The delimiter of a CSV text: the one that cuts most of the first lines into the same number of cells, more than one. Cells in quotes are not cut.
 */
export function sniffDelimiter(head: string): string {
  const lines = head
    .split(/\r?\n/)
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

function cellsIn(line: string, delimiter: string): number {
  let quoted = false;
  let cells = 1;
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    else if (letter === delimiter && !quoted) cells++;
  }
  return cells;
}
