import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import { ScoreSum } from './coverage.ts';
import { hubLevels, pinballLoss, scoreCell } from './interval-score.ts';

const shared = process.env.VX_SHARED ?? join(import.meta.dirname, '../../../shared');
const oracle = join(shared, 'tools/wis.py');

describe('weighted interval score', () => {
  it('of a point forecast is the absolute error', () => {
    expect(scoreCell(new Float64Array(23).fill(5), 8).wis).toBeCloseTo(3, 12);
  });
  it('is the mean pinball loss times two', () => {
    const cells = fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 23, maxLength: 23 });
    fc.assert(
      fc.property(cells, fc.double({ min: 0, max: 1e4, noNaN: true }), (values, observed) => {
        const quantiles = Float64Array.from(values).sort();
        const pinball = hubLevels.reduce((s, level, i) => s + pinballLoss(level, quantiles[i]!, observed), 0);
        expect(Math.abs(scoreCell(quantiles, observed).wis - (2 * pinball) / 23)).toBeLessThan(1e-8);
      }),
    );
  });
  it('refuses a wrong number of quantiles', () => {
    expect(() => scoreCell([1, 2, 3], 2)).toThrow('quantiles: got 3, expected 23');
  });
  it.skipIf(!existsSync(oracle))(
    'equals the Python scorer to 1e-9, on both scales (skipped without shared tools)',
    () => {
      const random = createRandom(3);
      const dir = mkdtempSync(join(tmpdir(), 'wis-'));
      const truth = ['location,target_end_date,value'];
      const rows = ['reference_date,location,horizon,output_type_id,value'];
      const sum = new ScoreSum(100);
      for (let cell = 0; cell < 60; cell++) {
        const observed = random.gamma(2, 40);
        const quantiles = Float64Array.from({ length: 23 }, () => random.gamma(2, 40)).sort();
        truth.push(`${cell},2025-01-04,${observed}`);
        quantiles.forEach((q, i) => {
          rows.push(`2025-01-04,${cell},0,${hubLevels[i]},${q}`);
        });
        sum.add(quantiles, observed);
      }
      writeFileSync(join(dir, 'truth.csv'), truth.join('\n'));
      writeFileSync(join(dir, 'forecast.csv'), rows.join('\n'));
      const score = (scale: string) =>
        JSON.parse(
          execFileSync('python3', [
            oracle,
            'score',
            '--truth',
            join(dir, 'truth.csv'),
            '--forecast',
            join(dir, 'forecast.csv'),
            '--scale',
            scale,
            '--mult',
            '100',
            '--by',
            'none',
            '--json',
          ]).toString(),
        ).groups.ALL;
      const own = sum.summary();
      const natural = score('natural');
      expect(natural.n).toBe(60);
      expect(Math.abs(own.wis - natural.wis)).toBeLessThan(1e-9);
      expect(Math.abs(own.absoluteError - natural.mae)).toBeLessThan(1e-9);
      expect(own.coverage50).toBeCloseTo(natural.cov50, 12);
      expect(own.coverage95).toBeCloseTo(natural.cov95, 12);
      expect(Math.abs(own.logWis - score('log').wis)).toBeLessThan(1e-9);
    },
  );
});
