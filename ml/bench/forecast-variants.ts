/**
 * Every member and combination tried, scored on the development rounds: `node ml/bench/forecast-variants.ts [series …]`.
 * Reads the hub folder from `VX_SHARED` (or `../shared`)/data/forecast-hub. Members are run once and replayed in the
 * combinations. "ed-long" scores the rehearsals of the ED share from 2023-10 on (settled values, no revision): many more
 * weeks than the 13 rounds that have a hub baseline, so its relative score is against our own flat member.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type CombineOptions, defaultCombine } from '../forecast/combine.ts';
import { flatMember } from '../forecast/growth-members.ts';
import { loadDistrictHistory } from '../forecast/hub-districts.ts';
import {
  type HubSeries,
  type HubSeriesName,
  hubSeriesNames,
  loadHubSeries,
  readRows,
  sharesPerUnit,
} from '../forecast/hub-folder.ts';
import { horizonWeeks, hubOrigins, type Origin } from '../forecast/hub-origins.ts';
import { chooseMembers } from '../forecast/members.ts';
import type { Centre, Member } from '../forecast/situation.ts';
import { defaultSpread, levelCount, type SpreadOptions } from '../forecast/spread.ts';
import { valuesFromLevels } from '../forecast/values.ts';
import { WalkForward } from '../forecast/walk-forward.ts';
import { scoreCell, scoreCellLog } from '../metrics/interval-score.ts';
import { dayNumber, isoDate, weekEnd, weekNumber } from '../numerics/days.ts';
import { valueAt } from '../numerics/panels.ts';
import { type Cells, loadForecasts } from './score-groups.ts';

const shared = process.env.VX_SHARED ?? join(import.meta.dirname, '../../../shared');
const dir = join(shared, 'data/forecast-hub');
if (!existsSync(dir)) throw new Error(`no forecast-hub folder at ${dir}: set VX_SHARED`);

class Bench {
  readonly series: HubSeries;
  readonly origins: Origin[];
  readonly truth = new Map<string, number>();
  readonly baseline: Cells;
  readonly ensemble: Cells | null;
  readonly #centres = new Map<string, Map<number, Centre>>();

  constructor(name: HubSeriesName) {
    this.series = loadHubSeries(dir, name);
    this.origins = [...hubOrigins(this.series, loadDistrictHistory(dir))];
    const [folder, target] = name.split('/') as [string, string];
    for (const [l, d, v] of readRows(join(dir, folder, `truth-${target}.csv`), [
      'location',
      'target_end_date',
      'value',
    ])) {
      if (v !== '' && v !== 'NA') this.truth.set(`${l}|${d}`, Number(v));
    }
    const hub = folder === 'flu-us' ? 'FluSight' : 'CovidHub';
    const at = (model: string) => join(dir, folder, `forecasts-${target}`, `${hub}-${model}.csv.gz`);
    this.baseline = loadForecasts(at('baseline'))!;
    this.ensemble = loadForecasts(at('ensemble'));
  }

  /** Runs a member over all origins once; later uses replay it. */
  prepare(member: Member, refitEvery = 4): string {
    if (!this.#centres.has(member.name)) {
      const centres = new Map<number, Centre>();
      this.origins.forEach(({ round, situation }, k) => {
        centres.set(situation.last, member.centre(situation, round !== null || k % refitEvery === 0));
      });
      this.#centres.set(member.name, centres);
    }
    return member.name;
  }

  replay(name: string): Member {
    const centres = this.#centres.get(name)!;
    return { name, centre: (situation) => centres.get(situation.last)! };
  }

  score(
    label: string,
    members: readonly string[],
    combine: Partial<CombineOptions> = {},
    spread: Partial<SpreadOptions> = {},
  ): void {
    const walk = new WalkForward(
      members.map((m) => this.replay(m)),
      { combine: { ...defaultCombine, ...combine }, spread: { ...defaultSpread, ...spread }, refitEvery: 1 },
    );
    const unit = this.series.name.endsWith('/ed') ? sharesPerUnit : 1;
    const multiplier = unit === 1 ? 1 : 100_000;
    const groups = new Map<string, number[]>();
    const add = (group: string, row: number[]) => {
      const sum = groups.get(group) ?? row.map(() => 0);
      row.forEach((v, j) => {
        sum[j]! += v;
      });
      groups.set(group, sum);
    };
    for (const { round, situation } of this.origins) {
      const { quantiles } = walk.advance(situation, round === null);
      const long = this.series.name === 'covid-us/ed' && situation.last >= weekNumber('2023-10-07');
      if (!round && !long) continue;
      const values = valuesFromLevels(quantiles, unit);
      const reference = round?.referenceDate ?? weekEnd(situation.last + 1);
      this.series.areas.forEach((area, i) => {
        if (area === 'US') return;
        for (let h = 0; h < horizonWeeks; h++) {
          const observed = this.truth.get(`${area}|${isoDate(dayNumber(reference) + 7 * h)}`);
          const cell = values.subarray((i * horizonWeeks + h) * levelCount, (i * horizonWeeks + h + 1) * levelCount);
          if (observed === undefined || !Number.isFinite(cell[0]!)) continue;
          const own = scoreCell(cell, observed);
          const ownLog = scoreCellLog(cell, observed, multiplier).wis;
          if (long) {
            const last = valueAt(
              {
                areas: this.series.areas,
                first: situation.target.first,
                length: situation.target.length,
                values: situation.target.z,
              },
              i,
              situation.last,
            );
            const flat = Math.abs(Math.expm1(last) / unit - observed);
            const flatLog = Math.abs(
              Math.log1p((Math.expm1(last) / unit) * multiplier) - Math.log1p(observed * multiplier),
            );
            add('ed-long', [1, own.wis, ownLog, flat, flatLog, Number(own.inside50), Number(own.inside95), 0, 0, 0, 0]);
          }
          const key = `${reference}|${area}|${h}`;
          const base = this.baseline.get(key);
          if (!round || !base) continue;
          const ensemble = this.ensemble?.get(key);
          const row = [
            1,
            own.wis,
            ownLog,
            scoreCell(base, observed).wis,
            scoreCellLog(base, observed, multiplier).wis,
            Number(own.inside50),
            Number(own.inside95),
            ensemble ? own.wis : 0,
            ensemble ? ownLog : 0,
            ensemble ? scoreCell(ensemble, observed).wis : 0,
            ensemble ? scoreCellLog(ensemble, observed, multiplier).wis : 0,
          ];
          add(this.series.name, row);
          if (this.series.name === 'flu-us/hosp') add(reference < '2024-08' ? 'flu 2023-24' : 'flu 2024-25', row);
          if (process.env.BY_HORIZON) add(`${this.series.name} h${h}`, row);
        }
      });
    }
    for (const [group, s] of groups) {
      const ensemble = s[9]! > 0 ? `${(s[7]! / s[9]!).toFixed(3)} | ${(s[8]! / s[10]!).toFixed(3)}` : '– | –';
      console.log(
        `| ${label} | ${group} | ${(s[1]! / s[3]!).toFixed(3)} | ${(s[2]! / s[4]!).toFixed(3)} | ${ensemble} | ${(s[5]! / s[0]!).toFixed(3)} | ${(s[6]! / s[0]!).toFixed(3)} |`,
      );
    }
  }
}

