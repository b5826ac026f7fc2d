import { describe, expect, it } from 'vitest';
import { emptyPanel, type Panel } from '../numerics/panels.ts';
import { createRandom } from '../numerics/random.ts';
import { ForecastAbstainedError, type ForecastRequest, forecastPanel, whyBaseline } from './forecast.ts';

const wards = 6;
const weeks = 60;

/** Six wards on one smooth wave with negative binomial noise, and the district as their sum. */
function wavePanel(seed: number): Panel {
  const random = createRandom(seed);
  const areas = [...Array.from({ length: wards }, (_, i) => `ward ${i}`), 'district'];
  const panel = emptyPanel(areas, 2700, weeks);
  for (let t = 0; t < weeks; t++) {
    let sum = 0;
    for (let i = 0; i < wards; i++) {
      const value = random.negativeBinomial((10 + 5 * i) * Math.exp(1.2 * Math.sin(t / 5)), 15);
      panel.values[i * weeks + t] = value;
      sum += value;
    }
    panel.values[wards * weeks + t] = sum;
  }
  return panel;
}

function request(panel: Panel, more: Partial<ForecastRequest> = {}): ForecastRequest {
  return {
    panel,
    period: 'week',
    now: 2700 + weeks,
    horizonWeeks: 4,
    total: 'district',
    seed: 5,
    codeVersion: 'test',
    ...more,
  };
}

describe('forecastPanel', () => {
  it('beats the flat baseline on a smooth wave, and says by how much', async () => {
    const { card, areas } = await forecastPanel(request(wavePanel(1)));
    expect(card.backtest!.relativeWis).toBeLessThan(0.9);
    expect(card.byHorizon).toHaveLength(4);
    expect(card.trackRecord[0]!.of).toBe(40);
    expect(areas.every((a) => a.method === 'combination' && a.reason === null)).toBe(true);
  });
  it('gives ascending quantiles that are never negative, and wards that add up to the district', async () => {
    const { areas } = await forecastPanel(request(wavePanel(2)));
    for (let h = 0; h < 4; h++) {
      let sum = 0;
      for (const { area, periods } of areas) {
        const { quantiles, period } = periods[h]!;
        expect(period).toBe(2700 + weeks + h);
        expect(quantiles[0]).toBeGreaterThanOrEqual(0);
        for (let q = 1; q < 23; q++) expect(quantiles[q]).toBeGreaterThanOrEqual(quantiles[q - 1]!);
        if (area !== 'district') sum += quantiles[11]!;
      }
      expect(sum).toBeCloseTo(areas.at(-1)!.periods[h]!.quantiles[11]!, 6);
    }
  });
  it('is repeatable', async () => {
    const [a, b] = [await forecastPanel(request(wavePanel(3))), await forecastPanel(request(wavePanel(3)))];
    expect(a).toEqual(b);
  });
  it('shows the baseline, with the reason, when the model lost to it lately', async () => {
    // independent random walks with steps far below counting noise: flat is best, and the model is too wide for them
    const random = createRandom(1);
    const panel = emptyPanel(['a', 'b', 'c', 'd', 'e', 'f'], 2700, weeks);
    for (let i = 0; i < 6; i++) {
      let level = 1000;
      for (let t = 0; t < weeks; t++) {
        level = Math.max(0, level + 2 * random.normal());
        panel.values[i * weeks + t] = level;
      }
    }
    const { areas, card } = await forecastPanel(request(panel, { total: undefined }));
    expect(card.recent!.relativeWis).toBeGreaterThan(1);
    for (const { method, reason, periods } of areas) {
      expect(method).toBe('baseline');
      expect(reason).toContain("times the baseline's");
      expect(periods[0]!.quantiles).toEqual(periods[0]!.baseline);
    }
  });
  it('forecasts zeros for a district without cases, as the baseline does', async () => {
    const panel = wavePanel(5);
    panel.values.fill(0);
    const { areas } = await forecastPanel(request(panel));
    expect(
      areas.every((a) => a.periods.every((p) => p.quantiles[11]! < 0.5 && Number.isFinite(p.quantiles[22]!))),
    ).toBe(true);
  });
  it('whyBaseline speaks exactly when the score is above one or missing', () => {
    expect(whyBaseline(0.99, 10)).toBeNull();
    expect(whyBaseline(1.2, 10)).toContain('1.20 times');
    expect(whyBaseline(0.5, 3)).toContain('no track record');
    expect(whyBaseline(null, 10)).toContain('no track record');
  });
  it('forecasts the days of a daily series', async () => {
    const random = createRandom(6);
    const days = 7 * 20 + 3;
    const panel = emptyPanel(['a', 'b', 'c', 'd', 'e'], 19_000, days);
    panel.values.forEach((_, k) => {
      panel.values[k] = random.poisson((k % days) % 7 === 0 ? 5 : 40);
    });
    const { areas } = await forecastPanel(
      request(panel, { period: 'day', now: 19_000 + days, horizonWeeks: 2, total: undefined }),
    );
    const periods = areas[0]!.periods;
    expect(periods.map((p) => p.period)).toEqual(Array.from({ length: 14 }, (_, d) => 19_000 + days + d));
    // the quiet day of the week stays quiet
    const quiet = periods.find((p) => (p.period - 19_000) % 7 === 0)!;
    const busy = periods.find((p) => (p.period - 19_000) % 7 === 3)!;
    expect(quiet.quantiles[11]!).toBeLessThan(0.5 * busy.quantiles[11]!);
  });
  it('abstains by name', async () => {
    const negative = wavePanel(7);
    negative.values[10] = -3;
    const answer = await forecastPanel(request(negative));
    expect(answer.abstentions).toEqual([
      {
        area: 'ward 0',
        reason: 'negative-correction',
        detail: 'value -3 in period 2710 is below 0',
        note: { vi: expect.stringContaining('-3'), en: 'value -3 in period 2710 is below 0' },
      },
    ]);
    expect(answer.areas).toHaveLength(wards);
    await expect(forecastPanel(request(wavePanel(7), { now: 2700 + weeks + 9 }))).rejects.toThrow(
      ForecastAbstainedError,
    );
    await expect(forecastPanel(request(wavePanel(7), { breaks: [{ period: 2755 }] }))).rejects.toThrow(
      'definition-break',
    );
  });
  it('refuses an impossible request', async () => {
    await expect(forecastPanel(request(wavePanel(8), { horizonWeeks: 5 }))).rejects.toThrow('got 5');
    await expect(forecastPanel(request(wavePanel(8), { total: 'moon' }))).rejects.toThrow('"moon"');
  });
});
