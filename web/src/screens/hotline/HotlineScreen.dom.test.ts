import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../../testing/given.ts';
import { type Asked, problem, serve } from '../../testing/serve.ts';
import type { Call } from './call.ts';
import HotlineScreen from './HotlineScreen.svelte';

const telephone = (
  attempt: number,
  name: string,
  outcome: string | null,
  rangAt: string,
  endedAt: string | null = null,
) => ({
  ...{ attempt, role: 'hospital', targetId: `t${attempt}`, name, ringSeconds: 60, rangAt, endedAt, outcome },
  ...{ carrierSays: outcome === 'busy' ? '486 Busy Here' : null, by: null, onCall: null },
});
const call = (callId: string, change: Partial<Call>): Call => ({
  ...{ callId, direction: 'inbound', carrier: 'app', channel: '73004999', topic: 'symptoms', areaId: 'tan-phu' },
  ...{ occurredAt: '2021-08-24T04:59:00Z', statusSince: '2021-08-24T04:59:00Z', attempts: [], toRing: [], owners: [] },
  ...{ status: 'ended', alertedAt: null, takenUpAt: null, open: false, version: 1 },
  ...change,
});
const rings = call('rings', {
  status: 'ringing',
  attempts: [
    telephone(1, 'Trạm y tế Tân Phú', 'busy', '2021-08-24T04:59:28Z', '2021-08-24T04:59:30Z'),
    telephone(2, 'Bệnh viện Quận 7', null, '2021-08-24T04:59:30Z'),
  ],
  toRing: [{ role: 'ward-chair', targetId: 'c', name: 'Chủ tịch UBND Phường Tân Phú' }],
});
const missed = call('missed', {
  status: 'unanswered',
  open: true,
  attempts: [telephone(1, 'Trạm y tế Tân Phú', 'no-answer', '2021-08-24T03:00:00Z', '2021-08-24T03:01:00Z')],
  owners: [{ role: 'health-station', targetId: 's', name: 'Trạm y tế Tân Phú' }],
});
const page = (items: Call[]) => ({ asOf: '2021-08-24T05:00:00Z', total: items.length, items, nextCursor: null });
const answers = {
  '/api/hotline/calls': ({ query }: Asked) => (query.open === 'true' ? page([missed]) : page([rings, missed])),
  '/api/hotline/calls/rings/answer': {},
  '/api/hotline/calls/rings/refuse': {},
  '/api/hotline/calls/missed/take-up': {},
};
const told = {
  vi: {
    answer: /Trả lời/,
    refuse: /Từ chối/,
    take: 'Tiếp nhận',
    left: /còn 30 giây/,
    next: /tiếp theo: Chủ tịch UBND Phường Tân Phú/,
    nobody: /Không ai trả lời/,
    busy: /máy bận · 2 giây · 486 Busy Here/,
    owners: /Phụ trách: Trạm y tế Tân Phú/,
    none: /Không có cuộc gọi nào bị lỡ/,
  },
  en: {
    answer: /Answer/,
    refuse: /Refuse/,
    take: 'Take up',
    left: /30 s left/,
    next: /next: Chủ tịch UBND Phường Tân Phú/,
    nobody: /Nobody answered/,
    busy: /busy · 2 s · 486 Busy Here/,
    owners: /Owners: Trạm y tế Tân Phú/,
    none: /No missed call/,
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('a telephone rings: whose, how long still, who is next; it is answered or refused by its number', async () => {
    const asked = serve(answers);
    show(HotlineScreen, {}, newCentre(language));
    const card = within(await screen.findByText(t.next).then((one) => one.closest<HTMLElement>('[data-ringing]')!));
    expect(card.getByText('Bệnh viện Quận 7')).toBeTruthy();
    expect(card.getByText(t.left)).toBeTruthy();
    await fireEvent.click(card.getByRole('button', { name: t.refuse }));
    await expect
      .poll(() => asked.filter(({ method }) => method === 'POST'))
      .toMatchObject([{ path: '/api/hotline/calls/rings/refuse', json: { attempt: 2 } }]);
    await expect.poll(() => (card.getByRole('button', { name: t.answer }) as HTMLButtonElement).disabled).toBe(false);
    await fireEvent.click(card.getByRole('button', { name: t.answer }));
    await expect.poll(() => asked.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  test('what nobody answered stands with its owners until a person takes it up; the ledger says what came back of each telephone', async () => {
    const asked = serve(answers);
    show(HotlineScreen, {}, newCentre(language));
    const open = within(await screen.findByText(t.owners).then((one) => one.closest<HTMLElement>('[data-open-call]')!));
    expect(open.getByText(t.nobody)).toBeTruthy();
    expect(screen.getByText(t.busy)).toBeTruthy();
    await fireEvent.click(open.getByRole('button', { name: t.take }));
    await expect.poll(() => asked.some(({ path }) => path === '/api/hotline/calls/missed/take-up')).toBe(true);
  });

  test('of a day that is over nothing is answered', async () => {
    serve(answers);
    const centre = newCentre(language);
    centre.day = '2021-08-20';
    show(HotlineScreen, {}, centre);
    await screen.findByText(t.owners);
    expect(screen.queryByRole('button', { name: t.answer })).toBeNull();
    expect(screen.queryByRole('button', { name: t.take })).toBeNull();
  });

  test('nothing waits: it is said', async () => {
    serve({ '/api/hotline/calls': page([]) });
    show(HotlineScreen, {}, newCentre(language));
    expect(await screen.findByText(t.none)).toBeTruthy();
  });
});

test('a refusal is told, and the calls are asked for again', async () => {
  serve({ ...answers, '/api/hotline/calls/missed/take-up': () => problem(409, { detail: 'đã có người tiếp nhận' }) });
  show(HotlineScreen, {}, newCentre());
  await fireEvent.click(await screen.findByRole('button', { name: 'Tiếp nhận' }));
  expect(await screen.findByText(/đã có người tiếp nhận/)).toBeTruthy();
});

test('daily calls are switched on and off; while it is not known nothing is said', async () => {
  let enabled = false;
  const asked = serve({
    ...answers,
    '/api/hotline/daily': ({ method, json }: Asked) => {
      if (method === 'POST') enabled = (json as { enabled: boolean }).enabled;
      return { enabled };
    },
  });
  show(HotlineScreen, {}, newCentre());
  await fireEvent.click(await screen.findByRole('button', { name: 'Bật' }));
  expect(await screen.findByRole('button', { name: 'Tắt' })).toBeTruthy();
  expect(asked.filter(({ method }) => method === 'POST')).toMatchObject([
    { path: '/api/hotline/daily', json: { enabled: true } },
  ]);
});

test('patients who are being called are counted, and ring on nobody’s card', async () => {
  const daily = { ...rings, callId: 'patient', direction: 'daily' };
  serve({
    '/api/hotline/calls': ({ query }: Asked) => (query.open === 'true' ? page([]) : page([rings, daily])),
    '/api/hotline/daily': { enabled: true },
  });
  show(HotlineScreen, {}, newCentre());
  expect(await screen.findByText('Đang gọi 1 F0.')).toBeTruthy();
  expect([...document.querySelectorAll('[data-ringing]')].map((one) => one.getAttribute('data-ringing'))).toEqual([
    'rings',
  ]);
});

test('who is on call is named, whoever looks on his own card; where nobody is, the office alone is rung, and that is said', async () => {
  const ringing = (callId: string, onCall: { officerId: string; name: string; account: string | null }[]) =>
    call(callId, {
      status: 'ringing',
      attempts: [{ ...telephone(1, `Trạm ${callId}`, null, '2021-08-24T04:59:30Z'), onCall }],
    });
  const an = { officerId: 'an', name: 'Trực ban An', account: 'account-an' };
  serve({
    '/api/hotline/calls': ({ query }: Asked) =>
      page(
        query.open === 'true'
          ? []
          : [ringing('nobody', []), ringing('other', [{ ...an, account: null }]), ringing('mine', [an])],
      ),
    '/api/identity/me': { kind: 'person', known: true, id: 'account-an', grants: [], purpose: null },
  });
  const centre = newCentre();
  void centre.account.load();
  show(HotlineScreen, {}, centre);
  await screen.findByText('Gọi bạn: bạn đang trực');
  const cards = [...document.querySelectorAll<HTMLElement>('[data-ringing]')];
  expect(cards.map((one) => one.dataset.ringing)).toEqual(['mine', 'nobody', 'other']);
  expect(within(cards[0]!).getByText('trực: Trực ban An')).toBeTruthy();
  expect(within(cards[1]!).getByText(/không có ai trong lịch trực/)).toBeTruthy();
  expect(document.querySelectorAll('[data-for-you]')).toHaveLength(1);
});
