import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import { type Asked, problem, serve } from '../testing/serve.ts';
import ThingPage from './ThingPage.svelte';

const path = '/api/citizens/reports/PA-1';
const hash = 'a'.repeat(64);
const report = {
  reportId: 'PA-1',
  topic: 'drainage',
  status: 'routed',
  statusSince: '2021-08-20T02:00:00.000Z',
  occurredAt: '2021-08-20T02:00:00.000Z',
  description: 'Nước cống tràn vào hẻm',
  unit: 'q7-quan-ly-do-thi',
  dueAt: '2021-08-22T02:00:00.000Z',
  location: { lon: 2.5, lat: 0.5 },
  photos: `${hash},${'b'.repeat(64)}`,
  lawfulSteps: ['route', 'close', 'pause'],
  version: 7,
  history: [],
};
const units = {
  units: [
    { unit: 'q7-cong-an', words: { vi: 'Công an quận', en: 'District Police' } },
    { unit: 'ward.tan-phu', words: { vi: 'UBND Phường Tân Phú', en: 'People’s Committee of Tan Phu' } },
  ],
};
const near = { status: 'closed', outcome: 'fixed', occurredAt: report.occurredAt, distanceMetres: 12.5, daysApart: 3 };
const told = {
  vi: {
    answered: /đã trả lời: đã xử lý · cách 13 m, 3 ngày/,
    compare: 'So sánh',
    due: /^Trả lời phản ánh: chậm nhất 09:00 22\/08\/2021$/,
    unit: 'Phòng Quản lý đô thị',
    show: 'Xem liên hệ',
    refused: /không được xem người phản ánh/,
    none: /không để lại liên hệ/,
    phone: 'Điện thoại',
    pictures: ['Ảnh 1 trong 2', 'Ảnh 2 trong 2'],
    route: 'Chuyển phản ánh cho đơn vị',
    box: /Đơn vị xử lý/,
    offered: ['–', 'Công an quận', 'UBND Phường Tân Phú'],
  },
  en: {
    answered: /answered: fixed · 13 m away, 3 days apart/,
    compare: 'Compare',
    due: /^Report answered: by 09:00 22\/08\/2021$/,
    unit: 'Urban Management Division',
    show: 'Show the contact',
    refused: /does not permit to see who reported/,
    none: /left no contact/,
    phone: 'Telephone',
    pictures: ['Picture 1 of 2', 'Picture 2 of 2'],
    route: 'Report routed',
    box: /Unit/,
    offered: ['–', 'District Police', 'People’s Committee of Tan Phu'],
  },
};
const text = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim();

describe.each(['vi', 'en'] as const)('the page of a citizen’s report, %s', (language) => {
  const t = told[language];
  const thing = { noun: 'report', id: 'PA-1' };
  const open = (answers: Record<string, unknown> = {}) => {
    const asked = serve({
      [path]: report,
      '/api/citizens/duplicates': { asOf: '', items: [{ reportId: 'PA-2', ...near }] },
      '/api/citizens/units': units,
      ...answers,
    });
    const centre = newCentre(language);
    centre.thing = thing;
    show(ThingPage, { thing }, centre);
    return { asked, centre };
  };

  test('it says when the answer is due and whose it is, by name', async () => {
    open();
    expect(await screen.findByText(t.due)).toBeTruthy();
    expect(text(document.querySelector('[data-fact="unit"]'))).toBe(t.unit);
    // Hashes are for programmes.
    expect(document.querySelector('[data-fact="photos"]')).toBe(null);
  });

  test('one that may be the same and was answered is laid beside it', async () => {
    const other = { ...report, reportId: 'PA-2', status: 'closed', answer: 'Đã thông cống', unit: 'q7-cong-an' };
    const { asked } = open({ '/api/citizens/reports/PA-2': other });
    await waitFor(() => expect(text(document.body)).toMatch(t.answered));
    expect(asked.find(({ path: at }) => at === '/api/citizens/duplicates')?.query).toMatchObject({
      ...{ topic: 'drainage', lon: '2.5', lat: '0.5', reportId: 'PA-1' },
      occurredAt: '2021-08-20T02:00:00.000Z',
    });
    await fireEvent.click(screen.getByRole('button', { name: t.compare }));
    await waitFor(() => expect(document.querySelectorAll('tr.differs')).toHaveLength(3));
    expect(text(document.querySelector('table'))).toContain('Đã thông cống');
  });

  test('pictures are shown with a number; one that does not load is said', async () => {
    open();
    const pictures = await screen.findAllByRole('img', { name: /[12]/ });
    expect(pictures.map((picture) => picture.getAttribute('alt'))).toEqual(t.pictures);
    expect(pictures[0]!.getAttribute('src')).toBe(`/api/citizens/photos/${hash}?district=q7`);
    await fireEvent.error(pictures[0]!);
    await waitFor(() => expect(screen.getAllByRole('img', { name: /[12]/ })).toHaveLength(1));
  });

  test('who reported is asked for by a click, and refused to whoever may not know', async () => {
    const answers = [problem(403), { name: null, phone: null }, { name: 'Nguyễn Thị B', phone: '0900000000' }];
    const { asked } = open({ [`${path}/contact`]: (_: Asked) => answers[0] });
    const contacts = () => asked.filter(({ path: at }) => at === `${path}/contact`).length;
    const button = await screen.findByRole('button', { name: t.show });
    expect(contacts()).toBe(0);
    await fireEvent.click(button);
    await waitFor(() => expect(text(document.querySelector('[data-contact]'))).toMatch(t.refused));
    expect(contacts()).toBe(1);
  });

  test.each([
    ['nobody said it', { name: null, phone: null }, (said: string) => expect(said).toMatch(t.none)],
    [
      'said',
      { name: 'Nguyễn Thị B', phone: '0900000000' },
      (said: string) => expect(said).toMatch(new RegExp(`${t.phone} ?0900000000`)),
    ],
  ])('the contact: %s', async (_, contact, holds) => {
    open({ [`${path}/contact`]: contact });
    await fireEvent.click(await screen.findByRole('button', { name: t.show }));
    await waitFor(() => holds(text(document.querySelector('[data-contact]'))!));
  });

  test('another unit is chosen by its name, not typed', async () => {
    const { asked } = open({ [`${path}/route`]: { reportId: 'PA-1' } });
    await fireEvent.click(await screen.findByRole('button', { name: t.route }));
    const box = await screen.findByRole<HTMLSelectElement>('combobox', { name: t.box });
    expect([...box.options].map(text)).toEqual(t.offered);
    await fireEvent.change(box, { target: { value: 'ward.tan-phu' } });
    await fireEvent.submit(box.closest('form')!);
    await waitFor(() => expect(asked.find(({ method }) => method === 'POST')?.json).toEqual({ unit: 'ward.tan-phu' }));
  });
});
