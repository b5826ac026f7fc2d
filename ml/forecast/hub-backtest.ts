/** Walk-forward forecasts of every round of a hub folder, as a file in the hub's long form. */
import { writeFileSync } from 'node:fs';
import { hubLevels } from '../metrics/interval-score.ts';
import { dayNumber, isoDate } from '../series.ts';
import { loadDistrictHistory } from './hub-districts.ts';
import { type HubSeries, type HubSeriesName, hubSeriesNames, loadHubSeries, sharesPerUnit } from './hub-folder.ts';
import { horizonWeeks, hubOrigins } from './hub-origins.ts';
import { chooseMembers } from './members.ts';
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
  seed: number,
  to: string,
  progress: (share: number) => void = () => {},
): Promise<RoundForecast[]> {
  const walk = new WalkForward(await chooseMembers(seed, { season: true, net: true }));
  const unit = series.name.endsWith('/ed') ? sharesPerUnit : 1;
  const forecasts: RoundForecast[] = [];
  const rounds = series.rounds.filter((r) => r.referenceDate <= to);
  for (const { round, situation } of hubOrigins({ ...series, rounds }, loadDistrictHistory(dir))) {
    const { quantiles } = walk.advance(situation, round === null);
    if (!round) continue;
    forecasts.push({ referenceDate: round.referenceDate, values: valuesFromLevels(quantiles, unit) });
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
        // an area that never reported has no level to start from: left out, not guessed
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
  const forecasts = await forecastRounds(
    series,
    request.dir,
    request.seed,
    request.to ?? '9999-12-31',
    request.progress,
  );
  const wanted = forecasts.filter((f) => f.referenceDate >= (request.from ?? ''));
  writeFileSync(request.out, forecastCsv(series, wanted));
}
