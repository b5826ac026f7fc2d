import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { isoDate } from '../numerics/days.ts';
import { runRiskBacktest } from '../risk/backtest.ts';
import { type RiskData, readRiskData } from '../risk/backtest-data.ts';
import { evaluateBands, type ScoredForecast, settledTruth } from '../risk/band-evaluation.ts';
import { defaultOptions, type RiskOptions } from '../risk/options.ts';
import { WalkForward } from '../risk/walk-forward.ts';
import { type Scenario, scenarios } from './risk-stress-scenarios.ts';

/**
 * The risk backtest on spoiled copies of the development folder and on simulated later years, each scored against its own settled truth:
 *   node ml/bench/risk-stress.ts --data DIR --tools DIR [--only TEXT]           files, the command itself, rps.py; prints JSON
 *   node ml/bench/risk-stress.ts --data DIR --options '{"name":{…}}' [--only TEXT]   variants of the options, in memory
 */
const cuts = [20, 50, 150];
const settleDays = 28;
const firstOrigin = 19;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    tools: { type: 'string' },
    only: { type: 'string', default: '' },
    options: { type: 'string' },
  },
});
if (!values.data) throw new Error('--data DIR is needed');
const recorded = readRiskData([values.data]);
const chosen = Object.entries(scenarios).filter(([name]) => new RegExp(values.only).test(name));

if (values.options) compareOptions(JSON.parse(values.options) as Record<string, Partial<RiskOptions>>);
else await scoreFolders(values.data, values.tools ?? '');

function compareOptions(variants: Record<string, Partial<RiskOptions>>): void {
  const sums = new Map<string, number[]>();
  for (const [name, scenario] of chosen) {
    const data = scenario.data(recorded);
    const truth = settledTruth(data.revisions, data.populations, cuts, settleDays);
    const weekEnds = [...new Set(data.revisions.map((revision) => revision.weekEnd))].sort((a, b) => a - b);
    for (const [variant, change] of Object.entries(variants)) {
      const walk = new WalkForward(data, { ...defaultOptions, ...change }, cuts);
      const own: ScoredForecast[] = [];
      const baseline: ScoredForecast[] = [];
      for (let week = weekEnds[0]!; week <= weekEnds.at(-1)!; week += 7) {
        const forecast = walk.step(week);
        if (!forecast || week < weekEnds[0]! + 7 * firstOrigin) continue;
        own.push(forecast);
        baseline.push({ origin: week, probabilities: forecast.baseline });
      }
      const score = (forecasts: ScoredForecast[], horizons: number[]) => evaluateBands(truth, forecasts, 3, horizons);
      const ratio = (horizons: number[]) =>
        score(own, horizons).rankedProbabilityScore / score(baseline, horizons).rankedProbabilityScore;
      const all = score(own, [1, 2, 3, 4]);
      const figures = [ratio([1, 2]), ratio([3, 4]), all.logisticSlope, all.set90Holds];
      console.log(
        name.padEnd(54),
        variant.padEnd(20),
        figures.map((value) => value.toFixed(3)).join('  '),
        `${walk.judge.doubts.length} doubts`,
      );
      const sum = sums.get(variant) ?? [0, 0, 0, 0, 0];
      sums.set(variant, [
        ...figures.map((value, i) => sum[i]! + (i === 2 ? Math.abs(Math.log(value)) : value)),
        sum[4]! + (all.set90Holds < 0.9 || all.set90Holds > 0.98 ? 1 : 0),
      ]);
    }
  }
  for (const [variant, sum] of sums) {
    const means = sum.map((value) => value / chosen.length);
    console.log(
      'MEAN'.padEnd(54),
      variant.padEnd(20),
      means
        .slice(0, 2)
        .map((v) => v.toFixed(3))
        .join('  '),
    );
    console.log(
      ''.padEnd(54),
      `|log slope| ${means[2]!.toFixed(3)}, set holds ${means[3]!.toFixed(3)}, outside 0.90-0.98: ${sum[4]}`,
    );
  }
}

async function scoreFolders(source: string, tools: string): Promise<void> {
  const python = (script: string, ...args: string[]) =>
    execFileSync('python3', [join(tools, script), ...args], { encoding: 'utf8', maxBuffer: 1e8 });
  const results: Record<string, unknown> = {};
  for (const [name, scenario] of chosen) {
    const root = mkdtempSync(join(tmpdir(), 'risk-stress-'));
    try {
      results[name] = await scoreOne(scenario, source, root, python);
    } catch (error) {
      results[name] = { crashed: (error as Error).message };
    } finally {
      rmSync(root, { recursive: true });
    }
    console.log(JSON.stringify({ scenario: name, ...(results[name] as object) }));
  }
}

interface Scored {
  groups: Record<string, { completeness: number; set90_holds: number; reliability: { logit_slope: number } }>;
  info: { bad_rows: number; repeated_keys: number };
}

