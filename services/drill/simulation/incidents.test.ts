import { beforeAll, describe, expect, test } from 'vitest';
import { loadDistrict7Pack } from '../../geography/district7/pack.ts';
import { incidentCleared, incidentDismissed, incidentReported } from '../../incidents/incident.ts';
import { dayOf } from './calendar.ts';
import type { EntityFact } from './fact.ts';
import { IncidentReports } from './incidents.ts';
import { holds } from './place.ts';
import { randomFor } from './random.ts';

const pack = loadDistrict7Pack();
const neighbourhoods = pack.areas.filter(({ level }) => level === 'neighbourhood');
const [from, to] = [dayOf('2021-06-01'), dayOf('2021-12-31')];
const play = (seed: number): EntityFact[] => {
  const reports = new IncidentReports(pack, neighbourhoods, randomFor(seed, 'incidents'));
  return Array.from({ length: to - from + 1 }, (_, day) => reports.factsOf(from + day)).flat();
};
const localMinute = (time: number) => Math.floor((time / 60_000 + 7 * 60) % 1440);
const localDay = (time: number) => Math.floor((time / 60_000 + 7 * 60) / 1440);

describe('incidents of the exercise', () => {
  let facts: EntityFact[];
  let reported: EntityFact[];
  beforeAll(() => {
    facts = play(2021);
    reported = facts.filter(({ definition }) => definition === incidentReported);
  });

  test('the same seed gives the same, another seed others', () => {
    expect(play(2021)).toEqual(facts);
    expect(play(2022)).not.toEqual(facts);
  });

  test('each is what its event allows, is said once and known after it happened', () => {
    const wrong = facts.filter(
      ({ definition, data, time, recordedTime }) =>
        !definition.schema.safeParse(data).success || recordedTime < time || !definition.publishedBy.includes('drill'),
    );
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
  });

  test('a few a day, fewer in the lockdown; many on some days of the rainy season', () => {
    const perDay = new Map<number, number>();
    for (const { time } of reported) perDay.set(localDay(time), (perDay.get(localDay(time)) ?? 0) + 1);
    const counts = [...perDay.values()];
    expect(reported.length / (to - from + 1)).toBeGreaterThan(5);
    expect(reported.length / (to - from + 1)).toBeLessThan(15);
    const between = (first: string, last: string) =>
      reported.filter(({ time }) => localDay(time) >= dayOf(first) && localDay(time) <= dayOf(last)).length;
    expect(between('2021-08-01', '2021-08-31')).toBeLessThan(0.7 * between('2021-11-01', '2021-11-30'));
    expect(counts.filter((count) => count >= 20).length).toBeGreaterThan(5);
  });

  test('floods come many on a day: half of them on a tenth of the days', () => {
    const perDay = new Map<number, number>();
    for (const { time, data } of reported)
      if (data.kind === 'flooding') perDay.set(localDay(time), (perDay.get(localDay(time)) ?? 0) + 1);
    const counts = [...perDay.values()].toSorted((a, b) => b - a);
    const all = counts.reduce((sum, count) => sum + count, 0);
    const most = counts.slice(0, Math.floor((to - from) / 10)).reduce((sum, count) => sum + count, 0);
    expect(most).toBeGreaterThan(all / 2);
  });

  test('crashes and jams gather in the rush hours', () => {
    const traffic = reported.filter(({ data }) => data.kind === 'crash' || data.kind === 'congestion');
    const rush = traffic.filter(({ time }) => {
      const minute = localMinute(time);
      return (minute >= 405 && minute <= 540) || (minute >= 990 && minute <= 1140);
    });
    // These five hours and a quarter hold a quarter of the waking day.
    expect(rush.length / traffic.length).toBeGreaterThan(0.5);
  });

  test('each lies in its neighbourhood, and is over once, after its report, within a day and a half mostly', () => {
    const areas = new Map(neighbourhoods.map((area) => [area.id, area]));
    const outside = reported.filter(({ data }) => !holds(areas.get(data.areaId!)!.geometry, data.location!));
    expect(outside.length).toBeLessThan(reported.length / 100);
    const ends = new Map(
      facts
        .filter(({ definition }) => definition === incidentCleared || definition === incidentDismissed)
        .map((fact) => [fact.data.incidentId, fact]),
    );
    const hours = reported.flatMap(({ data, recordedTime }) => {
      const end = ends.get(data.incidentId);
      return end ? [(end.time - recordedTime) / 3_600_000] : [];
    });
    expect(reported.length - hours.length).toBeLessThan(15);
    expect(Math.min(...hours)).toBeGreaterThan(0);
    expect(hours.filter((hour) => hour > 36).length).toBeLessThan(hours.length / 50);
    expect(hours.toSorted((a, b) => a - b)[Math.floor(hours.length / 2)]!).toBeLessThan(4);
  });
});
