import { dayText, localDay, type MockHistory } from './history.ts';

/** Known daily cases of areas up to a moment: of each area the counts by day number. */
export function dailyCounts(history: MockHistory, district: string, asOfMs: number): Map<string, Map<number, number>> {
  const counts = new Map<string, Map<number, number>>(history.areas.map(({ areaId }) => [areaId, new Map()]));
  for (const row of history.rows) {
    if (row.layer !== 'cases' || row.recordedMs > asOfMs) continue;
    for (const areaId of [row.areaId, row.wardId, district]) {
      const days = counts.get(areaId)!;
      days.set(row.day, (days.get(row.day) ?? 0) + 1);
    }
  }
  return counts;
}

export const sumOf = (days: Map<number, number>, from: number, to: number): number => {
  let sum = 0;
  for (let day = from; day <= to; day += 1) sum += days.get(day) ?? 0;
  return sum;
};

/** Share of a day's cases that is known so many days later: the mock reports within two days. */
export const knownShare = (ageDays: number): number => [0.45, 0.7, 0.9][ageDays] ?? 1;

/** Cases of the seven days up to a day, late ones estimated in. */
export function completedWeek(days: Map<number, number>, lastDay: number): number {
  let sum = 0;
  for (let age = 0; age < 7; age += 1) sum += (days.get(lastDay - age) ?? 0) / knownShare(age);
  return sum;
}

/** Growth a week of completed weeks, within bounds a wave has. */
export function weeklyGrowth(days: Map<number, number>, lastDay: number): number {
  const ratio = (completedWeek(days, lastDay) + 1) / (sumOf(days, lastDay - 13, lastDay - 7) + 1);
  return Math.max(-0.9, Math.min(0.9, Math.log(ratio)));
}

/** The areas that the mock withholds something of, by the end of their id. */
export const silent = { risk: 'phu-my', forecast: 'phong', smallRisk: '-to-01' } as const;
export const lastWholeDay = (asOfMs: number) => localDay(asOfMs) - 1;
export const dateOf = dayText;
