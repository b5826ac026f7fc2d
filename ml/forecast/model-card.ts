/** What is published with a forecast: on which data, by which code, and how good it was beside the baseline. */
import { createHash } from 'node:crypto';
import { ScoreSum, type ScoreSummary } from '../metrics/coverage.ts';
import type { Panel } from '../numerics/panels.ts';

export interface ScorePair {
  readonly model: ScoreSummary;
  readonly baseline: ScoreSummary;
  /** mean WIS of the model over that of the baseline; below one is better */
  readonly relativeWis: number;
}

export interface ModelCard {
  readonly codeVersion: string;
  readonly seed: number;
  readonly dataFirst: number;
  readonly dataLast: number;
  readonly areas: number;
  /** SHA-256 of areas, first period and values */
  readonly dataHash: string;
  readonly members: readonly { name: string; weight: number }[];
  /** walk-forward over the rehearsals: all horizons, and each */
  readonly backtest: ScorePair | null;
  readonly byHorizon: readonly (ScorePair | null)[];
  /** the same over the last origins only: what decides whether the model is shown */
  readonly recent: ScorePair | null;
  /** of the last `of` 95 % bands, `held` held; by horizon */
  readonly trackRecord: readonly { held: number; of: number }[];
}

export function hashPanel(panel: Panel): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([panel.areas, panel.first, panel.length]));
  hash.update(new Uint8Array(panel.values.buffer, panel.values.byteOffset, panel.values.byteLength));
  return hash.digest('hex');
}

interface Scored {
  readonly last: number;
  readonly horizon: number;
  readonly model: Float64Array;
  readonly baseline: Float64Array;
  readonly observed: number;
}

const trackRecordBands = 40;

/** Keeps scored cells and sums them up for the card. */
export class ScoreBook {
  readonly #cells: Scored[] = [];

  add(cell: Scored): void {
    this.#cells.push(cell);
  }

  pair(keep: (cell: Scored) => boolean): ScorePair | null {
    const model = new ScoreSum();
    const baseline = new ScoreSum();
    let cells = 0;
    for (const cell of this.#cells) {
      if (!keep(cell)) continue;
      cells++;
      model.add(cell.model, cell.observed);
      baseline.add(cell.baseline, cell.observed);
    }
    if (cells === 0) return null;
    const m = model.summary();
    const b = baseline.summary();
    // a series of zeros: the flat baseline is perfect, and only a perfect model equals it
    const relativeWis = b.wis > 0 ? m.wis / b.wis : m.wis > 0 ? Number.POSITIVE_INFINITY : 1;
    return { model: m, baseline: b, relativeWis };
  }

  trackRecord(horizon: number): { held: number; of: number } {
    const cells = this.#cells.filter((c) => c.horizon === horizon).slice(-trackRecordBands);
    const held = cells.filter((c) => c.model[1]! <= c.observed && c.observed <= c.model[c.model.length - 2]!).length;
    return { held, of: cells.length };
  }
}
