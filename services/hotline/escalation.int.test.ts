import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHotline } from './testing/hotline.ts';

interface View {
  status: string;
  open: boolean;
  areaId: string | null;
  attempts: {
    attempt: number;
    role: string;
    targetId: string;
    rangAt: string;
    outcome: string | null;
    carrierSays: string | null;
  }[];
  owners: { targetId: string }[];
  planned: { rule: string; sequence: number; dueAt: string }[];
  history: { type: string; occurredAt: string; saidBy: string | null }[];
}

const begin = '2021-10-01T00:00:00.000Z';
const at = (seconds: number) => new Date(Date.parse(begin) + seconds * 1000).toISOString();
const inW1 = { lon: 106.715, lat: 10.705 };

describe('a call that nobody answers', () => {
  let line: Awaited<ReturnType<typeof openHotline>>;
  const read = (id: string) => line.get<View>(`calls/${id}`);
  const rung = async (id: string) =>
    (await read(id)).attempts.map(({ rangAt }) => (Date.parse(rangAt) - Date.parse(begin)) / 1000);
  beforeAll(async () => {
    line = await openHotline(begin);
    await line.facility('station-w1', 'health-station', [106.714, 10.705]);
    await line.facility('station-w2', 'health-station', [106.725, 10.705]);
    await line.facility('q7-hospital-quan-7', 'hospital', [106.701, 10.701]);
  });
  afterAll(() => line.stop());

  test('rings station, hospital, ward chair and district leader, a minute each, through a death at 70 s; then there is one incident with its owners', async () => {
    const received = await line.post('calls', {
      callId: 'all-silent',
      carrier: 'app',
      location: inW1,
      callerNumber: '+84909000001',
      topic: 'health',
    });
    expect(received.status).toBe(201);
    expect(await read('all-silent')).toMatchObject({
      status: 'ringing',
      areaId: 'W1',
      attempts: [{ attempt: 1, role: 'health-station', targetId: 'station-w1', rangAt: at(0), outcome: null }],
      toRing: [{ targetId: 'q7-hospital-quan-7' }, { targetId: 'chair-W1' }, { targetId: 'district-leader' }],
      planned: [{ rule: 'given-up', sequence: 1, dueAt: at(60) }],
    });
    line.turnTo(59.999);
    await line.post('calls', { callId: 'another', carrier: 'app', location: inW1 });
    expect(await rung('all-silent')).toEqual([0]);
    line.turnTo(60);
    await expect.poll(() => rung('all-silent')).toEqual([0, 60]);

    line.turnTo(70);
    await line.kill();
    // The second minute passes while nobody is there.
    line.turnTo(119);
    await line.start();
    expect(await rung('all-silent')).toEqual([0, 60]);
    line.turnTo(120);
    await expect.poll(() => rung('all-silent')).toEqual([0, 60, 120]);
    line.turnTo(180);
    await expect.poll(() => rung('all-silent')).toEqual([0, 60, 120, 180]);
    line.turnTo(239.999);
    await line.post('calls', { callId: 'a-third', carrier: 'app', location: inW1 });
    expect(await read('all-silent')).toMatchObject({ status: 'ringing', open: false });
    line.turnTo(240);
    await expect.poll(async () => (await read('all-silent')).status).toBe('unanswered');

    const call = await read('all-silent');
    expect(call).toMatchObject({ open: true, planned: [] });
    expect(call.attempts.map(({ role, outcome }) => [role, outcome])).toEqual([
      ['health-station', 'no-answer'],
      ['hospital', 'no-answer'],
      ['ward-chair', 'no-answer'],
      ['district-leader', 'no-answer'],
    ]);
    expect(call.owners.map(({ targetId }) => targetId)).toEqual([
      'station-w1',
      'q7-hospital-quan-7',
      'chair-W1',
      'district-leader',
    ]);
    expect((await line.journalled('all-silent')).map(({ type, id, time }) => [type, id, time]).slice(1)).toEqual([
      ['call-attempt-ended', 'all-silent/given-up/1', at(60)],
      ['call-attempt-ended', 'all-silent/given-up/2', at(120)],
      ['call-attempt-ended', 'all-silent/given-up/3', at(180)],
      ['call-attempt-ended', 'all-silent/given-up/4', at(240)],
      ['call-unanswered', 'all-silent/unanswered/1', at(240)],
    ]);
    const { items, total } = await line.get<{ total: number; items: { callId: string }[] }>('calls?open=true');
    expect([total, items[0]!.callId]).toEqual([1, 'all-silent']);
    // As it was known a minute and a half after the call.
    expect(await line.get<View>(`calls/all-silent?asOf=${at(90)}`)).toMatchObject({
      status: 'ringing',
      attempts: [{}, { outcome: null }],
    });

    const taken = await line.post('calls/all-silent/take-up');
    expect([taken.status, await taken.json()]).toMatchObject([200, { call: { status: 'taken-up', open: false } }]);
    expect((await line.post('calls/all-silent/take-up')).status).toBe(409);
  });

  test('who was down for the whole chain finds it at its start: the times are those at which it was due', async () => {
    line.turnTo(1000);
    await line.post('calls', { callId: 'down', carrier: 'app', location: inW1 });
    await line.kill();
    line.turnTo(5000);
    await line.start();
    await expect.poll(async () => (await read('down')).status).toBe('unanswered');
    expect(await rung('down')).toEqual([1000, 1060, 1120, 1180]);
    expect((await line.journalled('down')).map(({ time }) => time)).toEqual(
      [1000, 1060, 1120, 1180, 1240, 1240].map(at),
    );
  });

  test('busy and refused go on at once, an answer ends the ringing, and each is in the ledger with who said it', async () => {
    line.turnTo(6000);
    await line.post('calls', { callId: 'busy', carrier: 'app', location: inW1 });
    line.turnTo(6005);
    expect(
      (await line.post('calls/busy/refuse', { attempt: 1, outcome: 'busy', carrierSays: '486 Busy Here' })).status,
    ).toBe(200);
    line.turnTo(6012);
    expect((await line.post('calls/busy/refuse', { attempt: 2 })).status).toBe(200);
    expect(await rung('busy')).toEqual([6000, 6005, 6012]);
    // What a carrier says twice is said once.
    expect((await line.post('calls/busy/refuse', { attempt: 2 })).status).toBe(409);
    line.turnTo(6071.9);
    expect((await line.post('calls/busy/answer', { attempt: 3 })).status).toBe(200);
    line.turnTo(6300);
    expect((await line.post('calls/busy/answer')).status).toBe(409);
    expect((await line.post('calls/busy/hang-up')).status).toBe(200);
    const call = await read('busy');
    expect(call).toMatchObject({ status: 'ended', open: false, planned: [] });
    expect(call.attempts.map(({ outcome, carrierSays }) => [outcome, carrierSays])).toEqual([
      ['busy', '486 Busy Here'],
      ['refused', null],
      ['answered', null],
    ]);
    expect(call.history.map(({ type }) => type)).toEqual([
      'call-received',
      'call-attempt-ended',
      'call-attempt-ended',
      'call-answered',
      'call-ended',
    ]);
  });

  test('a caller who hangs up is rung for nobody any more', async () => {
    line.turnTo(7000);
    await line.post('calls', { callId: 'gave-up', carrier: 'app', location: inW1 });
    line.turnTo(7030);
    await line.post('calls/gave-up/hang-up');
    line.turnTo(9000);
    await line.post('calls', { callId: 'later', carrier: 'app', location: inW1 });
    expect(await read('gave-up')).toMatchObject({
      status: 'hung-up',
      attempts: [{ outcome: 'caller-hung-up' }],
      planned: [],
    });
  });

  test('a symptomatic caller who is no case is judged and sent to a test; a red flag is an alert until a person takes it up', async () => {
    line.turnTo(10_000);
    await line.post('calls', {
      callId: 'sick',
      carrier: 'app',
      location: inW1,
      callerNumber: '0909000002',
      topic: 'symptoms',
    });
    await line.post('calls/sick/answer');
    const mild = await line.post('calls/sick/triage', { symptoms: ['fever', 'cough'] });
    expect(await mild.json()).toMatchObject({ level: 'watch', redFlag: false, testReferral: true });
    expect(await read('sick')).toMatchObject({ open: false, alertedAt: null });
    line.turnTo(10_030);
    const grave = await line.post('calls/sick/triage', { oxygenPercent: 94.9 });
    expect(await grave.json()).toMatchObject({ level: 'emergency', redFlag: true, because: ['oxygen<95'] });
    expect(await read('sick')).toMatchObject({
      open: true,
      alertedAt: at(10_030),
      owners: [{ targetId: 'station-w1' }, { targetId: 'q7-hospital-quan-7' }],
    });
    await expect
      .poll(() => line.get<Record<string, unknown>>('calls/sick/caller'))
      .toMatchObject({
        callerNumber: '0909000002',
        location: inW1,
        caseId: null,
        triage: { level: 'emergency', testReferral: true },
      });
    // No case was made of him, and the ledger says no word of who he is.
    const ledger = JSON.stringify(await line.journalled('sick'));
    expect(ledger).not.toMatch(/0909000002|94\.9|10\.705/);
    await line.post('calls/sick/take-up');
    expect(await read('sick')).toMatchObject({ open: false, status: 'answered' });
  });
});

