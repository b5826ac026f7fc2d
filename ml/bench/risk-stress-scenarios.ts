import { dayMs, dayNumber } from '../numerics/days.ts';
import { createRandom } from '../numerics/random.ts';
import type { RiskData } from '../risk/backtest-data.ts';
import { followingYears } from './risk-stress-city.ts';
import { type Perturbation, perturbed, type ShownCell } from './risk-stress-publications.ts';

export interface Scenario {
  data(recorded: RiskData): RiskData;
  /** files that the model's own copy of the folder lacks */
  without?: string[];
  /** what is done to the text of one file of the model's own copy */
  spoil?: { file: string; change(text: string): string };
}

const reportDelayDays = 3;
const spring = dayNumber('2021-04-03');
const late = dayNumber('2021-08-21');
const defined = dayNumber('2021-03-04');

/** up from 1 to the factor in three weeks, back in five */
function wave(factor: number, peak: number): Perturbation {
  const height = (day: number) => {
    const weeks = (day - peak) / 7;
    const share = weeks < 0 ? Math.max(0, 1 + weeks / 3) : Math.max(0, 1 - weeks / 5);
    return factor ** share;
  };
  return {
    cell: (rate, { weekEnd }) => rate * height(weekEnd),
    reportFactor: (day) => height(day - reportDelayDays - 3),
  };
}

const changed = (change: Perturbation): Scenario => ({ data: (recorded) => perturbed(recorded, change) });

/** a fault in the newest week of every ninth publication, put right in the next one */
const everyNinth = (spoil: (rate: number, cell: ShownCell) => number | undefined): Scenario =>
  changed({ cell: (rate, cell) => (cell.newest && cell.publication % 9 === 6 ? spoil(rate, cell) : rate) });

/** the same cell draws the same number in every publication */
const chance = (area: number, weekEnd: number, salt: number) =>
  createRandom((area + 2) * 7919 + weekEnd * 31 + salt).uniform();

/** fewer cases: counts are thinned to whole numbers, and blank below five */
function quieter(factor: (weekEnd: number) => number): Scenario {
  return {
    data: (recorded) => {
      const units = recorded.populations.map((people) => people / 1e5);
      return perturbed(recorded, {
        cell: (rate, { area, weekEnd }) => {
          const scale = factor(weekEnd);
          if (area < 0 || scale === 1) return rate * scale;
          const cases = Math.floor((Number.isNaN(rate) ? 2 : rate * units[area]!) * scale + chance(area, weekEnd, 1));
          return cases < 5 ? Number.NaN : Number((cases / units[area]!).toFixed(2));
        },
        reportFactor: (day) => factor(day - reportDelayDays),
      });
    },
  };
}

/** five years after the recorded ones; `troubled`: every fault of this file, one after another, and a new definition half way */
const years = (
  seed: number,
  growthNoise: number,
  troubled: boolean,
  withHistory = true,
  countsUntilShare = 0.4,
): Scenario => ({
  data: (recorded) => {
    const data = followingYears(recorded, { weeks: 250, seed, growthNoise, countsUntilShare, withHistory });
    if (!troubled) return data;
    const redefined = data.revisions.at(-1)!.publishedDay - 7 * 100;
    return perturbed(data, {
      isMissing: (publication) => publication % 41 === 17 || publication % 83 === 30 || publication % 83 === 31,
      delayDays: (publication) => (publication % 13 === 5 ? 1 : publication % 29 === 11 ? 4 : 0),
      cell: (rate, cell) => {
        const value = cell.publishedDay >= redefined ? rate * 1.5 : rate;
        if (!cell.newest || cell.publication % 15 !== 8) return value;
        return faults[Math.floor(cell.publication / 15) % faults.length]!(value, cell);
      },
    });
  },
});

const faults: ((rate: number, cell: ShownCell) => number | undefined)[] = [
  (rate) => rate * 10,
  () => 0,
  (rate, cell) => cell.valueAt(cell.weekEnd - 7) ?? rate,
  (rate, cell) => (cell.area >= 0 && chance(cell.area, 0, 5) < 0.4 ? undefined : rate),
  (rate) => rate / 10,
  (rate) => rate * 0.3,
];

const file = { weekly: 'weekly_rate_revisions.csv', counts: 'cumulative_snapshots.csv', map: 'modzcta.geojson' };
const others = ['vaccination_by_area.csv', 'areas.csv', 'weekly_rate_city_borough.csv'];
const rowsOf = (change: (cells: string[], row: number) => string) => (text: string) =>
  text
    .split('\n')
    .map((line, row) => (row === 0 || line === '' ? line : change(line.split(','), row)))
    .join('\n');