async function scoreOne(
  scenario: Scenario,
  source: string,
  root: string,
  python: (...args: [string, ...string[]]) => string,
) {
  const data = scenario.data(recorded);
  const [clean, own] = [join(root, 'clean'), join(root, 'own')];
  writeFolder(data, source, clean, {});
  writeFolder(data, source, own, scenario);
  const [forecast, reference] = [join(root, 'own.csv'), join(root, 'reference.csv')];
  const started = performance.now();
  await runRiskBacktest(['--data', own, '--out', forecast]);
  const seconds = (performance.now() - started) / 1000;
  python('risk_reference.py', '--data', clean, '--model', 'reference', '--out', reference);
  const truth = ['--truth', `${clean}/weekly_cases_by_area.csv.gz`];
  const settled = ['--vintages', `${clean}/weekly_rate_revisions.csv.gz`, '--settle', String(settleDays), '--json'];
  const compared = JSON.parse(
    python('rps.py', 'compare', ...truth, ...settled, '--forecast', forecast, '--base', reference, '--reps', '50'),
  );
  const score = JSON.parse(python('rps.py', 'score', ...truth, ...settled, '--forecast', forecast)) as Scored;
  const alert = JSON.parse(python('rps.py', 'alert', ...truth, ...settled, '--forecast', forecast));
  const all = score.groups.ALL!;
  const round = (value: number | null) => (value === null || value === undefined ? null : Number(value.toFixed(3)));
  const origins = new Set(data.revisions.map(({ weekEnd }) => weekEnd)).size - firstOrigin;
  return {
    relative12: round(compared.groups['h1-2'].rel_rps),
    relative34: round(compared.groups['h3-4'].rel_rps),
    slope: round(all.reliability.logit_slope),
    set90: round(all.set90_holds),
    warned: round(alert.share_lead_ge1),
    onsets: alert.onsets,
    falseAlarms: round(alert.false_per_area_year),
    completeness: round(all.completeness),
    badRows: score.info.bad_rows + score.info.repeated_keys,
    rowsMissing: 4 * data.areaIds.length * origins - (readFileSync(forecast, 'utf8').split('\n').length - 2),
    seconds: round(seconds),
  };
}

/** Writes the files that the yardstick and the model read; the model's own copy may lack some or hold rubbish. */
function writeFolder(data: RiskData, source: string, folder: string, { without = [], spoil }: Partial<Scenario>): void {
  mkdirSync(folder);
  const write = (name: string, lines: string[]) => {
    if (without.includes(name)) return;
    const text = `${lines.join('\n')}\n`;
    writeFileSync(join(folder, `${name}.gz`), gzipSync(spoil?.file === name ? spoil.change(text) : text, { level: 1 }));
  };
  const nameOf = (area: number) => (area < 0 ? 'CITY' : data.areaIds[area]!);
  const number = (value: number) => (Number.isNaN(value) ? '' : String(Number(value.toFixed(2))));
  const minuteOf = new Map<number, string>();
  const at = (instant: number, day: number) => {
    const known = minuteOf.get(instant) ?? new Date((minuteOf.size % 1000) * 60_000).toISOString().slice(11, 19);
    minuteOf.set(instant, known);
    return `${isoDate(day)}T${known}-05:00`;
  };
  const final = new Map<string, number>();
  for (const { area, weekEnd, rate } of data.revisions) final.set(`${nameOf(area)},${isoDate(weekEnd)}`, rate);
  write('weekly_rate_revisions.csv', [
    'published_at,area_id,week_end_date,case_rate_per_100k',
    ...data.revisions.map(
      (row) => `${at(row.instant, row.publishedDay)},${nameOf(row.area)},${isoDate(row.weekEnd)},${number(row.rate)}`,
    ),
  ]);
  const people = new Map(data.areaIds.map((id, i) => [id, data.populations[i]!]));
  write('weekly_cases_by_area.csv', [
    'area_id,week_end_date,case_rate_per_100k,population',
    ...[...final]
      .filter(([key]) => !key.startsWith('CITY'))
      .map(([key, rate]) => `${key},${number(rate)},${people.get(key.split(',')[0]!)}`),
  ]);
  write('weekly_rate_city_borough.csv', [
    'area,week_end_date,case_rate_per_100k',
    ...[...final].filter(([key]) => key.startsWith('CITY')).map(([key, rate]) => `${key},${number(rate)}`),
  ]);
  write('cumulative_snapshots.csv', [
    'published_at,area_id,cases_cum',
    ...data.snapshots.flatMap(({ instant, publishedDay, cases }) =>
      Array.from(cases, (count, i) => `${at(instant, publishedDay)},${data.areaIds[i]},${number(count)}`),
    ),
  ]);
  const map = join(source, 'modzcta.geojson');
  if (existsSync(map) && !without.includes('modzcta.geojson')) copyFileSync(map, join(folder, 'modzcta.geojson'));
}
