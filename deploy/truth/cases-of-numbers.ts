// What looks at the last days, at a young cluster and at the cost of a measure. Asked of the same functions that answer in the product: an exercise's weeks are too long to wait for.
import { countAlarms, dayNumber } from '@vungxanh/ml';
import { exampleDistrict } from '../../ml/scenario/example-district.ts';
import { leverCalendar } from '../../ml/scenario/lever-calendar.ts';
import { simulateMean } from '../../ml/scenario/simulate.ts';
import { dailyStatistics } from '../../services/case-history/daily-statistics.ts';
import { serialIntervalPolicy } from '../../services/case-history/policy.ts';
import { networkFor } from '../../services/outlook/forecast/network-of-question.ts';
import { scenariosOfModel } from '../../services/scenarios/levers.ts';
import { nothingRecord } from '../../services/scenarios/nothing-record.ts';
import { fitSeverity } from '../../services/scenarios/severity-fit.ts';
import {
  changesKnownAt,
  type ExerciseReports,
  exerciseReports,
  outcomesKnownAt,
  settledCounts,
} from '../calibration/exercise-reports.ts';
import { addForecasts, emptyForecasts, forecastTableRows } from '../calibration/forecast-weeks.ts';
import { dayAgo, settled } from './scratch.ts';
import { lines, type TruthCase, totalOf } from './telling.ts';

/** Played once each: several cases look at the same ones. */
const played = new Map<number, ExerciseReports>();
const exercise = (seed: number): ExerciseReports => {
  const list = played.get(seed) ?? exerciseReports(seed);
  played.set(seed, list);
  return list;
};

const evening = (list: ExerciseReports, day: string) => {
  const onDay = dayNumber(day);
  const changes = changesKnownAt(list, onDay, 20);
  return dailyStatistics(changes, new Int32Array(list.areas.length), onDay, serialIntervalPolicy)!;
};
const period = { fromDate: '2021-07-26', toDate: '2021-09-23' };
type Asked = Parameters<typeof scenariosOfModel>[0][number]['levers'];
const leversOf = (levers: Asked) => scenariosOfModel([{ name: '', levers }], period.fromDate)[0]!.levers;
const movement = (limit: number) => leversOf([{ kind: 'movement', ...period, limit }]);

