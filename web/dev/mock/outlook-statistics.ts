import type { Question } from './answers.ts';
import type { MockHistory } from './history.ts';
import { dailyCounts, dateOf, knownShare, lastWholeDay } from './outlook-counts.ts';

const shownDays = 90;
const meanSerialDays = 4.7;
const fewestCases = 12;

/** As GET /api/epidemic-statistics: late days completed by the mock's own delays, Rt as the ratio of two weeks. */
export function mockStatistics(history: MockHistory, question: Question) {
  const areaId = question.areaId ?? question.district;
  const days = dailyCounts(history, question.district, question.asOfMs).get(areaId);
  if (!days) return undefined;
  const lastDay = lastWholeDay(question.asOfMs);
  const firstDay = Math.min(...days.keys());
  const completed = (day: number) => (days.get(day) ?? 0) / knownShare(lastDay - day);
  const around = (count: number, share: number, width: number): [number, number] => [
    Math.max(count, (count - width * Math.sqrt(count * (1 - share) + 0.2)) / share),
    (count + width * Math.sqrt(count * (1 - share) + 0.6)) / share,
  ];
  const series = Array.from({ length: shownDays }, (_, i) => {
    const day = lastDay - shownDays + 1 + i;
    const reported = days.get(day) ?? 0;
    const share = knownShare(lastDay - day);
    return {
      date: dateOf(day),
      reported,
      nowcast:
        share < 1
          ? {
              median: reported / share,
              interval50: around(reported, share, 0.7),
              interval95: around(reported, share, 2),
            }
          : null,
    };
  });
  const week = (day: number) => Array.from({ length: 7 }, (_, i) => completed(day - i)).reduce((a, b) => a + b, 0);
  const reproduction = Array.from({ length: shownDays }, (_, i) => {
    const day = lastDay - shownDays + 1 + i;
    const cases = week(day);
    const hidden = day - 6 <= firstDay ? 'before the first case' : cases < fewestCases ? 'too few cases' : null;
    if (hidden)
      return { date: dateOf(day), cases, mean: null, interval95: null, interval50: null, direction: null, hidden };
    const mean = ((cases + 1) / (week(day - 7) + 1)) ** (meanSerialDays / 7);
    const width = (z: number): [number, number] => [
      mean * Math.exp(-z / Math.sqrt(cases)),
      mean * Math.exp(z / Math.sqrt(cases)),
    ];
    const interval95 = width(1.96);
    const direction = interval95[0] > 1 ? 'growing' : interval95[1] < 1 ? 'shrinking' : 'unclear';
    return { date: dateOf(day), cases, mean, interval95, interval50: width(0.67), direction, hidden };
  });
  const cases = week(lastDay) + week(lastDay - 7);
  const perDay = Math.log((week(lastDay) + 1) / (week(lastDay - 7) + 1)) / 7;
  const half = 2 / Math.sqrt(cases + 1) / 7;
  const clear = Math.abs(perDay) > half;
  return {
    district: question.district,
    areaId,
    asOf: new Date(question.asOfMs).toISOString(),
    throughDate: dateOf(lastDay),
    series,
    reproduction,
    growth:
      cases < 20
        ? null
        : {
            perDay,
            interval95: [perDay - half, perDay + half],
            doublingDays: clear ? Math.LN2 / perDay : null,
            cases,
          },
    growthHidden: cases < 20 ? { reason: 'too few cases', cases } : null,
    serialInterval: { meanDays: meanSerialDays, sdDays: 2.9, source: 'mock', verified: false },
    notIncluded: 'uncertainty of the nowcast and of the serial interval; imported cases',
    abstention: null,
  };
}
