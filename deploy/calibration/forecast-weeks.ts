// Forecasts of the district and its wards on the Mondays of an exercise, as the product would have computed them, against what came; the flat baseline beside them.
import { ScoreSum } from '../../ml/metrics/coverage.ts';
import { serialIntervalPolicy } from '../../services/case-history/policy.ts';
import { forecastOfSeries } from '../../services/outlook/forecast/forecast-of-series.ts';
import type { NetworkOrNot } from '../../services/outlook/forecast/network-of-question.ts';
import { forecastRules, settledAfterDays } from '../../services/outlook/policy.ts';
import { rounded } from './band-tally.ts';
import { changesKnownAt, type ExerciseReports, settledCounts } from './exercise-reports.ts';

const horizons = [1, 2, 3, 4] as const;
/** First Monday with the five weeks that a forecast needs, and how many of them; 06:00 of the day. */
const [firstWeeks, mondays, hour] = [5, 14, 6] as const;

type Level = 'district' | 'ward';
export type ForecastTable = Record<Level, { model: ScoreSum; baseline: ScoreSum }[]>;
export const emptyForecasts = (): ForecastTable => {
  const rows = () => horizons.map(() => ({ model: new ScoreSum(), baseline: new ScoreSum() }));
  return { district: rows(), ward: rows() };
};

/** @param network what the service would have loaded; undefined: the version without it */
export function addForecasts(
  into: ForecastTable,
  list: ExerciseReports,
  network?: NetworkOrNot,
  mondayStride = 1,
): void {
  const settled = settledCounts(list);
  const days = list.lastDay - list.firstDay + 1;
  const areas = ['district', ...list.wards];
  for (let monday = 0; monday < mondays; monday += mondayStride) {
    const onDay = list.firstDay + 7 * (firstWeeks + monday) + 1;
    const lastDay = onDay - 1;
    const changes = changesKnownAt(list, onDay, hour);
    const kept = Array.from(changes.day.keys()).filter((n) => changes.day[n]! <= lastDay);
    const { meanDays, sdDays, longestDays } = serialIntervalPolicy;
    const issued = forecastOfSeries(
      {
        series: {
          target: 'cases',
          areas,
          total: 0,
          step: 'day',
          kind: 'flow',
          now: lastDay,
          firstWeekEnd: 0,
          source: {
            form: 'reports',
            changes: {
              areas: [...list.wards],
              area: Int32Array.from(kept, (n) => list.areas[changes.place[n]!]?.ward ?? -1),
              day: Int32Array.from(kept, (n) => changes.day[n]!),
              delay: Int32Array.from(kept, (n) => lastDay - changes.age[n]! - changes.day[n]!),
              change: Int32Array.from(kept, (n) => changes.change[n]!),
            },
            firstDay: list.firstDay,
            lastDay,
          },
          breaks: [],
        },
        seed: 2021,
        version: 'calibration',
        rules: forecastRules,
        settledDays: settledAfterDays,
        serial: { meanDays, sdDays, longestDays },
      },
      network,
    );
    for (const { areaId, horizons: weeks } of issued)
      for (const { weeks: ahead, quantiles, baseline } of weeks ?? []) {
        const end = lastDay + 7 * ahead - list.firstDay;
        if (end >= days - settledAfterDays) continue;
        const row = areas.indexOf(areaId);
        let came = 0;
        for (let day = 0; day < 7; day++) came += settled[row * days + end - day]!;
        const sums = into[row === 0 ? 'district' : 'ward'][ahead - 1]!;
        sums.model.add(quantiles, came);
        sums.baseline.add(baseline, came);
      }
  }
}

export const forecastTableRows = (table: ForecastTable) => ({
  district: rowsOf(table.district),
  wards: rowsOf(table.ward),
});

function rowsOf(sums: ForecastTable['district']) {
  return sums.map(({ model, baseline }, i) => {
    const [own, flat] = [model.summary(), baseline.summary()];
    return {
      weeks: horizons[i]!,
      cells: own.cells,
      held50: rounded(own.coverage50),
      held95: rounded(own.coverage95),
      relativeWis: rounded(own.wis / flat.wis),
      baselineHeld95: rounded(flat.coverage95),
    };
  });
}
