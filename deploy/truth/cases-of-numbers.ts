// What looks at the last days, at a young cluster and at the cost of a measure. Asked of the same functions that answer in the product: an exercise's weeks are too long to wait for.
import { countAlarms, dayNumber } from '@vungxanh/ml';
import { exampleDistrict } from '../../ml/scenario/example-district.ts';
import { leverCalendar } from '../../ml/scenario/lever-calendar.ts';
import { simulateMean } from '../../ml/scenario/simulate.ts';
import { dailyStatistics } from '../../services/case-history/daily-statistics.ts';
import { serialIntervalPolicy } from '../../services/case-history/policy.ts';
import { scenariosOfModel } from '../../services/scenarios/levers.ts';
import {
  changesKnownAt,
  type ExerciseReports,
  exerciseReports,
  settledCounts,
} from '../calibration/exercise-reports.ts';
import { dayAgo, settled } from './scratch.ts';
import { lines, type TruthCase, totalOf } from './telling.ts';

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
      for (const list of [2021, 7].map(exerciseReports)) {
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
      const list = exerciseReports(2021);
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
