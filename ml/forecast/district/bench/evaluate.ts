/**
 * Walk-forward scores on short histories, beside the hubs' flat baseline on the same completed weeks.
 * `node ml/forecast/district/bench/evaluate.ts [--lists A.json,B.json] [--data ../shared/data/nyc-covid] [--stride 1] [--held-out]`
 * `--held-out`: simulated districts and ZIP areas that no constant was chosen on.
 */
import { existsSync } from 'node:fs';
import { ScoreSum } from '../../../metrics/coverage.ts';
import { hubLevels } from '../../../metrics/interval-score.ts';
import { serialInterval } from '../../../rt/serial-interval.ts';
import { type DistrictOptions, districtOptions } from '../options.ts';
import { rehearse } from '../rehearse.ts';
import { weekSteps } from '../seen.ts';
import { fileRehearsal, newYorkDaily, newYorkWeekly, type Rehearsal, simulatedRehearsals } from './sets.ts';

const horizons = 4;
const levels = hubLevels.length;
/** Moments before this many weeks have passed only teach. */
const warmUpWeeks = 5;

export interface Table {
  model: ScoreSum[];
  baseline: ScoreSum[];
}

export function scoreRehearsals(rehearsals: readonly Rehearsal[], options: DistrictOptions): Table {
  const sums = () => Array.from({ length: horizons + 1 }, () => new ScoreSum());
  const table = { model: sums(), baseline: sums() };
  for (const rehearsal of rehearsals) {
    const { history, truth } = rehearsal;
    const week = weekSteps(history);
    rehearse(history, horizons, { ...options, settledSteps: week }, 2021).forEach(
      ({ last, quantiles, baseline: flat }, m) => {
        const seen = history.moments[m]!;
        if (last - seen.first < warmUpWeeks * week) return;
        // one moment a week is scored: closer ones say the same twice
        if ((last - history.moments.at(-1)!.last) % week !== 0) return;
        for (let i = 0; i < history.areas.length; i++)
          for (let h = 0; h < horizons; h++) {
            const observed = truth(i, last + (h + 1) * week);
            const at = (i * horizons + h) * levels;
            if (!Number.isFinite(observed) || Number.isNaN(quantiles[at]!) || Number.isNaN(flat[at]!)) continue;
            const own = quantiles.subarray(at, at + levels);
            for (const row of [h, horizons]) {
              table.model[row]!.add(own, observed);
              table.baseline[row]!.add(flat.subarray(at, at + levels), observed);
            }
          }
      },
    );
  }
  return table;
}

const f = (value: number, digits = 3) => value.toFixed(digits);

export function printTable(name: string, { model, baseline }: Table): void {
  const rows = [...Array(horizons).keys(), horizons];
  for (const row of rows) {
    const [m, b] = [model[row]!.summary(), baseline[row]!.summary()];
    console.log(
      `${name.padEnd(18)} ${row === horizons ? 'all    ' : `${row + 1} weeks`}  cells ${String(m.cells).padStart(5)}  WIS/baseline ${f(m.wis / b.wis)}  log ${f(m.logWis / b.logWis)}  cover 50 ${f(m.coverage50, 2)} 95 ${f(m.coverage95, 2)}  (baseline ${f(b.coverage50, 2)} ${f(b.coverage95, 2)})`,
    );
  }
}

export function shortLine({ model, baseline }: Table): string {
  const [m, b] = [model[horizons]!.summary(), baseline[horizons]!.summary()];
  return `${f(m.wis / b.wis)} / ${f(m.logWis / b.logWis)}  ${f(m.coverage50, 2)} ${f(m.coverage95, 2)}`;
}

export function loadSets(args: readonly string[]): Map<string, Rehearsal[]> {
  const value = (flag: string, otherwise: string) => (args.includes(flag) ? args[args.indexOf(flag) + 1]! : otherwise);
  const stride = Number(value('--stride', '1'));
  const sets = new Map<string, Rehearsal[]>();
  const lists = value('--lists', '').split(',').filter(Boolean);
  if (lists.length)
    sets.set(
      'drill',
      lists.map((file) => fileRehearsal(file, stride)),
    );
  const heldOut = args.includes('--held-out');
  const seeds = Array.from({ length: 8 }, (_, n) => (heldOut ? 201 : 101) + n);
  sets.set('simulated', simulatedRehearsals(seeds, stride));
  const folder = value('--data', '../shared/data/nyc-covid');
  if (existsSync(folder)) {
    sets.set('NY weekly', newYorkWeekly(folder, heldOut));
    sets.set('NY daily', newYorkDaily(folder, stride, heldOut));
  } else console.log(`left out: no series of New York at ${folder} (--data)`);
  return sets;
}

if (import.meta.main) {
  const options = districtOptions(serialInterval(4.7, 2.9, 21));
  for (const [name, rehearsals] of loadSets(process.argv.slice(2)))
    printTable(name, scoreRehearsals(rehearsals, options));
}
