/** people up to whom a table is kept: more would not stay in a processor's cache */
export const mostInTable = 64;

/**
 * For 1 … 64 people, all outcomes of a binomial draw, for drawing with one uniform number and one look-up (alias method: Walker 1977, built as by Vose 1991).
 * Column k of a table holds outcome k up to a threshold, and another outcome above it; both are kept in one number, other + threshold.
 */
export class OutcomeTables {
  private readonly columns = new Float64Array(((mostInTable + 1) * (mostInTable + 2)) / 2).fill(Number.NaN);
  private readonly odds: number;

  /** @param odds p / (1 - p) of a probability p of at most a half */
  constructor(odds: number) {
    this.odds = odds;
  }

  /** @param uniform on [0, 1) */
  draw(people: number, uniform: number): number {
    const place = uniform * (people + 1);
    const column = Math.floor(place);
    const start = (people * (people + 1)) / 2;
    let both = this.columns[start + column]!;
    if (Number.isNaN(both)) {
      this.fill(people, start);
      both = this.columns[start + column]!;
    }
    const other = Math.floor(both);
    return place - column < both - other ? column : other;
  }

  private fill(people: number, start: number): void {
    const { odds, columns } = this;
    const size = people + 1;
    const thresholds = new Float64Array(size);
    let mass = (1 + odds) ** -people;
    const small: number[] = [];
    const large: number[] = [];
    for (let k = 0; k < size; k++) {
      thresholds[k] = mass * size;
      columns[start + k] = k;
      (thresholds[k]! < 1 ? small : large).push(k);
      mass *= (odds * (people - k)) / (k + 1);
    }
    while (small.length > 0 && large.length > 0) {
      const low = small.pop()!;
      const high = large.at(-1)!;
      columns[start + low] = high + thresholds[low]!;
      thresholds[high]! -= 1 - thresholds[low]!;
      if (thresholds[high]! < 1) small.push(large.pop()!);
    }
    // those left over hold their own outcome alone: column k stays k
  }
}
