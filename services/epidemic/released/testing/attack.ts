/** Sum of cells with coefficient 1 that has a value; cells are whole numbers of 0 or more. */
export interface Equation {
  cells: readonly string[];
  value: number;
}

/** `whole` is the sum of `parts` and of what lies in none of them. */
export interface Structure {
  whole: string;
  parts: readonly string[];
}

export interface Range {
  low: number;
  high: number;
}

/**
 * What each cell may be, by everything that was said: the attack of somebody who has only the answers and the tree of areas. Exact while two equations share a cell only
 * along a tree, as bounds of integers on a tree of sums are; otherwise never narrower than the truth. An unknown rest is 0 where `restIsNothing` (the attacker believes that
 * every case lies in a part).
 *
 * @throws Error when the answers contradict each other: two numbers of one cell
 */
export function attack(
  equations: readonly Equation[],
  structures: readonly Structure[],
  restIsNothing: boolean,
): Map<string, Range> {
  const ranges = new Map<string, Range>();
  const of = (cell: string) => {
    let range = ranges.get(cell);
    if (!range) {
      range = { low: 0, high: Number.POSITIVE_INFINITY };
      ranges.set(cell, range);
    }
    return range;
  };
  let changed = true;
  const narrow = (cell: string, low: number, high: number) => {
    const range = of(cell);
    if (low > range.low) {
      range.low = low;
      changed = true;
    }
    if (high < range.high) {
      range.high = high;
      changed = true;
    }
    if (range.low > range.high) throw new Error(`${cell} is told two numbers: ${range.low} and ${range.high}`);
  };
  const sum = (cells: readonly string[], end: 'low' | 'high') =>
    cells.reduce((total, cell) => total + of(cell)[end], 0);
  while (changed) {
    changed = false;
    for (const { cells, value } of equations)
      for (const cell of cells) {
        const others = cells.filter((other) => other !== cell);
        narrow(cell, value - sum(others, 'high'), value - sum(others, 'low'));
      }
    for (const { whole, parts } of structures) {
      narrow(whole, sum(parts, 'low'), restIsNothing ? sum(parts, 'high') : Number.POSITIVE_INFINITY);
      for (const part of parts) {
        const others = parts.filter((other) => other !== part);
        const least = restIsNothing ? of(whole).low - sum(others, 'high') : 0;
        narrow(part, least, of(whole).high - sum(others, 'low'));
      }
    }
  }
  return ranges;
}
