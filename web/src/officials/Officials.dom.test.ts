import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { languages, newCentre, show } from '../testing/given.ts';
import { type Asked, problem, serve } from '../testing/serve.ts';
import Directives from './Directives.svelte';
import Officers from './Officers.svelte';
import OwnDuty from './OwnDuty.svelte';

const person = (officerId: string, name: string, acknowledgedAt: string | null) => ({
  ...{ officerId, name, acknowledgedAt, percent: 0, doneAt: null },
});
const directive = {
  ...{
    directiveId: 'd1',
    title: 'Kiểm tra chốt',
    text: 'Kiểm tra các chốt',
    dueAt: '2021-08-24T09:00:00Z',
    status: 'issued',
  },
  ...{ overdue: true, unanswered: ['binh'], lawfulSteps: ['acknowledge', 'report'] },
  addressees: [person('an', 'Nguyễn An', '2021-08-24T04:00:00Z'), person('binh', 'Trần Bình', null)],
};
const formula = (id: string, kind: string, vi: string, en: string) => ({
  ...{ id, version: 1, kind, of: 'officer', source: 'sổ tổng đài', verified: false, words: { vi, en } },
  explanation: { vi: 'cách tính', en: 'how' },
});
const row = (index: number, said: string, dispute: object | null = null) => ({
  ...{
    formula: 'call-answered',
    rowId: `call/c${index}/1`,
    at: `2021-08-2${index}T02:00:00Z`,
    value: said === 'answered' ? 1 : 0,
  },
  ...{ counts: true, leftOut: null, said, dispute },
});
const scores = {
  ...{ asOf: '2021-08-24T05:00:00Z', from: '2021-07-26', to: '2021-08-24', fewestRows: 5 },
  officer: { officerId: 'an', name: 'Nguyễn An', unit: 'ward.tan-phu' },
  scores: [
    { formula: 'call-answered', version: 1, rows: 5, value: 0.8, low: 0.38, high: 0.96, hidden: false },
    { formula: 'call-time-to-answer', version: 1, rows: 4, value: null, low: null, high: null, hidden: true },
  ],
  ledger: [row(1, 'answered'), row(2, 'no-answer')],
};
const answers = {
  '/api/officials/directives': ({ method }: Asked) =>
    method === 'POST' ? { directiveId: 'd2', addressees: 3 } : { waiting: 1, items: [directive] },
  '/api/officials/directives/d1/acknowledge': {},
  '/api/officials/formulas': {
    formulas: [
      formula('call-answered', 'share', 'Tỷ lệ trả lời cuộc gọi', 'Calls answered'),
      formula('call-time-to-answer', 'median-seconds', 'Thời gian trả lời', 'Time to answer'),
    ],
  },
  '/api/officials/scores': scores,
  '/api/officials/officers': { items: [{ officerId: 'an', name: 'Nguyễn An', unit: 'ward.tan-phu' }] },
  '/api/officials/disputes': ({ method }: Asked) =>
    method === 'POST'
      ? { disputeId: 'x' }
      : {
          items: [
            {
              disputeId: 'x1',
              officerId: 'an',
              formula: 'call-answered',
              rowId: 'call/c2/1',
              reason: 'mất điện',
              accepted: null,
            },
          ],
        },
  '/api/officials/disputes/x1/decide': {},
};
const told = {
  vi: {
    ...{
      unanswered: /Chưa trả lời: Trần Bình/,
      overdue: /quá hạn/,
      issue: 'Ra chỉ đạo',
      title: 'Tiêu đề',
      text: 'Nội dung',
      send: 'Gửi chỉ đạo',
    },
    ...{
      sent: /3 cán bộ/,
      acknowledge: 'Đã nhận',
      hidden: /chưa đủ 5 dòng/,
      dispute: /^Khiếu nại: Cuộc gọi c2, không trả lời/,
      why: 'Lý do khiếu nại',
    },
    ...{
      disputeSend: 'Gửi khiếu nại',
      accept: 'Chấp nhận',
      decision: 'Lý do quyết định',
      officer: 'Cán bộ',
      note: /không tự xếp loại/,
    },
  },
  en: {
    ...{
      unanswered: /No word from: Trần Bình/,
      overdue: /overdue/,
      issue: 'Issue a directive',
      title: 'Title',
      text: 'Text',
      send: 'Send',
    },
    ...{
      sent: /3 officers/,
      acknowledge: 'Acknowledge',
      hidden: /fewer than 5/,
      dispute: /^Dispute: Call c2, no answer/,
      why: 'Why it is disputed',
    },
    ...{
      disputeSend: 'Send the dispute',
      accept: 'Accept',
      decision: 'Reasons of the decision',
      officer: 'Officer',
      note: /nobody is graded/,
    },
  },
};

