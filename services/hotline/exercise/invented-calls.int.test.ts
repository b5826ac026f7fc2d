import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programmeActor } from '#contracts/actor.ts';
import { message, stampOf } from '../calls/commands.ts';
import { dailyCallsSet, type Round } from '../daily/events.ts';
import { openHotline } from '../testing/hotline.ts';
import { inventedCallers } from './invented-callers.ts';

/** 07:00 in Vietnam. */
const begin = '2021-10-01T00:00:00.000Z';
const hour = 3600;
let line: Awaited<ReturnType<typeof openHotline>>;

async function set(roundId: Round, mostPerDay: number): Promise<void> {
  const { parts, district } = line;
  const stamped = await stampOf(parts as Parameters<typeof stampOf>[0], district, {
    actor: programmeActor('drill'),
    correlationId: randomUUID(),
  });
  const result = await parts.appender.append(
    message(stamped, dailyCallsSet, { roundId, enabled: true, mostPerDay, occurredAt: stamped.now }),
  );
  expect(result.ok).toBe(true);
}
interface Item {
  callId: string;
  status: string;
  areaId: string | null;
  occurredAt: string;
  attempts: { role: string }[];
}
const calls = async (query = 'direction=inbound') =>
  (await line.get<{ items: Item[] }>(`calls?limit=500&${query}`)).items.toSorted((a, b) =>
    a.callId < b.callId ? -1 : 1,
  );
const calledBy = (day: string, upToSecond: number) =>
  inventedCallers(line.district, day, 24)
    .filter(({ secondOfDay }) => secondOfDay <= upToSecond)
    .map(({ callId }) => callId)
    .sort();

beforeAll(async () => {
  line = await openHotline(begin);
  await line.facility('station-w1', 'health-station', [106.714, 10.705]);
  await line.facility('q7-hospital-quan-7', 'hospital', [106.701, 10.701]);
});
afterAll(() => line.stop());

test('invented people call once it is said, each at his own time from a place in a ward, through a death; the telephones answer', async () => {
  line.turnTo(12 * hour);
  line.news();
  await set('inbound', 24);
  line.turnTo(14 * hour);
  line.news();
  // 21:00, and the evening before from 21:00 on.
  const wanted = [
    ...calledBy('2021-10-01', 21 * hour),
    ...calledBy('2021-09-30', 86_400).filter((id) => !calledBy('2021-09-30', 21 * hour).includes(id)),
  ].sort();
  expect(wanted.length).toBeGreaterThan(10);
  await expect
    .poll(async () => (await calls()).map(({ callId }) => callId), { timeout: 60_000 })
    .toEqual(expect.arrayContaining(wanted));
  await line.kill();
  await line.start();
  line.turnTo(15 * hour);
  line.news();
  await expect
    .poll(async () => (await calls()).every(({ status }) => status !== 'ringing' && status !== 'missed'), {
      timeout: 60_000,
    })
    .toBe(true);
  const found = await calls();
  expect(new Set(found.map(({ callId }) => callId)).size).toBe(found.length);
  expect(found.every(({ areaId }) => areaId?.startsWith('W'))).toBe(true);
  const by = new Map(inventedCallers(line.district, '2021-10-01', 24).map((one) => [one.callId, one.secondOfDay]));
  for (const { callId, occurredAt } of found.filter(({ callId }) => by.has(callId)))
    expect([callId, Date.parse(occurredAt)]).toEqual([
      callId,
      Date.parse('2021-09-30T17:00:00Z') + by.get(callId)! * 1000,
    ]);
  // Who has symptoms and was spoken with is judged.
  await expect
    .poll(
      async () => {
        const { rows } = await line.parts.database.query<{ waits: number }>(
          `SELECT count(*)::int AS waits FROM hotline.call_versions v JOIN hotline.callers c USING (district, call_id)
           WHERE v.district = $1 AND v.known_until = 'infinity' AND v.topic = 'symptoms' AND v.status IN ('answered', 'ended') AND c.triage IS NULL`,
          [line.district],
        );
        return rows[0]!.waits;
      },
      { timeout: 60_000 },
    )
    .toBe(0);
});

test('of patients no more are called on a day than was said', async () => {
  for (let index = 0; index < 12; index++)
    await line.parts.database.query(
      `INSERT INTO epidemic.case_versions (district, case_id, known_at, area_id, event_date, confirmed_date, exposure, status, status_since, first_sequence, sequence, event_id)
       VALUES ($1, $2, '2021-09-01', 'W1a', '2021-09-28', '2021-09-28', 'community', 'home-care', '2021-09-28', $3, $3, $2)`,
      [line.district, `home-${index}`, index + 1],
    );
  await set('daily', 5);
  for (const at of [16, 16.1, 16.2]) {
    line.turnTo(at * hour);
    line.news();
    await expect.poll(async () => (await calls('direction=daily')).length, { timeout: 60_000 }).toBe(5);
  }
  line.turnTo(26 * hour);
  line.news();
  await expect.poll(async () => (await calls('direction=daily')).length, { timeout: 60_000 }).toBe(10);
});
