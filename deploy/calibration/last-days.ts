// Nowcast and Rt as the product shows them, at every evening of the wave, against what was reported in the end.
import {
  dailyDelays,
  dayNumber,
  emptyPanel,
  isoDate,
  nowcastLastPeriods,
  reproductionDefaults,
  reproductionNumbers,
  serialInterval,
  type Vintage,
} from '@vungxanh/ml';
import { dailyStatistics } from '../../services/case-history/daily-statistics.ts';
import type { CaseChanges } from '../../services/case-history/known-counts.ts';
import { KnownCounts } from '../../services/case-history/known-counts.ts';
import { serialIntervalPolicy } from '../../services/case-history/policy.ts';
import { type Band, BandTally, rounded } from './band-tally.ts';
import { changesKnownAt, type ExerciseReports, settledCounts } from './exercise-reports.ts';

/** The 91 evenings of the independent recomputation: 20:00 of the district. */
const [firstEvening, lastEvening, hour] = [dayNumber('2021-07-05'), dayNumber('2021-10-03'), 20] as const;
const lags = [1, 2, 3, 4, 5, 6, 7] as const;

export interface LastDaysTable {
  district: readonly BandTally[];
  wards: readonly BandTally[];
  belowReported: number;
  cells: number;
  rt: RtTally;
}

interface RtTally {
  moments: number;
  held: number;
  told: number;
  wrong: number;
}

export function emptyLastDays(): LastDaysTable {
  const tallies = () => lags.map(() => new BandTally());
  return {
    district: tallies(),
    wards: tallies(),
    belowReported: 0,
    cells: 0,
    rt: { moments: 0, held: 0, told: 0, wrong: 0 },
  };
}

/**
 * Adds one exercise to the tables.
 * @param wardStride evenings between two at which a ward is looked at (one ward each time, in turn)
 */
export function addLastDays(into: LastDaysTable, list: ExerciseReports, wardStride: number): void {
  const settled = settledCounts(list);
  const days = list.lastDay - list.firstDay + 1;
  const { meanDays, sdDays, longestDays } = serialIntervalPolicy;
  const final = new Map(
    reproductionNumbers(settled.subarray(0, days), {
      ...reproductionDefaults,
      serialInterval: serialInterval(meanDays, sdDays, longestDays),
    }).map((value) => [isoDate(list.firstDay + value.lastDay), 'hidden' in value ? undefined : value.mean]),
  );
  for (let onDay = firstEvening; onDay <= lastEvening; onDay++) {
    const changes = changesKnownAt(list, onDay, hour);
    const all = new Int32Array(list.areas.length);
    const whole = dailyStatistics(changes, all, onDay, serialIntervalPolicy);
    if (!whole) continue;
    const last = whole.reproduction.at(-1);
    const came = last && final.get(last.date);
    if (last && !('hidden' in last) && came !== undefined) {
      into.rt.moments++;
      into.rt.held += last.q025 <= came && came <= last.q975 ? 1 : 0;
      into.rt.told += last.direction === 'unclear' ? 0 : 1;
      into.rt.wrong +=
        (last.direction === 'growing' && came < 1) || (last.direction === 'shrinking' && came > 1) ? 1 : 0;
    }
    const add = (tallies: readonly BandTally[], series: typeof whole.series, plain: Map<string, Band>, row: number) => {
      for (const lag of lags) {
        const day = series.at(-lag)!;
        if (!day.nowcast) continue;
        into.cells++;
        into.belowReported += day.nowcast.interval95[0] < day.reported ? 1 : 0;
        tallies[lag - 1]!.add(
          day.nowcast,
          plain.get(day.date)!,
          settled[row * days + dayNumber(day.date) - list.firstDay]!,
        );
      }
    };
    add(into.district, whole.series, plainTable(changes, all, list.firstDay, onDay), 0);
    if ((onDay - firstEvening) % wardStride !== 0) continue;
    const ward = ((onDay - firstEvening) / wardStride) % list.wards.length;
    const groups = Int32Array.from(list.areas, (area) => (area.ward === ward ? 0 : -1));
    const part = dailyStatistics(changes, groups, onDay, serialIntervalPolicy, all);
    if (part) add(into.wards, part.series, plainTable(changes, groups, list.firstDay, onDay), ward + 1);
  }
}

/** The plain delay table: by age of the report, the median of what was still missing of earlier days, and its spread. */
function plainTable(changes: CaseChanges, groups: Int32Array, firstDay: number, onDay: number): Map<string, Band> {
  const lastDay = onDay - 1;
  const order = Array.from(changes.age.keys()).sort((a, b) => changes.age[b]! - changes.age[a]!);
  const sorted = (values: Int32Array) => Int32Array.from(order, (i) => values[i]!);
  const known = new KnownCounts(
    {
      places: changes.places,
      place: sorted(changes.place),
      day: sorted(changes.day),
      age: sorted(changes.age),
      change: sorted(changes.change),
    },
    groups,
    1,
    firstDay,
    lastDay,
  );
  const vintages: Vintage[] = [];
  for (let age = Math.min(dailyDelays.memory, lastDay - firstDay - 1); age >= 0; age--) {
    known.goTo(age);
    const panel = emptyPanel(['area'], firstDay, lastDay - age - firstDay + 1);
    panel.values.set(known.counts.subarray(0, panel.length));
    vintages.push({ asOf: isoDate(lastDay - age), panel });
  }
  const present = vintages.pop()!;
  return new Map(
    nowcastLastPeriods(vintages, present.panel, lastDay, dailyDelays).map((value) => [isoDate(value.period), value]),
  );
}

export const lastDaysRows = ({ district, wards, belowReported, cells, rt }: LastDaysTable) => ({
  district: district.map((tally, i) => ({ lag: i + 1, ...tally.summary() })),
  wards: wards.map((tally, i) => ({ lag: i + 1, ...tally.summary() })),
  lowerBoundBelowReported: rounded(belowReported / cells),
  rt: {
    moments: rt.moments,
    held95: rounded(rt.held / rt.moments),
    directionTold: rounded(rt.told / rt.moments),
    directionWrong: rounded(rt.wrong / rt.moments),
  },
});