export const scenarios: Record<string, Scenario> = {
  recorded: { data: (recorded) => recorded },
  'wave x3, April': changed(wave(3, spring)),
  'wave x6, April': changed(wave(6, spring)),
  'wave x6, August': changed(wave(6, late)),
  'wave x15, August': changed(wave(15, late)),
  'wave x6, August, reports overwhelmed': changed({ ...wave(6, late), reportFactor: () => 1 }),
  'week x10': everyNinth((rate) => rate * 10),
  'week /10': everyNinth((rate) => rate / 10),
  'week x3': everyNinth((rate) => rate * 3),
  'week of zeros': everyNinth(() => 0),
  'week before again': everyNinth((rate, cell) => cell.valueAt(cell.weekEnd - 7) ?? rate),
  'two fifths of areas missing': everyNinth(faults[3]!),
  'week blank': everyNinth(() => Number.NaN),
  'whole table x10': changed({ cell: (rate, { publication }) => (publication % 9 === 6 ? rate * 10 : rate) }),
  'one week not published': changed({ isMissing: (publication) => publication % 9 === 6 }),
  'two weeks not published': changed({ isMissing: (publication) => publication % 13 === 6 || publication % 13 === 7 }),
  'four weeks not published': changed({ isMissing: (publication) => publication >= 30 && publication < 34 }),
  'a day late': changed({ delayDays: () => 1 }),
  'five days late at times': changed({ delayDays: (publication) => (publication % 5 === 2 ? 5 : 0) }),
  'definition x1.5, past rewritten': changed({
    cell: (rate, { publishedDay }) => (publishedDay >= defined ? rate * 1.5 : rate),
  }),
  'definition x1.5, past not rewritten': changed({
    cell: (rate, { weekEnd }) => (weekEnd >= defined ? rate * 1.5 : rate),
  }),
  'definition x0.6, past rewritten': changed({
    cell: (rate, { publishedDay }) => (publishedDay >= defined ? rate * 0.6 : rate),
  }),
  'quiet tail /20': quieter((weekEnd) => (weekEnd < defined ? 1 : Math.max(0.05, 0.8 ** ((weekEnd - defined) / 7)))),
  'quiet throughout /8': quieter(() => 1 / 8),
  'no daily counts': { data: (recorded) => recorded, without: [file.counts] },
  'daily counts end': changed({ hasCounts: (day) => day < defined }),
  'only the weekly table and people': { data: (recorded) => recorded, without: [file.counts, file.map, ...others] },
  'no row of the city': {
    data: (recorded) => recorded,
    spoil: { file: file.weekly, change: rowsOf((cells) => (cells[1] === 'CITY' ? '' : cells.join(','))) },
  },
  'negative, unreadable and blank cells': {
    data: (recorded) => recorded,
    spoil: {
      file: file.weekly,
      change: rowsOf((cells, row) =>
        row % 97 === 0
          ? [...cells.slice(0, 3), `-${cells[3]}`].join(',')
          : row % 101 === 0
            ? '<<<<<<< HEAD'
            : row % 103 === 0
              ? [...cells.slice(0, 3), 'n/a'].join(',')
              : row % 107 === 0
                ? [cells[0], cells[1], 'unknown', cells[3]].join(',')
                : row % 109 === 0
                  ? [...cells.slice(0, 3), ''].join(',')
                  : cells.join(','),
      ),
    },
  },
  'a week labelled a day early': {
    data: (recorded) => recorded,
    spoil: {
      file: file.weekly,
      change: rowsOf((cells) =>
        ['2021-03-13', '2021-06-05'].includes(cells[2]!)
          ? [
              cells[0],
              cells[1],
              cells[2]!.replace(/\d\d$/, (d) => String(Number(d) - 1).padStart(2, '0')),
              cells[3],
            ].join(',')
          : cells.join(','),
      ),
    },
  },
  'nine years later': {
    data: (recorded) => {
      const shift = 7 * 470;
      const moved = <T extends { instant: number; publishedDay: number }>(row: T): T => ({
        ...row,
        instant: row.instant + shift * dayMs,
        publishedDay: row.publishedDay + shift,
      });
      return {
        ...recorded,
        revisions: recorded.revisions.map((row) => ({ ...moved(row), weekEnd: row.weekEnd + shift })),
        snapshots: recorded.snapshots.map(moved),
      };
    },
  },
  'weeks end on Wednesday': {
    data: (recorded) => ({
      ...recorded,
      revisions: recorded.revisions.map((row) => ({
        ...row,
        weekEnd: row.weekEnd + 4,
        publishedDay: row.publishedDay + 4,
        instant: row.instant + 4 * dayMs,
      })),
    }),
  },
  'ten areas appear, ten end': {
    data: (recorded) => ({
      ...recorded,
      revisions: recorded.revisions.filter(
        ({ area, weekEnd }) =>
          area < 0 || (area % 17 === 3 ? weekEnd > defined : area % 17 === 5 ? weekEnd < late : true),
      ),
    }),
  },
  'five years, steady growth': years(1, 0.04, false),
  'five years': years(2, 0.08, false),
  'five years, rough growth': years(3, 0.12, false),
  'five years, troubled': years(4, 0.08, true),
  'five years, rough growth, troubled': years(5, 0.12, true),
  'five years, later folder alone': years(6, 0.08, false, false),
  'five years, troubled, no counts, later folder alone': years(7, 0.08, true, false, 0),
};
