import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { languages, newCentre, show } from '../testing/given.ts';
import { type Asked, problem, serve } from '../testing/serve.ts';
import Roster from './Roster.svelte';
import { rosterWords } from './roster.words.ts';

const night = {
  ...{ shiftId: 's1', targetId: 'chair-tan-phu', officerId: 'an' },
  ...{ from: '2021-08-24T12:00:00.000Z', until: '2021-08-25T00:00:00.000Z' },
};
const answers = {
  '/api/officials/officers': { items: [{ officerId: 'an', name: 'Nguyễn An', unit: 'ward.tan-phu' }] },
  '/api/officials/shifts': { items: [night] },
};
const props = { roleNames: { 'ward-leader': 'Lãnh đạo phường', 'district-leader': 'Lãnh đạo quận' } };

describe.each(languages)('%s', (language) => {
  const t = rosterWords[language];
  const posted = (asked: Asked[]) =>
    asked.filter(({ method }) => method === 'POST').map(({ path, json }) => ({ path, json }));

  test('the week of the moment by office: a night is on both of its days; it is taken back with its end at its beginning', async () => {
    const asked = serve(answers);
    show(Roster, props, newCentre(language));
    const row = await screen.findByRole('row', { name: /Tân Phú/ });
    expect([...row.querySelectorAll('td')].map((cell) => cell.textContent!.includes('Nguyễn An'))).toEqual([
      ...[false, true, true, false, false, false, false],
    ]);
    const query = asked.find(({ path }) => path === '/api/officials/shifts')!.query;
    expect([query.from, query.until]).toEqual(['2021-08-22T17:00:00.000Z', '2021-08-29T17:00:00.000Z']);
    await fireEvent.click(within(row).getAllByRole('button', { name: t.takeBack('Nguyễn An') })[0]!);
    await expect
      .poll(() => posted(asked))
      .toEqual([{ path: '/api/officials/shifts', json: { ...night, until: night.from } }]);
    await fireEvent.click(screen.getByRole('button', { name: t.after }));
    await expect
      .poll(
        () =>
          asked.filter(({ path, method }) => path === '/api/officials/shifts' && method === 'GET').at(-1)!.query.from,
      )
      .toBe('2021-08-29T17:00:00.000Z');
  });

  test('a shift over midnight ends on the next day; an officer is registered; a refusal is told', async () => {
    const asked = serve({
      ...answers,
      '/api/officials/officers': ({ method }: Asked) =>
        method === 'POST' ? problem(409, { detail: 'không được phép' }) : answers['/api/officials/officers'],
    });
    show(Roster, props, newCentre(language));
    await screen.findByRole('row', { name: /Tân Phú/ });
    await fireEvent.click(screen.getByRole('button', { name: t.add }));
    const shift = within(screen.getByRole('form', { name: t.add }));
    const choose = (form: typeof shift, label: string, value: string) =>
      fireEvent.change(form.getByLabelText(label), { target: { value } });
    const write = (form: typeof shift, label: string, value: string) =>
      fireEvent.input(form.getByLabelText(label), { target: { value } });
    await choose(shift, t.officer, 'an');
    await write(shift, t.from, '19:00');
    await write(shift, t.until, '07:00');
    await fireEvent.click(shift.getByRole('button', { name: t.save }));
    expect(await screen.findByText(t.saved)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: t.register }));
    const officer = within(screen.getByRole('form', { name: t.register }));
    await write(officer, t.name, 'Trực ban số 2');
    await write(officer, t.unit, 'ward.tan-phu');
    await choose(officer, t.ward, 'tan-phu');
    await fireEvent.click(officer.getByRole('button', { name: t.saveOfficer }));
    expect(await screen.findByText(t.failed('không được phép'))).toBeTruthy();
    expect(posted(asked)).toEqual([
      {
        path: '/api/officials/shifts',
        json: {
          ...{ targetId: 'district-leader', officerId: 'an' },
          ...{ from: '2021-08-24T12:00:00.000Z', until: '2021-08-25T00:00:00.000Z' },
        },
      },
      {
        path: '/api/officials/officers',
        json: {
          ...{ name: 'Trực ban số 2', unit: 'ward.tan-phu', roles: ['ward-leader'], areaIds: ['tan-phu'] },
          from: '2021-08-24',
        },
      },
    ]);
  });
});

test('no shift is said; of a moment that is past nothing is entered', async () => {
  serve({ ...answers, '/api/officials/shifts': { items: [] } });
  const centre = newCentre();
  centre.day = '2021-08-20';
  show(Roster, props, centre);
  expect(await screen.findByText(rosterWords.vi.none)).toBeTruthy();
  expect(screen.queryByRole('button', { name: rosterWords.vi.add })).toBeNull();
});