test('an exercise of which the carrier is simulated calls by itself, the same each time, also when its clock leaps over hours', async () => {
  const runs = [];
  for (let run = 0; run < 2; run++) {
    const line = await openHotline(begin);
    await line.facility('station-w1', 'health-station', [106.714, 10.705]);
    for (let index = 0; index < 12; index++) await line.post('calls', { callId: `seeded-${index}`, location: inW1 });
    line.turnTo(4 * 3600);
    const open = () =>
      line.get<{ total: number; items: { callId: string; status: string; attempts: unknown[] }[] }>('calls?limit=50');
    // Until nothing of what is planned is due: people of the exercise take up later what nobody answered.
    const settled = async () => {
      const calls = await Promise.all((await open()).items.map(({ callId }) => line.get<View>(`calls/${callId}`)));
      return calls.every(
        ({ status, planned }) =>
          status !== 'ringing' && planned.every(({ dueAt }) => Date.parse(dueAt) > Date.parse(at(4 * 3600))),
      );
    };
    await expect.poll(settled, { timeout: 120_000 }).toBe(true);
    const { items } = await open();
    runs.push(
      items
        .map(({ callId, status, attempts }) => ({ callId, status, attempts }))
        .sort((a, b) => (a.callId < b.callId ? -1 : 1)),
    );
    await line.stop();
  }
  expect(runs[1]).toEqual(runs[0]);
  expect(new Set(runs[0]!.map(({ status }) => status)).has('ended')).toBe(true);
});
