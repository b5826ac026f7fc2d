import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import { type Asked, problem, serve } from '../testing/serve.ts';
import ListDialog from './ListDialog.svelte';

const address = '/api/epidemic/lists/cases-7d?areaId=tan-phu';
const path = '/api/epidemic/lists/cases-7d';
const list = (count: number | null) => ({ areaId: 'tan-phu', formula: 'cases-7d', address, count });
const row = (caseId: string) => ({
  caseId,
  confirmedDate: '2021-08-23',
  areaId: 'tan-phu',
  status: 'hospitalised',
  ageYears: 41,
  knownAt: '2021-08-23T18:30:00Z',
  location: { lon: 106.7, lat: 10.7 },
});

const told = {
  vi: {
    title: 'Ca mới trong 7 ngày',
    about: 'Phường Tân Phú · Trực tiếp',
    past: 'Phường Tân Phú · Theo những gì đã biết lúc 20/08/2021',
    total: '2 dòng',
    equal: 'khớp với số đã bấm',
    differs: 'số đã bấm là 3: số liệu vừa thay đổi',
    columns: ['Mã ca', 'Ngày có kết quả dương tính', 'Khu vực', 'Trạng thái', 'Tuổi', 'Ghi nhận lúc'],
    cells: ['c1', '23/08/2021', 'Phường Tân Phú', 'nằm viện', '41', '01:30 24/08/2021'],
    empty: 'Không có dòng nào',
    shown: 'Đang hiện 2 / 3',
    all: 'Đang hiện 3 / 3',
    more: 'Xem thêm',
    close: 'Đóng',
    away: /dịch vụ không trả lời/,
    retry: 'Thử lại',
  },
  en: {
    title: 'New cases in 7 days',
    about: 'Tân Phú Ward · Live',
    past: 'Tân Phú Ward · As known on 20/08/2021',
    total: '2 rows',
    equal: 'equal to the figure you opened',
    differs: 'the figure you opened was 3: it has just changed',
    columns: ['Case', 'Confirmed', 'Area', 'Status', 'Age', 'Recorded'],
    cells: ['c1', '23/08/2021', 'Tân Phú Ward', 'in hospital', '41', '01:30 24/08/2021'],
    empty: 'No rows',
    shown: 'Showing 2 of 3',
    all: 'Showing 3 of 3',
    more: 'Show more',
    close: 'Close',
    away: /the service does not answer/,
    retry: 'Try again',
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];
  const texts = (elements: HTMLElement[]) => elements.map((element) => element.textContent?.trim());

  test('rows have headings and values in words, and no place or nested value', async () => {
    const asked = serve({ [path]: { total: 2, items: [row('c1'), row('c2')] } });
    show(ListDialog, { list: list(2) }, newCentre(language));
    expect(await screen.findByRole('dialog', { name: t.title })).toBeTruthy();
    expect(await screen.findByText(t.total)).toBeTruthy();
    expect(texts(screen.getAllByRole('columnheader'))).toEqual(t.columns);
    const [, first] = screen.getAllByRole('row');
    expect(texts(within(first!).getAllByRole('cell'))).toEqual(t.cells);
    expect(screen.getByText(t.about)).toBeTruthy();
    expect(asked[0]!.query).toEqual({ areaId: 'tan-phu', limit: '100' });
  });

  test('the total that equals the figure is said to', async () => {
    serve({ [path]: { total: 2, items: [row('c1'), row('c2')] } });
    show(ListDialog, { list: list(2) }, newCentre(language));
    expect(await screen.findByText(t.equal)).toBeTruthy();
  });

  test('a total that differs from the figure is said to, with the figure', async () => {
    serve({ [path]: { total: 2, items: [row('c1'), row('c2')] } });
    show(ListDialog, { list: list(3) }, newCentre(language));
    expect(await screen.findByText(t.differs)).toBeTruthy();
    expect(screen.queryByText(t.equal)).toBeNull();
  });

  test('no rows are said in words', async () => {
    serve({ [path]: { total: 0, items: [] } });
    show(ListDialog, { list: list(0) }, newCentre(language));
    expect(await screen.findByText(t.empty)).toBeTruthy();
    expect(screen.getByText(t.equal)).toBeTruthy();
  });

  test('the next page is asked for by its cursor and put below, until there is none', async () => {
    const asked = serve({
      [path]: ({ query }: Asked) =>
        query.cursor === 'after-c2'
          ? { total: 3, items: [row('c3')] }
          : { total: 3, items: [row('c1'), row('c2')], next: 'after-c2' },
    });
    show(ListDialog, { list: list(3) }, newCentre(language));
    expect(await screen.findByText(new RegExp(t.shown))).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: t.more }));
    expect(await screen.findByText(new RegExp(t.all))).toBeTruthy();
    expect(asked.at(-1)!.query).toMatchObject({ areaId: 'tan-phu', cursor: 'after-c2' });
    expect(
      texts(screen.getAllByRole('row'))
        .slice(1)
        .map((text) => text!.slice(0, 2)),
    ).toEqual(['c1', 'c2', 'c3']);
    expect(screen.queryByRole('button', { name: t.more })).toBeNull();
  });

  test('lists of violations and businesses go on too: they name their cursor otherwise', async () => {
    const asked = serve({
      [path]: ({ query }: Asked) =>
        query.cursor === 'after-c2'
          ? { total: 3, items: [row('c3')], nextCursor: null }
          : { total: 3, items: [row('c1'), row('c2')], nextCursor: 'after-c2' },
    });
    show(ListDialog, { list: list(3) }, newCentre(language));
    await fireEvent.click(await screen.findByRole('button', { name: t.more }));
    expect(await screen.findByText(new RegExp(t.all))).toBeTruthy();
    expect(asked.at(-1)!.query.cursor).toBe('after-c2');
    expect(screen.queryByRole('button', { name: t.more })).toBeNull();
  });

  test('a list that does not come can be asked for again', async () => {
    let answer: unknown = problem(503);
    serve({ [path]: () => answer });
    show(ListDialog, { list: list(2) }, newCentre(language));
    expect(await screen.findByText(t.away)).toBeTruthy();
    answer = { total: 2, items: [row('c1'), row('c2')] };
    await fireEvent.click(screen.getByRole('button', { name: t.retry }));
    expect(await screen.findByText(t.total)).toBeTruthy();
    expect(screen.queryByText(t.away)).toBeNull();
  });

  test('it says of which day it speaks, and closes', async () => {
    serve({ [path]: { total: 0, items: [] } });
    const centre = newCentre(language);
    centre.day = '2021-08-20';
    centre.openList = list(0);
    show(ListDialog, { list: list(0) }, centre);
    expect(await screen.findByText(t.past)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: t.close }));
    await waitFor(() => expect(centre.openList).toBeUndefined());
  });
});
