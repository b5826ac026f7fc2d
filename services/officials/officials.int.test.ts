import { afterAll, beforeAll, expect, test } from 'vitest';
import { streamOf } from '#platform/journal.ts';
import type { Caller } from '#platform/permission.ts';
import { allRows } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { startOfficials } from './testing/service.ts';

const begin = Date.parse('2021-10-01T02:00:00.000Z');
const at = (minutes: number) => new Date(begin + minutes * 60_000).toISOString();
let nowMs = begin;
let service: ServiceUnderTest;
let district: string;
/** Who asks: an account; `leader` may everything. */
let asks = 'leader';
const caller = (): Caller => ({
  ...{ known: true, actor: { authtype: 'user', authid: asks }, reach: () => 'all' },
  may: (action) =>
    asks === 'leader' ||
    ![
      'evaluation.read-others',
      'evaluation.decide',
      'evaluation.dispute-for',
      'directive.answer-for',
      'directive.issue',
      'officer.register',
      'roster.set',
    ].includes(action),
});

async function send<Answer>(account: string, method: string, path: string, body?: object): Promise<[number, Answer]> {
  asks = account;
  const url = `/api/${path}${path.includes('?') ? '&' : '?'}district=${district}`;
  const response = await service.app.request(url, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  return [response.status, (text.startsWith('{') ? JSON.parse(text) : text) as Answer];
}
const post = async (account: string, path: string, body: object = {}) =>
  (await send<object>(account, 'POST', path, body))[0];
const get = async <Answer>(account: string, path: string) => (await send<Answer>(account, 'GET', path))[1];
interface Scores {
  scores: { formula: string; rows: number; value: number | null; hidden: boolean }[];
  ledger: { formula: string; rowId: string; counts: boolean; said: string; dispute: { state: string } | null }[];
}
const answered = async (account: string, query = '') => {
  const { scores, ledger } = await get<Scores>(account, `officials/scores${query}`);
  const { rows, value, hidden } = scores.find(({ formula }) => formula === 'call-answered')!;
  return {
    rows,
    value,
    hidden,
    missed: ledger.filter(({ formula, said }) => formula === 'call-answered' && said !== 'answered'),
  };
};

beforeAll(async () => {
  service = await startOfficials({ now: () => new Date(nowMs), permit: () => caller() });
  district = await openTestDistrict(service, { clock: 'live' });
});
afterAll(async () => {
  await service.parts.broker.manager.streams.delete(streamOf(district));
  await service.stop();
});

test('calls ring who is on call; what he answered and what not is his score, hidden below five; he disputes a row, a person decides, and the score is another', async () => {
  const officer = (officerId: string, account: string) => ({
    ...{
      officerId,
      name: `Trực ban ${officerId}`,
      unit: 'ward.W1',
      roles: ['ward-leader'],
      areaIds: ['W1'],
      account,
      from: '2021-01-01',
    },
  });
  expect(await post('leader', 'officials/officers', officer('an', 'account-an'))).toBe(201);
  expect(await post('leader', 'officials/officers', officer('binh', 'account-binh'))).toBe(201);
  expect(await post('account-an', 'officials/officers', officer('chi', 'account-chi'))).toBe(403);
  const shift = { shiftId: 's1', targetId: 'chair-W1', officerId: 'an', from: at(0), until: at(60) };
  expect(await post('leader', 'officials/shifts', shift)).toBe(201);
  expect(
    await post('leader', 'officials/shifts', {
      ...shift,
      shiftId: 's2',
      officerId: 'binh',
      from: at(60),
      until: at(120),
    }),
  ).toBe(201);
  // The leader's telephone is another officer's from the very second on in which it will ring.
  const ofLeader = { shiftId: 's3', targetId: 'district-leader', officerId: 'binh', from: at(31), until: at(32) };
  expect(await post('leader', 'officials/shifts', ofLeader)).toBe(201);
  expect(await post('leader', 'officials/shifts', { ...shift, officerId: 'nobody' })).toBe(404);

  // Nobody but the ward's chair and the district's leader is rung: there is no open station.
  for (const [minute, answers] of [
    [1, true],
    [2, true],
    [3, true],
    [4, false],
    [61, true],
  ] as const) {
    nowMs = begin + minute * 60_000;
    expect(await post('leader', 'hotline/calls', { callId: `c${minute}`, carrier: 'app', areaId: 'W1' })).toBe(201);
    nowMs += 20_000;
    expect(await post('leader', `hotline/calls/c${minute}/${answers ? 'answer' : 'refuse'}`)).toBe(200);
  }
  nowMs = begin + 65 * 60_000;
  expect(await answered('account-an')).toMatchObject({ rows: 4, value: null, hidden: true });
  nowMs = begin + 30 * 60_000;
  expect(await post('leader', 'hotline/calls', { callId: 'c30', carrier: 'app', areaId: 'W1' })).toBe(201);
  nowMs += 60_000;
  // The minute is over, and after that of the leader too: the call is an incident.
  nowMs += 61_000;
  await expect
    .poll(async () => (await get<{ status: string }>('leader', 'hotline/calls/c30')).status, { timeout: 60_000 })
    .toBe('unanswered');
  interface Rung {
    attempts: { targetId: string; onCall: { officerId: string; name: string; account: string | null }[] | null }[];
  }
  const rung = async (callId: string) =>
    (await get<Rung>('leader', `hotline/calls/${callId}`)).attempts.map(({ onCall }) => onCall);
  const [an, binh] = ['an', 'binh'].map((officerId) => ({
    ...{ officerId, name: `Trực ban ${officerId}`, account: `account-${officerId}` },
  }));
  expect(await rung('c30')).toEqual([[an], [binh]]);
  // Refused: the leader's telephone rings in another minute, and nobody is on call there.
  expect(await rung('c4')).toEqual([[an], []]);
  expect(await rung('c61')).toEqual([[binh]]);
  nowMs = begin + 66 * 60_000;
  const before = await answered('account-an');
  expect(before).toMatchObject({ rows: 5, value: 3 / 5, hidden: false });
  expect(before.missed.map(({ rowId }) => rowId)).toEqual(['call/c4/1', 'call/c30/1']);
  expect(await answered('account-binh')).toMatchObject({ rows: 2, hidden: true });

  // Others' numbers are for who leads.
  expect((await send('account-binh', 'GET', 'officials/scores?officerId=an'))[0]).toBe(403);
  expect(await answered('leader', '?officerId=an')).toMatchObject({ rows: 5 });
  expect((await send('leader', 'GET', 'officials/scores'))[0]).toBe(422);

  const dispute = { disputeId: 'd1', formula: 'call-answered', rowId: 'call/c30/1', reason: 'Máy ở trạm bị cắt điện' };
  expect(await post('account-binh', 'officials/disputes', dispute)).toBe(404);
  expect(await post('account-an', 'officials/disputes', { ...dispute, rowId: 'call/none/1' })).toBe(404);
  expect(await post('account-an', 'officials/disputes', dispute)).toBe(201);
  expect(await post('account-an', 'officials/disputes', { ...dispute, disputeId: 'd2' })).toBe(409);
  expect(await answered('account-an')).toMatchObject({ rows: 5, value: 3 / 5 });
  expect(await post('account-an', 'officials/disputes/d1/decide', { accepted: true, reason: 'x' })).toBe(403);
  expect((await get<{ items: object[] }>('account-binh', 'officials/disputes')).items).toEqual([]);
  expect((await get<{ items: object[] }>('leader', 'officials/disputes')).items).toMatchObject([
    { disputeId: 'd1', accepted: null },
  ]);
  expect(await post('leader', 'officials/disputes/d1/decide', { accepted: true, reason: 'Điện lực xác nhận' })).toBe(
    200,
  );
  expect(await post('leader', 'officials/disputes/d1/decide', { accepted: false, reason: 'x' })).toBe(409);
  // Four rows are left: nothing is told of so few.
  expect(await answered('account-an')).toMatchObject({ rows: 4, hidden: true });
  const evidence = await get<string>('account-an', 'officials/evidence');
  expect(evidence).toMatch(
    /call-answered,1,call\/c30\/1,.*,0,0,,no-answer,accepted,Máy ở trạm bị cắt điện,Điện lực xác nhận\r\n/,
  );
});

test('a directive reaches who has the area, waits for each of them, and is before the leader again once when its time is over', async () => {
  nowMs = begin + 200 * 60_000;
  const directive = {
    directiveId: 'check',
    title: 'Kiểm tra chốt',
    text: 'Kiểm tra các chốt trong phường',
    areaIds: ['W1'],
    dueAt: at(260),
  };
  expect(await post('account-an', 'officials/directives', directive)).toBe(403);
  expect(await post('leader', 'officials/directives', { ...directive, areaIds: ['W2'] })).toBe(422);
  expect(await post('leader', 'officials/directives', { ...directive, dueAt: at(200) })).toBe(422);
  expect(await post('leader', 'officials/directives', directive)).toBe(201);
  expect(await post('leader', 'officials/directives', directive)).toBe(409);
  interface List {
    waiting: number;
    items: {
      directiveId: string;
      status: string;
      unanswered: string[];
      overdue: boolean;
      escalatedAt: string | null;
      lawfulSteps: string[];
    }[];
  }
  const list = (account: string) => get<List>(account, 'officials/directives');
  expect(await list('account-an')).toMatchObject({
    waiting: 1,
    items: [{ status: 'issued', unanswered: ['an', 'binh'], overdue: false, lawfulSteps: ['acknowledge', 'report'] }],
  });
  nowMs = begin + 210 * 60_000;
  expect(await post('account-an', 'officials/directives/check/acknowledge')).toBe(200);
  expect(await post('account-an', 'officials/directives/check/acknowledge')).toBe(409);
  expect(await post('account-binh', 'officials/directives/check/acknowledge', { officerId: 'an' })).toBe(403);
  expect(await list('leader')).toMatchObject({ waiting: 1, items: [{ unanswered: ['binh'] }] });
  expect(await post('account-an', 'officials/directives/check/report', { percent: 100, note: 'Xong' })).toBe(200);
  nowMs = begin + 260 * 60_000 - 1;
  expect((await list('leader')).items[0]).toMatchObject({ overdue: false, escalatedAt: null });
  nowMs = begin + 260 * 60_000;
  // Something is committed: whoever waits for the clock looks at it.
  expect(await post('account-binh', 'officials/directives/check/report', { percent: 10 })).toBe(200);
  await expect
    .poll(async () => (await list('leader')).items[0], { timeout: 60_000 })
    .toMatchObject({ status: 'acknowledged', overdue: true, escalatedAt: at(260) });
  const score = async (account: string) =>
    (await get<Scores>(account, 'officials/scores')).ledger.filter(({ formula }) => formula === 'directive-on-time');
  expect(await score('account-an')).toMatchObject([{ rowId: 'directive/check', said: 'done', counts: true }]);
  expect(await score('account-binh')).toMatchObject([{ said: 'not-done' }]);
  expect(await post('leader', 'officials/directives/check/withdraw', { reason: 'Đã kiểm tra' })).toBe(200);
  expect(await score('account-binh')).toMatchObject([{ counts: false }]);
});

test('officers, shifts, directives and disputes are answered as they were known: up to the instant of a word, and from it on', async () => {
  nowMs = begin + 300 * 60_000;
  const [an] = (await get<{ items: { officerId: string; name: string }[] }>('leader', 'officials/officers')).items;
  const { until: _until, ...told } = an as { officerId: string; name: string; until: null };
  expect(await post('leader', 'officials/officers', { ...told, name: 'Chuyển công tác' })).toBe(201);
  const shift = { shiftId: 's2', targetId: 'chair-W1', officerId: 'binh', from: at(60), until: at(60) };
  expect(await post('leader', 'officials/shifts', shift)).toBe(201);
  const list = async (path: string, minutes: number) =>
    (
      await get<{ items: Record<string, unknown>[] }>(
        'leader',
        `officials/${path}${path.includes('?') ? '&' : '?'}asOf=${new Date(begin + minutes * 60_000).toISOString()}`,
      )
    ).items;
  const justBefore = (minutes: number) => minutes - 1 / 60_000;
  const names = async (minutes: number) => (await list('officers', minutes)).map(({ name }) => name);
  expect(await names(-1)).toEqual([]);
  expect(await names(justBefore(300))).toEqual(['Trực ban an', 'Trực ban binh']);
  expect(await names(300)).toEqual(['Chuyển công tác', 'Trực ban binh']);
  const shifts = async (minutes: number) => (await list(`shifts?from=${at(0)}`, minutes)).map(({ shiftId }) => shiftId);
  expect(await shifts(justBefore(300))).toEqual(['s1', 's3', 's2']);
  expect(await shifts(300)).toEqual(['s1', 's3']);

  expect(await list('directives', justBefore(200))).toEqual([]);
  expect(await list('directives', justBefore(210))).toMatchObject([
    { status: 'issued', unanswered: ['an', 'binh'], overdue: false, addressees: [{ name: 'Trực ban an' }, {}] },
  ]);
  expect(await list('directives', 210)).toMatchObject([{ status: 'issued', unanswered: ['binh'] }]);
  expect(await list('directives', 300)).toMatchObject([{ status: 'withdrawn', lawfulSteps: [] }]);
  expect(await list('disputes', justBefore(66))).toEqual([]);
  expect(await list('disputes', 66)).toMatchObject([{ disputeId: 'd1', accepted: true }]);
});

test('a rebuild writes the same rows', async () => {
  const tables = [
    'officers',
    'shifts',
    'directives',
    'directive_answers',
    'disputes',
    'dispute_decisions',
    'heads',
    'due_times',
  ];
  const before = await allRows(service, 'officials', tables, district);
  expect(before.directive_answers).toHaveLength(5);
  await service.rebuild(district);
  expect(await allRows(service, 'officials', tables, district)).toEqual(before);
});
