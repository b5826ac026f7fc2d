import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveCholesky } from '../numerics/linear-algebra.ts';
import { emptyPanel } from '../numerics/panels.ts';
import { createRandom } from '../numerics/random.ts';
import { fitRidge } from '../numerics/ridge.ts';
import { defaultTrees, fitTrees } from './boosted-trees.ts';
import { capWeights, recentWeights } from './combine.ts';
import { logLevels } from './levels.ts';
import { learnReportingGrowth, nowcastLastPeriods, repairLastPeriod, type Vintage } from './nowcast.ts';
import { reconcile } from './reconcile.ts';
import { estimateReproduction, renew, weeklyRenewal } from './renewal.ts';
import { type PastCentre, spreadAbout } from './spread.ts';

describe('ridge', () => {
  it('solves a small system exactly', () => {
    const x = solveCholesky(Float64Array.from([4, 2, 2, 3]), Float64Array.from([10, 8]), 2);
    expect([...x].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([1.75, 1.5]);
  });
  it('finds known coefficients, and gives the prior back when there is no information', () => {
    const random = createRandom(1);
    const rows = 500;
    const features = Float64Array.from({ length: rows * 2 }, (_, k) => (k % 2 === 0 ? 1 : random.normal()));
    const targets = Float64Array.from({ length: rows }, (_, r) => 2 + 3 * features[2 * r + 1]!);
    const data = { features, targets, weights: new Float64Array(rows).fill(1), rows, width: 2, outputs: 1 };
    const [a, b] = fitRidge(data, 1e-6);
    expect(a).toBeCloseTo(2, 4);
    expect(b).toBeCloseTo(3, 4);
    expect(fitRidge(data, 1e9, Float64Array.from([0, 7]))[1]).toBeCloseTo(7, 3);
  });
});

describe('boosted trees', () => {
  it('learn a step that no line can, for two outputs, with missing targets', () => {
    const random = createRandom(2);
    const rows = 2000;
    const features = Float64Array.from({ length: rows * 2 }, () => random.uniform());
    const targets = new Float64Array(rows * 2);
    for (let r = 0; r < rows; r++) {
      const high = features[2 * r]! > 0.5 !== features[2 * r + 1]! > 0.5;
      targets[2 * r] = high ? 1 : 0;
      targets[2 * r + 1] = r % 3 === 0 ? Number.NaN : high ? -2 : 2;
    }
    const weights = new Float64Array(rows).fill(1);
    const options = { ...defaultTrees, trees: 200, featureShare: 1, shrink: 1 };
    const trees = fitTrees(features, targets, weights, rows, 2, 2, options, createRandom(3));
    const out = new Float64Array(2);
    trees.predict(Float64Array.from([0.8, 0.2]), 0, out);
    expect(out[0]).toBeGreaterThan(0.8);
    expect(out[1]).toBeLessThan(-1.5);
    trees.predict(Float64Array.from([0.2, 0.2]), 0, out);
    expect(out[0]).toBeLessThan(0.2);
  });
});

describe('nowcast', () => {
  const areas = Array.from({ length: 8 }, (_, i) => `a${i}`);
  const weeks = 30;
  /** Reports start at 80 % and are whole a week later. */
  function vintage(last: number): Vintage {
    const panel = emptyPanel(areas, 0, last + 1);
    for (let i = 0; i < areas.length; i++) {
      for (let t = 0; t <= last; t++) panel.values[i * (last + 1) + t] = (t === last ? 0.8 : 1) * (500 + 10 * t);
    }
    return { asOf: String(last).padStart(3, '0'), panel };
  }
  const earlier = Array.from({ length: 20 }, (_, k) => vintage(weeks - 21 + k));
  const present = vintage(weeks - 1);
  it('learns that first reports grow by a quarter', () => {
    const growth = learnReportingGrowth(earlier, present.panel, weeks - 1);
    expect(Math.exp(growth.correction[0]!)).toBeCloseTo(1.25, 2);
    expect(growth.correction[1]!).toBeCloseTo(0, 6);
    const [last] = nowcastLastPeriods(earlier, present.panel, weeks - 1);
    expect(last!.median / last!.reported).toBeCloseTo(1.25, 2);
  });
  it('pulls up the one area that fell alone, and leaves a fall of all', () => {
    const panel = emptyPanel(areas, 0, 6);
    for (let i = 0; i < 8; i++) panel.values.set([400, 410, 420, 430, 440, i === 3 ? 60 : 450], i * 6);
    const levels = logLevels(panel, 5);
    const shift = repairLastPeriod(levels, null);
    expect(shift[3]).toBeGreaterThan(1.4);
    expect(shift[0]).toBe(0);
    for (let i = 0; i < 8; i++) panel.values[i * 6 + 5] = 60;
    expect([...repairLastPeriod(logLevels(panel, 5), null)]).toEqual(new Array(8).fill(0));
  });
});

describe('renewal', () => {
  it('recovers the R of a deterministic epidemic, and renews it exactly', () => {
    const options = { ...weeklyRenewal, persistence: 1, poolCases: 1e-6 };
    const counts = [100, 100, 100];
    for (let t = 3; t < 20; t++) {
      const pressure = options.generation.reduce((s, g, k) => s + g * counts[t - 1 - k]!, 0);
      counts.push(1.3 * pressure);
    }
    const at = (t: number) => counts[t]!;
    expect(estimateReproduction(at, 15, options, 1)).toBeCloseTo(1.3, 6);
    renew(at, 15, 1.3, 4, options).forEach((value, h) => {
      expect(value).toBeCloseTo(counts[16 + h]!, 6);
    });
  });
});

describe('spread', () => {
  it('covers as it says when errors are normal', () => {
    const random = createRandom(4);
    const areas = 20;
    const weeks = 60;
    const panel = emptyPanel(
      Array.from({ length: areas }, (_, i) => `${i}`),
      0,
      weeks + 1,
    );
    panel.values.forEach((_, k) => {
      panel.values[k] = Math.exp(6 + 0.3 * random.normal()) - 1;
    });
    const known = logLevels(panel, weeks - 1);
    const one = (last: number): PastCentre => ({
      last,
      centre: new Float64Array(areas).fill(6),
      recent: new Float64Array(areas).fill(6),
      unsettled: new Float64Array(areas),
    });
    const past = Array.from({ length: weeks - 1 }, (_, t) => one(t));
    const quantiles = spreadAbout(one(weeks - 1), past, known, 1);
    for (let i = 0; i < areas; i++) {
      expect((quantiles[i * 23 + 21]! - quantiles[i * 23 + 1]!) / (2 * 1.96 * 0.3)).toBeGreaterThan(0.8);
      expect((quantiles[i * 23 + 21]! - quantiles[i * 23 + 1]!) / (2 * 1.96 * 0.3)).toBeLessThan(1.25);
    }
  });
});

describe('combination', () => {
  it('caps add up to one and keep the order', () => {
    const weights = fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 3, maxLength: 8 });
    fc.assert(
      fc.property(weights, (raw) => {
        const capped = capWeights(Float64Array.from(raw), 0.5);
        expect(capped.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        for (const w of capped) expect(w).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    );
  });
  it('gives more to the member that was closer', () => {
    const panel = emptyPanel(['a', 'b'], 0, 12);
    panel.values.fill(99);
    const known = logLevels(panel, 11);
    const member = (z: number) =>
      Array.from({ length: 8 }, (_, t) => ({ last: t, quantiles: new Float64Array(2 * 23).fill(z) }));
    const weights = recentWeights([member(Math.log(100)), member(Math.log(150))], known, 1);
    expect(weights[0]!).toBeGreaterThanOrEqual(0.5);
    const three = recentWeights([member(Math.log(101)), member(Math.log(150)), member(Math.log(150))], known, 1);
    expect(three[0]!).toBeGreaterThan(three[1]!);
  });
});

describe('reconcile', () => {
  it('parts add up to the whole, nothing negative, nothing crossing', () => {
    const one = fc.array(
      fc.integer({ min: 0, max: 100_000 }).map((v) => v / 100),
      { minLength: 23, maxLength: 23 },
    );
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 8 }), one, (parts, whole) => {
        const sorted = (v: number[]) => Float64Array.from(v).sort();
        const out = reconcile(parts.map(sorted), sorted(whole));
        const sum = out.parts.reduce((s, p) => s + p[11]!, 0);
        expect(Math.abs(sum - out.whole[11]!)).toBeLessThan(1e-6 * Math.max(1, sum));
        for (const q of [...out.parts, out.whole]) {
          expect(q[0]).toBeGreaterThanOrEqual(0);
          for (let k = 1; k < 23; k++) expect(q[k]).toBeGreaterThanOrEqual(q[k - 1]! - 1e-9 * Math.abs(q[k]!));
        }
      }),
    );
  });
});
