// How often bands held what came, how far their middle was off, and how sharp they were: added up cell by cell.

/** Interval score of Gneiting and Raftery 2007 of a band that is to hold all but `alpha`: width, and a fine for what lies outside. */
export const intervalScore = (low: number, high: number, came: number, alpha: number): number =>
  high - low + (2 / alpha) * (Math.max(0, low - came) + Math.max(0, came - high));

export interface Band {
  median: number;
  interval50: readonly [number, number];
  interval95: readonly [number, number];
}

export class BandTally {
  #cells = 0;
  #held50 = 0;
  #held95 = 0;
  #medians = 0;
  #came = 0;
  #score = 0;
  #plainScore = 0;

  /** @param plain the band of a plain delay table for the same cell */
  add(band: Band, plain: Band, came: number): void {
    this.#cells++;
    this.#held50 += within(band.interval50, came);
    this.#held95 += within(band.interval95, came);
    this.#medians += band.median;
    this.#came += came;
    this.#score += intervalScore(...band.interval95, came, 0.05);
    this.#plainScore += intervalScore(...plain.interval95, came, 0.05);
  }

  /** Shares (0 to 1); bias of the sum of the medians; score beside the plain table's (below 1 is better). */
  summary() {
    return {
      cells: this.#cells,
      held50: rounded(this.#held50 / this.#cells),
      held95: rounded(this.#held95 / this.#cells),
      bias: rounded(this.#medians / this.#came - 1),
      scoreBesidePlain: rounded(this.#score / this.#plainScore),
    };
  }
}

const within = ([low, high]: readonly [number, number], value: number) => (low <= value && value <= high ? 1 : 0);

export const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));
