import { bandOf } from './bands.ts';

/**
 * The plain baseline: the band of the week as first published, times how often each band was followed by each other band at
 * that distance, over all areas and all earlier weeks; one imaginary case of each transition (Laplace) keeps it off zero.
 */
export class TransitionBaseline {
  private readonly start = new Map<number, Int8Array>();
  private readonly cuts: readonly number[];
  private readonly maximumLead: number;

  constructor(cuts: readonly number[], maximumLead: number) {
    this.cuts = cuts;
    this.maximumLead = maximumLead;
  }

  /** bands of a week at the moment it is first seen; 0 for a blank */
  remember(weekEnd: number, rates: Float64Array): void {
    if (!this.start.has(weekEnd)) this.start.set(weekEnd, this.bands(rates));
  }

  /** @param known rates by week as they look now, up to the base week. @returns per lead and start band, band probabilities */
  frequencies(base: number, known: ReadonlyMap<number, Float64Array>): Float64Array[][] {
    const size = this.cuts.length + 1;
    const out: Float64Array[][] = [];
    const now = new Map([...known].filter(([week]) => week <= base).map(([week, rates]) => [week, this.bands(rates)]));
    for (let lead = 0; lead <= this.maximumLead; lead++) {
      const table = Array.from({ length: size }, () => new Float64Array(size).fill(1));
      for (const [week, bands] of this.start) {
        const later = now.get(week + 7 * lead);
        if (!later) continue;
        bands.forEach((band, i) => {
          if (band > 0 && later[i]! > 0) table[band - 1]![later[i]! - 1]!++;
        });
      }
      for (const row of table) {
        const sum = row.reduce((a, b) => a + b, 0);
        for (let k = 0; k < size; k++) row[k]! /= sum;
      }
      out.push(table);
    }
    return out;
  }

  startBand(weekEnd: number, area: number): number {
    return this.start.get(weekEnd)?.[area] || 2;
  }

  private bands(rates: Float64Array): Int8Array {
    return Int8Array.from(rates, (rate) => (Number.isNaN(rate) ? 0 : bandOf(rate, this.cuts)));
  }
}
