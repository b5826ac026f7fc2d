import type { Question } from './answers.ts';
import { dateOf, lastWholeDay } from './outlook-counts.ts';

const epochWeek = (day: number) => Math.floor((day + 3) / 7);
const summary = (wis: number, logWis: number, coverage50: number, coverage95: number, cells: number) => ({
  cells,
  wis,
  logWis,
  absoluteError: wis * 1.4,
  coverage50,
  coverage95,
});
const pair = (wis: number, baseline: number, cells: number, coverage95 = 0.93) => ({
  model: summary(wis, wis / 250, 0.48, coverage95, cells),
  baseline: summary(baseline, baseline / 240, 0.41, 0.83, cells),
  relativeWis: wis / baseline,
});

const versions: Record<string, string[]> = { forecast: ['forecast-1', 'forecast-2'], risk: ['ml-1', 'ml-2'] };
type Decision = { version: string; reason: string; by: string; since: string; until: string | null };
const decided: Record<string, Decision[]> = { forecast: [], risk: [] };

const inForce = (kind: string) => {
  const [active] = decided[kind]!;
  return {
    kind,
    active: {
      version: active?.version ?? versions[kind]!.at(-1)!,
      since: active?.since ?? null,
      by: active?.by ?? null,
      reason: active?.reason ?? null,
    },
    versions: versions[kind]!.map((version, i) => ({
      version,
      since: `2026-11-2${1 + i}`,
      what: { vi: `Bản thử ${version}`, en: `Trial version ${version}` },
    })),
    decisions: decided[kind]!,
  };
};

/** As POST /api/models/:kind/active. */
export function activateMock(kind: string, { version, reason, by }: Record<string, unknown>, nowMs: number) {
  if (!versions[kind]?.includes(String(version)))
    return { status: 422, body: { title: 'No such version', status: 422, errors: [] } };
  if (inForce(kind).active.version === version)
    return { status: 409, body: { title: `${version} is in force already`, status: 409 } };
  const since = new Date(nowMs).toISOString();
  decided[kind] = [
    { version: String(version), reason: String(reason), by: String(by), since, until: null },
    ...decided[kind]!.map((one) => ({ ...one, until: one.until ?? since })),
  ];
  return { status: 200, body: inForce(kind) };
}

/** As GET /api/models: forecasts of three days and risks of four, newest first. */
export function mockModels(question: Question) {
  const lastDay = lastWholeDay(question.asOfMs);
  const stored = (kind: string, prefix: string, daysAgo: number, card: Record<string, unknown>) => ({
    district: question.district,
    modelId: `${prefix}-mock-1-${dateOf(lastDay - daysAgo)}-5eed`,
    kind,
    dataThroughDate: dateOf(lastDay - daysAgo),
    knownAt: new Date(question.asOfMs - daysAgo * 86_400_000 - 3_600_000).toISOString(),
    card: { kind, codeVersion: 'mock-1', ...card },
  });
  const forecast = (daysAgo: number, wis: number) =>
    stored('forecast-combination', 'forecast', daysAgo, {
      seed: 2021,
      areas: 11,
      dataFirst: epochWeek(lastDay) - 26,
      dataLast: epochWeek(lastDay - daysAgo),
      dataHash: '5eed'.repeat(16),
      members: [
        { name: 'autoregression', weight: 0.36 },
        { name: 'trees', weight: 0.45 },
        { name: 'renewal', weight: 0.19 },
      ],
      recent: pair(wis, 50, 140),
      backtest: pair(wis + 2, 50, 220, 0.9),
      byHorizon: [
        pair(wis * 0.6, 31, 60),
        pair(wis * 0.9, 44, 60),
        pair(wis * 1.2, 58, 50, 0.88),
        pair(wis * 1.4, 69, 50, 0.81),
      ],
      trackRecord: [
        { of: 40, held: 37 },
        { of: 40, held: 35 },
        { of: 36, held: 31 },
        { of: 30, held: 24 },
      ],
    });
  const risk = (daysAgo: number) =>
    stored('risk-walk-forward', 'risk', daysAgo, {
      origins: 14,
      cells: 420,
      score: 0.101,
      baselineScore: 0.202,
      relativeScore: 0.5,
    });
  return {
    items: [risk(0), forecast(0, 41), risk(1), forecast(1, 44), risk(2), forecast(2, 61)],
    inForce: Object.keys(versions).map(inForce),
  };
}