export { Bench };

/** Members alone, then combinations, then the spread. */
async function runVariants(name: HubSeriesName): Promise<void> {
  const bench = new Bench(name);
  const chosen = await chooseMembers(7, { season: true, net: true });
  const members = chosen.map((member) => bench.prepare(member));
  const flat = bench.prepare(flatMember());
  for (const member of [...members, flat]) bench.score(member, [member]);
  bench.score('all', members);
  bench.score('all, equal weights', members, { power: 0 });
  for (const power of [8, 16]) bench.score(`all, power ${power}`, members, { power });
  bench.score('all and flat', [...members, flat]);
  for (const left of members) {
    bench.score(
      `all but ${left}`,
      members.filter((m) => m !== left),
    );
  }
  for (const biasShare of [0, 0.5]) bench.score(`bias share ${biasShare}`, members, {}, { biasShare });
  for (const memory of [40, 104]) bench.score(`error memory ${memory}`, members, {}, { memory });
  for (const sizeErrors of [0, 50, 200]) bench.score(`size errors ${sizeErrors}`, members, {}, { sizeErrors });
  for (const areaErrors of [0, 10]) bench.score(`area errors ${areaErrors}`, members, {}, { areaErrors });
}

if (import.meta.main) {
  const asked = process.argv.slice(2);
  for (const name of hubSeriesNames) if (asked.length === 0 || asked.includes(name)) await runVariants(name);
}