describe.each(languages)('%s', (language) => {
  const t = told[language];
  const posted = (asked: Asked[]) => asked.filter(({ method }) => method === 'POST');

  test('who has not answered is named; a directive is issued for the whole district', async () => {
    const asked = serve(answers);
    show(Directives, {}, newCentre(language));
    expect(await screen.findByText(t.unanswered)).toBeTruthy();
    expect(screen.getByText(t.overdue)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: t.issue }));
    await fireEvent.input(screen.getByLabelText(t.title), { target: { value: 'Mở chốt' } });
    await fireEvent.input(screen.getByLabelText(t.text), { target: { value: 'Mở các chốt' } });
    await fireEvent.click(screen.getByRole('button', { name: t.send }));
    expect(await screen.findByText(t.sent)).toBeTruthy();
    expect(posted(asked)).toMatchObject([
      {
        path: '/api/officials/directives',
        json: { title: 'Mở chốt', areaIds: ['q7'], dueAt: '2021-08-25T05:00:00.000Z' },
      },
    ]);
  });

  test('an officer acknowledges, sees his numbers and every row, and disputes one', async () => {
    const asked = serve(answers);
    show(OwnDuty, {}, newCentre(language));
    await fireEvent.click(await screen.findByRole('button', { name: t.acknowledge }));
    expect(await screen.findByText(t.hidden)).toBeTruthy();
    expect(screen.getByText(t.note)).toBeTruthy();
    expect(document.querySelectorAll('[data-row]')).toHaveLength(2);
    await fireEvent.click(screen.getByRole('button', { name: t.dispute }));
    await fireEvent.input(screen.getByLabelText(t.why), { target: { value: 'Mất điện' } });
    await fireEvent.click(screen.getByRole('button', { name: t.disputeSend }));
    await expect
      .poll(() => posted(asked))
      .toMatchObject([
        { path: '/api/officials/directives/d1/acknowledge' },
        { path: '/api/officials/disputes', json: { formula: 'call-answered', rowId: 'call/c2/1', reason: 'Mất điện' } },
      ]);
  });

  test('who leads decides a dispute with reasons, and looks at the numbers of an officer', async () => {
    const asked = serve(answers);
    show(Officers, {}, newCentre(language));
    const accept = await screen.findByRole('button', { name: t.accept });
    expect((accept as HTMLButtonElement).disabled).toBe(true);
    await fireEvent.input(screen.getByLabelText(t.decision), { target: { value: 'Đúng' } });
    await fireEvent.click(accept);
    await expect
      .poll(() => posted(asked))
      .toMatchObject([{ path: '/api/officials/disputes/x1/decide', json: { accepted: true, reason: 'Đúng' } }]);
    await fireEvent.change(screen.getByLabelText(t.officer), { target: { value: 'an' } });
    const score = within(await screen.findByText(t.note).then((one) => one.closest('section')!));
    expect(await score.findByText(t.hidden)).toBeTruthy();
    expect(asked.some(({ path, query }) => path === '/api/officials/scores' && query.officerId === 'an')).toBe(true);
  });
});

test('an account that is of no officer is shown nothing', async () => {
  const asked = serve({ '/api/officials/scores': () => problem(422) });
  show(OwnDuty, {}, newCentre());
  await expect.poll(() => asked.length).toBe(1);
  expect(document.body.textContent?.trim()).toBe('');
});
