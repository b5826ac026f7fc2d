/** Walk-forward forecasts of every round of a hub folder, as a file in the hub's long form. */
import { writeFileSync } from 'node:fs';
import { hubLevels } from '../metrics/interval-score.ts';
import { dayNumber, isoDate } from '../numerics/days.ts';
import { loadDistrictHistory } from './hub-districts.ts';
import { type HubSeries, type HubSeriesName, hubSeriesNames, loadHubSeries, sharesPerUnit } from './hub-folder.ts';
import { horizonWeeks, hubOrigins } from './hub-origins.ts';
import { chooseMembers } from './members.ts';
import { fillSilentAreas } from './silent-areas.ts';
import type { Member } from './situation.ts';
import { levelCount } from './spread.ts';
import { valuesFromLevels } from './values.ts';
import { WalkForward } from './walk-forward.ts';

export interface BacktestRequest {
  dir: string;
  series: HubSeriesName;
  out: string;
  /** limits on the reference date, inclusive; earlier rounds are still learned from */
  from?: string;
  to?: string;
  seed: number;
  /** instead of the usual ones */
  members?: readonly Member[];
  /** called after each origin with the share done, 0..1 */
  progress?: (share: number) => void;
}

/** One round's quantiles in the units of the target, areas * horizons * 23. */
export interface RoundForecast {
  readonly referenceDate: string;
  readonly values: Float64Array;
}

export async function forecastRounds(
  series: HubSeries,
  dir: string,
  {
    seed,
    members,
    to = '9999-12-31',
    progress = () => {},
  }: Pick<BacktestRequest, 'seed' | 'members' | 'to' | 'progress'>,
): Promise<RoundForecast[]> {
  const walk = new WalkForward(members ?? (await chooseMembers(seed, { season: true, net: true })));
  const share = series.name.endsWith('/ed');
  const { population } = series;
  const silence = { population, total: series.areas.indexOf('US'), share };
  const forecasts: RoundForecast[] = [];
  const rounds = series.rounds.filter((r) => r.referenceDate <= to);
  for (const { round, situation } of hubOrigins({ ...series, rounds }, loadDistrictHistory(dir))) {
    const { quantiles } = walk.advance(situation, round === null);
    if (!round) continue;
    const values = share ? valuesFromLevels(quantiles, sharesPerUnit, 1) : valuesFromLevels(quantiles, 1);
    fillSilentAreas(values, horizonWeeks, silence);
    forecasts.push({ referenceDate: round.referenceDate, values });
    progress(forecasts.length / rounds.length);
  }
  return forecasts;
}

export function forecastCsv(series: HubSeries, forecasts: readonly RoundForecast[]): string {
  const lines = ['reference_date,location,horizon,target_end_date,output_type_id,value'];
  for (const { referenceDate, values } of forecasts) {
    for (let h = 0; h < horizonWeeks; h++) {
      const end = isoDate(dayNumber(referenceDate) + 7 * h);
      series.areas.forEach((area, i) => {
        // where no area has reported anything yet there is nothing to say
        if (!Number.isFinite(values[(i * horizonWeeks + h) * levelCount]!)) return;
        for (let q = 0; q < levelCount; q++) {
          const value = values[(i * horizonWeeks + h) * levelCount + q]!;
          lines.push(`${referenceDate},${area},${h},${end},${hubLevels[q]},${Number(value.toPrecision(8))}`);
        }
      });
    }
  }
  return `${lines.join('\n')}\n`;
}

export async function runHubBacktest(request: BacktestRequest): Promise<void> {
  if (!hubSeriesNames.includes(request.series)) {
    throw new RangeError(`series must be one of ${hubSeriesNames.join(', ')}, got "${request.series}"`);
  }
  const series = loadHubSeries(request.dir, request.series);
  const forecasts = await forecastRounds(series, request.dir, request);
  const made = new Set(forecasts.map((f) => f.referenceDate));
  const without = series.rounds.filter((r) => r.referenceDate <= (request.to ?? '9999') && !made.has(r.referenceDate));
  if (without.length > 0) {
    const dates = without.map((r) => r.referenceDate).join(', ');
    process.stderr.write(`${series.name}: no vintage was known yet, so no forecast, at ${dates}\n`);
  }
  const wanted = forecasts.filter((f) => f.referenceDate >= (request.from ?? ''));
  writeFileSync(request.out, forecastCsv(series, wanted));
}
