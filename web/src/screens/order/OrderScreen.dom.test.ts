import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../../testing/given.ts';
import { problem, serve } from '../../testing/serve.ts';
import OrderScreen from './OrderScreen.svelte';

const violation = (violationId: string, change: object = {}) => ({
  violationId,
  kind: 'without-permit',
  sourceKind: null,
  status: 'reported',
  statusSince: '2021-08-20T00:00:00Z',
  occurredAt: '2021-08-20T00:00:00Z',
  knownAt: '2021-08-20T00:00:00Z',
  location: null,
  areaId: 'tan-phu',
  address: '12 Huỳnh Tấn Phát',
  description: null,
  reporter: null,
  reference: null,
  minutesNumber: null,
  decisionNumber: null,
  authority: null,
  fineVnd: null,
  mergedInto: null,
  irregular: [],
  dueStep: 'verify',
  dueRule: 'verification',
  dueAt: '2021-08-23T05:00:00Z',
  overdue: true,
  lawfulSteps: ['verify', 'dismiss', 'merge'],
  firstSequence: 1,
  version: 1,
  ...change,
});
const items = [
  violation('late'),
  violation('soon', { dueAt: '2021-08-24T10:00:00Z', overdue: false, areaId: 'phu-my', kind: 'canal-filling' }),
  violation('no-term', {
    status: 'remedied',
    dueAt: null,
    dueStep: null,
    overdue: false,
    lawfulSteps: ['close'],
    address: null,
    areaId: null,
  }),
];
const answers = { '/api/urban-order/violations': { asOf: '2021-08-24T05:00:00Z', total: 3, items, nextCursor: null } };
const told = {
  vi: {
    list: 'Danh sách',
    map: 'Bản đồ',
    late: /^quá hạn/,
    noPlace: 'chưa rõ nơi',
    verify: 'Xác minh',
    close: 'Kết thúc hồ sơ',
    left: 'Còn / quá',
    owner: /Chưa rõ ai phụ trách/,
    over: 'quá 24 giờ',
    left5: 'còn 5 giờ',
    unplaced: /^3 hồ sơ chưa có vị trí/,
  },
  en: {
    list: 'List',
    map: 'Map',
    late: /^overdue/,
    noPlace: 'place not known',
    verify: 'Verify',
    close: 'Close the file',
    left: 'Left / over',
    owner: /Who looks after a file is not known/,
    over: '24 hours over',
    left5: '5 hours left',
    unplaced: /^3 files have no position/,
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('the board: a column for each step, with the term of each file, the step that waits, and who looks after it said to be unknown', async () => {
    serve(answers);
    const centre = show(OrderScreen, {}, newCentre(language));
    await screen.findByText(t.over);
    const column = (status: string) => within(document.querySelector<HTMLElement>(`[data-column="${status}"]`)!);
    expect(
      column('reported')
        .getAllByRole('button')
        .map((button) => button.dataset.violation),
    ).toEqual(['late', 'soon']);
    expect(column('reported').getByText(t.left5)).toBeTruthy();
    expect(column('reported').getAllByText(t.verify)).toHaveLength(2);
    expect(column('remedied').getByText(t.close)).toBeTruthy();
    expect(column('remedied').getByText(t.noPlace)).toBeTruthy();
    expect(screen.getByText(t.owner)).toBeTruthy();
    await fireEvent.click(column('remedied').getByRole('button'));
    expect(centre.thing).toEqual({ noun: 'violation', id: 'no-term' });
  });

  test('a clock, a ward and a kind narrow what is seen; the counts say how many there are', async () => {
    serve(answers);
    show(OrderScreen, {}, newCentre(language));
    const late = await screen.findByRole('button', { name: new RegExp(`${t.late.source} 1$`) });
    await fireEvent.click(late);
    expect([...document.querySelectorAll<HTMLElement>('[data-violation]')].map((one) => one.dataset.violation)).toEqual(
      ['late'],
    );
    await fireEvent.click(late);
    await fireEvent.change(screen.getAllByRole('combobox')[0]!, { target: { value: 'canal-filling' } });
    expect([...document.querySelectorAll<HTMLElement>('[data-violation]')].map((one) => one.dataset.violation)).toEqual(
      ['soon'],
    );
  });

  test('the list is sorted by every column, what is unknown last', async () => {
    serve(answers);
    show(OrderScreen, {}, newCentre(language));
    await screen.findByText(t.over);
    await fireEvent.click(screen.getByRole('button', { name: t.list }));
    const rows = () => [...document.querySelectorAll<HTMLElement>('[data-row]')].map((row) => row.dataset.row);
    expect(rows()).toEqual(['late', 'soon', 'no-term']);
    await fireEvent.click(screen.getByRole('button', { name: t.left }));
    expect(rows()).toEqual(['soon', 'late', 'no-term']);
    await fireEvent.click(screen.getByRole('button', { name: t.map }));
    expect(screen.getByText(t.unplaced)).toBeTruthy();
  });
});

test('a service that is away is said, with a way to ask again', async () => {
  serve({ '/api/urban-order/violations': () => problem(503) });
  show(OrderScreen, {}, newCentre());
  expect(await screen.findByText(/Trật tự đô thị/, { selector: '.notice span' })).toBeTruthy();
});
