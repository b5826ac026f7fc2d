import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '#platform/database.ts';
import { openHotline } from '../testing/hotline.ts';
import { readRound, roundProjection } from './projection.ts';

/** 07:00 in Vietnam. */
const begin = '2021-10-01T00:00:00.000Z';
const hour = 3600;
let line: Awaited<ReturnType<typeof openHotline>>;
let count = 0;

/** A case as `epidemic` publishes it. */
async function isCase(caseId: string, status: string, areaId = 'W1a'): Promise<void> {
  const { database } = line.parts;
  await database.query(
    `UPDATE epidemic.case_versions SET known_until = now() WHERE district = $1 AND case_id = $2 AND known_until = 'infinity'`,
    [line.district, caseId],
  );
  count++;
  await database.query(
    `INSERT INTO epidemic.case_versions (district, case_id, known_at, area_id, event_date, confirmed_date, exposure, status, status_since, first_sequence, sequence, event_id)
     VALUES ($1, $2, '2021-09-01', $4, '2021-09-28', '2021-09-28', 'community', $3, '2021-09-28', $5, $5, $6)`,
    [line.district, caseId, status, areaId, count, `e${count}`],
  );
}
interface Item {
  callId: string;
  status: string;
  open: boolean;
  owners: { targetId: string }[];
  attempts: { rangAt: string; outcome: string | null }[];
}
const calls = () => line.get<{ total: number; items: Item[] }>('calls?direction=daily&limit=500');
const total = async () => (await calls()).total;
/** Of each patient, on which days he was called. */
async function calledOn(): Promise<Record<string, string[]>> {
  const { rows } = await line.parts.database.query<{ case_id: string; days: string[] }>(
    `SELECT case_id, array_agg(substr(call_id, 7, 10) ORDER BY call_id) AS days FROM hotline.callers WHERE district = $1 AND case_id IS NOT NULL GROUP BY 1`,
    [line.district],
  );
  return Object.fromEntries(rows.map(({ case_id, days }) => [case_id, days]));
}
const callOf = async (caseId: string, day: string) => {
  const { rows } = await line.parts.database.query<{ call_id: string }>(
    `SELECT call_id FROM hotline.callers WHERE district = $1 AND case_id = $2 AND call_id LIKE 'daily-' || $3 || '%'`,
    [line.district, caseId, day],
  );
  return rows[0]!.call_id;
};

beforeAll(async () => {
  line = await openHotline(begin, { exercise: false });
  await line.facility('station-w1', 'health-station', [106.714, 10.705]);
  for (let index = 0; index < 20; index++) await isCase(`home-${index}`, index % 2 ? 'home-care' : 'active');
  await isCase('in-hospital', 'hospitalised');
  await isCase('well-again', 'recovered');
});
afterAll(() => line.stop());

test('nobody is called before the district says so, nor before 08:00; then each patient at home once that day, whoever dies and starts again', async () => {
  line.turnTo(0);
  expect((await line.post('daily', { enabled: true })).status).toBe(200);
  line.turnTo(hour - 1);
  await expect.poll(() => line.get('daily')).toMatchObject({ enabled: true, rule: { at: '08:00' } });
  await line.kill();
  await line.start();
  expect(await total()).toBe(0);
  line.turnTo(hour);
  line.news();
  await expect.poll(total).toBe(20);
  await line.kill();
  await line.start();
  // Who becomes a case later in the day is called, too.
  await isCase('new', 'active');
  line.turnTo(hour + 10);
  line.news();
  await expect.poll(total).toBe(21);
  await expect.poll(async () => Object.keys(await calledOn()).length).toBe(21);
  expect(Object.values(await calledOn()).every((days) => days.join() === '2021-10-01')).toBe(true);
  expect(Object.keys(await calledOn())).not.toContain('in-hospital');
});

test('a patient who does not answer is tried again half an hour later; after that it is the task of whoever cares for his ward', async () => {
  const id = await callOf('home-0', '2021-10-01');
  const rings = async () =>
    (await line.get<Item>(`calls/${id}`)).attempts.map(({ rangAt }) => (Date.parse(rangAt) - Date.parse(begin)) / 1000);
  expect(await rings()).toEqual([hour]);
  line.turnTo(hour + 45);
  await expect.poll(rings).toEqual([hour, hour + 45 + 1800]);
  expect((await line.post(`calls/${id}/answer`)).status).toBe(409);
  line.turnTo(hour + 45 + 1800 + 44.9);
  expect((await line.get<Item>(`calls/${id}`)).open).toBe(false);
  // One of them answers in the last second, and presses that he is in danger.
  const danger = await callOf('home-1', '2021-10-01');
  expect((await line.post(`calls/${danger}/answer`)).status).toBe(200);
  expect(await (await line.post(`calls/${danger}/triage`, { keys: '9' })).json()).toMatchObject({
    level: 'emergency',
    redFlag: true,
    testReferral: false,
  });
  expect(await line.get<Item>(`calls/${danger}`)).toMatchObject({ open: true, owners: [{ targetId: 'station-w1' }] });
  line.turnTo(hour + 45 + 1800 + 45);
  await expect.poll(async () => (await line.get<Item>(`calls/${id}`)).status).toBe('unanswered');
  expect(await line.get<Item>(`calls/${id}`)).toMatchObject({ open: true, owners: [{ targetId: 'station-w1' }] });
});

test('the next day each is called again, until he is released', async () => {
  await isCase('home-2', 'recovered');
  line.turnTo(25 * hour);
  line.news();
  await expect.poll(total).toBe(41);
  // Who was called is written apart from the calls, and may come after them.
  await expect.poll(async () => (await calledOn())['home-0']).toEqual(['2021-10-01', '2021-10-02']);
  expect((await calledOn())['home-2']).toEqual(['2021-10-01']);
  // No word of the patient in what everybody of the duty sees.
  expect(JSON.stringify(await line.journalled(await callOf('home-0', '2021-10-02')))).not.toMatch(/home-0|W1/);
});

test('of what was set the word that was recorded last holds, in any order and with any repetition', async () => {
  const { database } = line.parts;
  const words = [{ enabled: true, mostPerDay: 10 }, { enabled: false }, { enabled: true, mostPerDay: 30 }].map(
    (data, minute) => ({
      recordedtime: `2021-10-01T00:0${minute}:00.000Z`,
      data: { roundId: 'daily', ...data },
    }),
  );
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
    [0, 1, 2, 0, 1],
    [2, 2, 1, 0, 2, 0],
  ];
  for (const [index, order] of orders.entries()) {
    const district = `any-order-${index}`;
    const entries = order.map((word, place) => ({ sequence: place + 1, subject: '', event: words[word]! }));
    await inTransaction(database, (transaction) => roundProjection.apply(transaction, district, entries));
    expect(await readRound(database, district, 'daily')).toEqual({ enabled: true, mostPerDay: 30 });
  }
});
