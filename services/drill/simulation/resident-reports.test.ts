import { beforeAll, describe, expect, test } from 'vitest';
import { reportReceived, reportReminded } from '../../citizens/report/report.ts';
import { loadDistrict7Pack } from '../../geography/district7/pack.ts';
import { dayOf } from './calendar.ts';
import type { EntityFact } from './fact.ts';
import { holds } from './place.ts';
import { randomFor } from './random.ts';
import { ResidentReports } from './resident-reports.ts';

const pack = loadDistrict7Pack();
const neighbourhoods = pack.areas.filter(({ level }) => level === 'neighbourhood');
const [from, to] = [dayOf('2021-06-01'), dayOf('2021-12-31')];
const play = (seed: number): EntityFact[] => {
  const reports = new ResidentReports(pack, neighbourhoods, randomFor(seed, 'citizens'));
  return Array.from({ length: to - from + 1 }, (_, day) => reports.factsOf(from + day)).flat();
};
const hour = 3_600_000;

describe('citizens’ reports of the exercise', () => {
  let facts: EntityFact[];
  let received: EntityFact[];
  /** Of each report what is said of it, in order. */
  const lives = new Map<string, EntityFact[]>();
  beforeAll(() => {
    facts = play(2021);
    received = facts.filter(({ definition }) => definition === reportReceived);
    for (const fact of facts.toSorted((a, b) => a.recordedTime - b.recordedTime)) {
      const id = String(fact.data.reportId);
      lives.set(id, [...(lives.get(id) ?? []), fact]);
    }
  });
  const shareOf = (fits: (life: EntityFact[]) => boolean) => [...lives.values()].filter(fits).length / lives.size;
  const closedAfter = (life: EntityFact[]) => {
    const closed = life.find(({ definition }) => definition.status === 'closed');
    return closed && closed.time - life[0]!.time;
  };

  test('the same seed gives the same, another seed others', () => {
    expect(play(2021)).toEqual(facts);
    expect(play(2022)).not.toEqual(facts);
  });

  test('each is what its event allows, may be said by the exercise, and is said once', () => {
    const wrong = facts.filter(
      ({ definition, data, time, recordedTime }) =>
        !definition.schema.safeParse(data).success || recordedTime < time || !definition.publishedBy.includes('drill'),
    );
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
    // What becomes due is the service's to say.
    expect(reportReminded.publishedBy).toEqual(['citizens']);
  });

  test('some tens a day, of every topic and channel, in every ward', () => {
    const aDay = received.length / (to - from + 1);
    expect(aDay).toBeGreaterThan(18);
    expect(aDay).toBeLessThan(36);
    const values = (field: string) => new Set(received.map(({ data }) => data[field])).size;
    expect([values('topic'), values('channel')]).toEqual([12, 4]);
    const wardOf = new Map(neighbourhoods.map(({ id, parentId }) => [id, parentId]));
    expect(new Set(received.map(({ data }) => wardOf.get(data.areaId!))).size).toBe(10);
  });

  test('each lies in its neighbourhood, some are only said to', () => {
    const areas = new Map(neighbourhoods.map((area) => [area.id, area]));
    const placed = received.filter(({ data }) => data.location);
    const outside = placed.filter(({ data }) => !holds(areas.get(data.areaId!)!.geometry, data.location!));
    // A neighbour's report may lie across a border.
    expect(outside.length / placed.length).toBeLessThan(0.03);
    expect(1 - placed.length / received.length).toBeGreaterThan(0.04);
  });

  test('steps come in a lawful order, and the unit that was routed to is the one that is judged', () => {
    const next: Record<string, string[]> = {
      received: ['routed'],
      routed: ['routed', 'paused', 'closed'],
      paused: ['routed'],
      closed: ['rated', 'reopened'],
      rated: ['reopened'],
      reopened: ['closed'],
    };
    for (const life of lives.values()) {
      const steps = life.map(({ definition }) => definition.type.slice('report-'.length));
      expect(steps.slice(0, 2)).toEqual(['received', 'routed']);
      for (let i = 1; i < steps.length; i += 1) expect(next[steps[i - 1]!]).toContain(steps[i]);
      const unit = life.findLast(({ data }) => data.unit)!.data.unit;
      for (const { data } of life) if (data.ratedUnit) expect(data.ratedUnit).toBe(unit);
    }
  });

  test('most are answered within 48 hours, some late, some are reopened, some judged, some reported twice', () => {
    const late = shareOf((life) => (closedAfter(life) ?? 0) > 48 * hour);
    expect(late).toBeGreaterThan(0.08);
    expect(late).toBeLessThan(0.35);
    const has = (status: string) => shareOf((life) => life.some(({ id }) => id.includes(`.${status}`)));
    expect(has('rated')).toBeGreaterThan(0.3);
    expect(has('paused')).toBeGreaterThan(0.03);
    expect(has('reopened')).toBeGreaterThan(0.02);
    const byPlace = Map.groupBy(received, ({ data }) => `${data.topic} ${data.areaId}`);
    const metres = (a: EntityFact, b: EntityFact) =>
      Math.hypot(a.data.location!.lon - b.data.location!.lon, a.data.location!.lat - b.data.location!.lat) * 111_000;
    const twice = [...byPlace.values()].flatMap((near) =>
      near.filter((one, at) =>
        near.some((other, i) => i < at && one.data.location && other.data.location && metres(one, other) < 40),
      ),
    );
    expect(twice.length / received.length).toBeGreaterThan(0.05);
  });

  test('people who write ask for help in the lockdown, and complain of streets outside of it', () => {
    const share = (topic: string, first: string, last: string) => {
      const days = received.filter(
        ({ time }) => time >= Date.parse(`${first}T00:00+07:00`) && time < Date.parse(`${last}T00:00+07:00`),
      );
      return days.filter(({ data }) => data.topic === topic).length / days.length;
    };
    expect(share('health', '2021-08-01', '2021-09-01')).toBeGreaterThan(
      3 * share('health', '2021-11-01', '2021-12-01'),
    );
    expect(share('street-occupation', '2021-11-01', '2021-12-01')).toBeGreaterThan(
      2 * share('street-occupation', '2021-08-01', '2021-09-01'),
    );
  });
});