export const numberCases: readonly TruthCase[] = [
  {
    number: 'P33',
    what: 'cases stamped with the last day of their week, loaded in one go: no trend is said',
    right: { cases: 210, directions: 0, growth: null },
    ask: async (scratch) => {
      await scratch.importFile(
        'population',
        'people.csv',
        lines('Phường,Dân số,Từ ngày', 'Tân Phú,20000,2020-01-01', 'Tân Quy,25000,2020-01-01'),
      );
      const rows = Array.from({ length: 5 }, (_, week) =>
        Array.from(
          { length: 42 },
          (__, n) => `W-${week}-${n},${n % 2 ? 'Tân Phú' : 'Tân Quy'},${dayAgo(7 * week + 2)}`,
        ),
      ).flat();
      await scratch.importFile('cases', '33.csv', lines('ma_ca,phuong,ngay_xac_nhan', ...rows));
      const right = { cases: 210, directions: 0, growth: null };
      return settled(async () => {
        const { reproduction, growth } = await scratch.get<{
          reproduction: { direction: string | null }[];
          growth: object | null;
        }>('/api/epidemic-statistics');
        return {
          cases: await totalOf(scratch, '/api/epidemic/cases'),
          directions: reproduction.filter(({ direction }) => direction === 'growing' || direction === 'shrinking')
            .length,
          growth,
        };
      }, right);
    },
  },
  {
    number: 'N04',
    what: 'on evenings of an exercise the 95 % bands of the last seven days hold nine of ten, and none lies below what is reported',
    right: { holdsNineOfTen: true, belowReported: 0 },
    ask: async () => {
      let [cells, held, belowReported] = [0, 0, 0];
      for (const list of [2021, 7].map(exercise)) {
        const came = settledCounts(list);
        for (let onDay = dayNumber('2021-07-05'); onDay <= dayNumber('2021-10-03'); onDay += 3) {
          const changes = changesKnownAt(list, onDay, 20);
          const { series } = dailyStatistics(changes, new Int32Array(list.areas.length), onDay, serialIntervalPolicy)!;
          for (const { date, reported, nowcast } of series.slice(-7)) {
            const final = came[dayNumber(date) - list.firstDay]!;
            cells++;
            held += nowcast && nowcast.interval95[0] <= final && final <= nowcast.interval95[1] ? 1 : 0;
            belowReported += nowcast && nowcast.interval95[0] < reported ? 1 : 0;
          }
        }
      }
      return { holdsNineOfTen: held >= 0.9 * cells, belowReported };
    },
  },
  {
    number: 'N05',
    what: 'on a laboratory’s backlog no epidemic is said to shrink that does not',
    right: { shrinking: 0 },
    ask: async () => {
      const list = exercise(2021);
      const said = ['2021-08-01', '2021-08-02', '2021-08-09'].map(
        (day) => evening(list, day).reproduction.at(-1) as { direction?: string } | undefined,
      );
      return { shrinking: said.filter((last) => last?.direction === 'shrinking').length };
    },
  },
  {
    number: 'N07',
    what: 'a dose protects two weeks after the jab, and nobody has the second dose the next day',
    right: { firstDayOfEffect: 14, secondDosesInFirstWeeks: 0 },
    ask: async () => {
      const levers = leversOf([{ kind: 'vaccination', ...period, firstDosesPerDay: 3000, secondDosesPerDay: 3000 }]);
      const run = (of: typeof levers, days: number) =>
        simulateMean(exampleDistrict(), { name: '', levers: of }, { days, stepDays: 1 }).paths;
      const [plain, vaccinated] = [run([], 40), run(levers, 40)];
      const day = vaccinated.daily.infections.findIndex((value, at) => value !== plain.daily.infections[at]);
      const oneDose =
        exampleDistrict()
          .start.oneDose?.flat()
          .reduce((a, b) => a + b, 0) ?? 0;
      return {
        firstDayOfEffect: day,
        secondDosesInFirstWeeks: oneDose > 0 ? 0 : Math.round(run(levers, 41).doses[0]! - 41 * 3000),
      };
    },
  },
  {
    number: 'N08',
    what: 'a movement limit of 1 %, 50 %, 100 %: money and work in proportion to it',
    right: { money: [1, 50, 100], work: [1, 50, 100] },
    ask: async () => {
      const days = [0.01, 0.5, 1].map((limit) => leverCalendar(exampleDistrict(), movement(limit), 1)[0]!);
      const inProportion = (values: number[]) => values.map((value) => Math.round(value / values[0]!));
      return {
        money: inProportion(days.map(({ restrictedInFull }) => restrictedInFull)),
        work: inProportion(days.map(({ workersAtHome }) => workersAtHome)),
      };
    },
  },
  {
    number: 'N09',
    what: 'the exercise’s deaths in a model that is six times too mild (0.13 % of cases against 0.83 %): fitted within a third',
    right: { before: 'fewer than half', fitted: 'within a third' },
    ask: async () => {
      const onDay = dayNumber('2021-10-18');
      const outcomes = outcomesKnownAt(exercise(2021), onDay, 20);
      const { disease, ...place } = exampleDistrict();
      const mild = { ...place, disease: { ...disease, deathShare: disease.deathShare.map((share) => share / 6.4) } };
      const first = fitSeverity(mild, outcomes, onDay);
      const again = fitSeverity(first.district, outcomes, onDay).check;
      const share = (check: typeof again) => (check ? check.expectedDeaths / check.deaths : Number.NaN);
      return {
        before: share(first.check) < 0.5 ? 'fewer than half' : share(first.check),
        fitted: Math.abs(share(again) - 1) < 1 / 3 ? 'within a third' : share(again),
      };
    },
  },
  {
    number: 'N10',
    what: 'doing nothing said 13,080 (8,702 to 17,410) cases in 28 days, 8,282 came: its record says so, and it is not calibrated',
    right: { heldOf: [0, 1], saidBesideCame: 1.58, calibrated: false },
    ask: async () => {
      const first = dayNumber('2021-08-10');
      const aDay = (total: number) => total / 28;
      const reported = Array.from({ length: 28 }, () => ({
        q05: aDay(8702),
        q25: aDay(11_000),
        q50: aDay(13_080),
        q75: aDay(15_000),
        q95: aDay(17_410),
      }));
      const came = Array.from({ length: 40 }, (_, n) => ({ day: first + n, cases: aDay(8282), deaths: 0 }));
      const { weeks, calibrated } = nothingRecord([{ startDate: '2021-08-10', reported }], came, first + 40);
      const last = weeks.at(-1);
      return { heldOf: [last?.held90, last?.runs], saidBesideCame: last?.saidBesideCame, calibrated };
    },
  },
  {
    number: 'N11',
    what: 'forecasts as shown on the Mondays of an exercise: 95 % bands hold nine of ten one and two weeks ahead, and no week ahead is worse than the flat baseline',
    right: { holdNineOfTen: true, worseThanBaseline: [] },
    ask: async () => {
      const table = emptyForecasts();
      const network = await networkFor({ withNetwork: true, series: { kind: 'flow' } });
      addForecasts(table, exercise(7), network, 3);
      const { district, wards } = forecastTableRows(table);
      const near = [...district, ...wards].filter(({ weeks }) => weeks <= 2);
      return {
        holdNineOfTen: near.every(({ held95 }) => held95 >= 0.9),
        worseThanBaseline: [...district, ...wards].filter(({ relativeWis }) => relativeWis > 1),
      };
    },
  },
  {
    number: 'N12',
    what: 'eight cases in three days in one neighbourhood of 1,000 people are raised',
    right: { area: 7, observed: 8, raised: true },
    ask: async () => {
      const [days, areas] = [28, 300];
      // 900 cases in 28 days, spread evenly
      const cases = Float64Array.from({ length: days * areas }, (_, i) => ((i * 7) % 28 < 3 ? 1 : 0));
      for (let day = 0; day < days; day++) cases[day * areas + 7] = 0;
      for (let n = 0; n < 8; n++) cases[(days - 1 - (n % 3)) * areas + 7]!++;
      const [first] = countAlarms(cases, days, new Float64Array(areas).fill(1000));
      return { area: first?.area, observed: first?.observed, raised: (first?.p ?? 1) <= 0.001 };
    },
  },
  {
    number: 'N19',
    what: 'movement, businesses and 5K in full leave half of the contacts: those that movement alone leaves',
    right: 0.5,
    ask: async () => {
      const levers = leversOf([
        { kind: 'movement', ...period, limit: 1 },
        { kind: 'business', ...period, openShare: 0 },
        { kind: '5K', ...period, adherence: 1 },
      ]);
      return Number(leverCalendar(exampleDistrict(), levers, 1)[0]!.contacts[0]!.toFixed(9));
    },
  },
];
