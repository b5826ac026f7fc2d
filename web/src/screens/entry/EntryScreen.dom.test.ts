import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { Outbox, type WaitingCommand } from '../../local/outbox.svelte.ts';
import { newCentre, show } from '../../testing/given.ts';
import { problem, serve } from '../../testing/serve.ts';
import EntryScreen from './EntryScreen.svelte';

const told = {
  vi: {
    title: 'Nhập liệu',
    where: /Tin được ghi vào địa bàn: ?Quận 7/,
    violation: 'Tiếp nhận tin vi phạm',
    kind: 'Loại vi phạm bắt buộc',
    business: 'Trạng thái cơ sở',
    number: 'Mã cơ sở bắt buộc',
    status: 'Trạng thái bắt buộc',
    from: 'Hiệu lực từ ngày bắt buộc',
    confirmed: 'Ngày có kết quả dương tính bắt buộc',
    ward: 'Phường',
    wards: ['Chọn phường…', 'Phường Phú Mỹ', 'Phường Tân Phú'],
    age: 'Tuổi',
    submit: 'Gửi',
    check: 'Có ô chưa đúng, xin xem lại',
    network: 'Không nối được tới máy chủ',
    saved: 'Đã ghi nhận vp-1',
    next: 'khỏi, tử vong',
    close: 'Đóng',
    place: 'Vị trí: Chọn trên bản đồ',
    clear: 'Bỏ vị trí',
  },
  en: {
    title: 'Data entry',
    where: /Will be recorded in: ?District 7/,
    violation: 'Report a violation',
    kind: 'Kind of violation required',
    business: 'Business status',
    number: 'Business number required',
    status: 'Status required',
    from: 'In effect from required',
    confirmed: 'Day confirmed required',
    ward: 'Ward',
    wards: ['Choose a ward…', 'Phú Mỹ Ward', 'Tân Phú Ward'],
    age: 'Age',
    submit: 'Send',
    check: 'Some fields do not fit, please check',
    network: 'The server cannot be reached',
    saved: 'Recorded vp-1',
    next: 'recovered, died',
    close: 'Close',
    place: 'Place: Choose on the map',
    clear: 'Remove the place',
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];
  const field = <Kind extends HTMLElement = HTMLInputElement>(name: string) => screen.getByLabelText<Kind>(name);
  const text = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim();
  const send = () => fireEvent.click(screen.getByRole('button', { name: t.submit }));

  test('it says where it will be recorded, which fields are required, and offers the wards by name', () => {
    show(EntryScreen, {}, newCentre(language));
    expect(text(screen.getByRole('region', { name: t.title }))).toMatch(t.where);
    expect(field(t.confirmed).getAttribute('aria-required')).toBe('true');
    expect(field(t.age).getAttribute('aria-required')).not.toBe('true');
    const wards = [...field<HTMLSelectElement>(t.ward).options];
    expect(wards.map(text)).toEqual(t.wards);
  });

  test('what the service does not accept is said at the field that it names, with the value', async () => {
    serve({
      '/api/epidemic/cases': () =>
        problem(422, { errors: [{ field: 'json.ageYears', value: 240, reason: 'must be at most 120' }] }),
    });
    show(EntryScreen, {}, newCentre(language));
    await fireEvent.input(field(t.age), { target: { value: '240' } });
    await send();
    expect(text(await screen.findByRole('alert'))).toBe(t.check);
    const age = field(t.age);
    expect(age.getAttribute('aria-invalid')).toBe('true');
    expect(text(document.getElementById(age.getAttribute('aria-describedby')!))).toBe('“240”: must be at most 120');
    expect(field(t.confirmed).getAttribute('aria-invalid')).toBe('false');
    // What was typed is not lost.
    expect(age.value).toBe('240');
  });

  test('a required field that is empty is not sent, and the service’s word about it stands at the field', async () => {
    const asked = serve({
      '/api/urban-order/violations': () => problem(422, { errors: [{ field: 'json.kind', reason: 'required' }] }),
    });
    show(EntryScreen, {}, newCentre(language));
    await fireEvent.click(screen.getByRole('tab', { name: t.violation }));
    await send();
    expect(text(await screen.findByRole('alert'))).toBe(t.check);
    expect(field<HTMLSelectElement>(t.kind).getAttribute('aria-invalid')).toBe('true');
    expect(asked[0]).toMatchObject({ method: 'POST', query: { district: 'q7' }, json: {} });
  });

  test('what was recorded is said with its number, and the form is empty again', async () => {
    const asked = serve({ '/api/urban-order/violations': { violationId: 'vp-1' } });
    const centre = newCentre(language);
    show(EntryScreen, {}, centre);
    await fireEvent.click(screen.getByRole('tab', { name: t.violation }));
    await fireEvent.change(field(t.kind), { target: { value: 'encroachment' } });
    await fireEvent.change(field(t.ward), { target: { value: 'tan-phu' } });
    centre.picked([106.72, 10.73]);
    await send();
    expect(text(await screen.findByRole('status'))).toBe(t.saved);
    expect(asked[0]!.json).toEqual({
      kind: 'encroachment',
      areaId: 'tan-phu',
      location: { lon: 106.72, lat: 10.73 },
    });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(field<HTMLSelectElement>(t.kind).selectedIndex).toBe(0);
    expect(centre.place).toBeUndefined();
  });

  test('a step that is not lawful now names those that are', async () => {
    serve({
      '/api/economy/businesses/b%2F1/status': () =>
        problem(409, { detail: 'not now', next: ['recovered', 'deceased'] }),
    });
    show(EntryScreen, {}, newCentre(language));
    await fireEvent.click(screen.getByRole('tab', { name: t.business }));
    await fireEvent.input(field(t.number), { target: { value: 'b/1' } });
    await send();
    expect(text(await screen.findByRole('alert'))).toBe(`not now ${t.next}`);
  });

  test('the service’s word names no id: values, choices and steps are said as the form says them', async () => {
    serve({
      '/api/urban-order/violations': () =>
        problem(422, {
          errors: [
            { field: 'json.areaId', value: 'tan-phu', reason: 'ended' },
            { field: 'json.kind', value: 'x', reason: 'one of "encroachment"' },
            { field: 'step', value: 'y', reason: 'told above the form' },
          ],
        }),
    });
    show(EntryScreen, {}, newCentre(language));
    await fireEvent.click(screen.getByRole('tab', { name: t.violation }));
    await send();
    expect(text(await screen.findByRole('alert'))).toBe(`${t.check} told above the form`);
    const wrongOf = (name: string) => text(document.getElementById(field(name).getAttribute('aria-describedby')!));
    const ward = [...field<HTMLSelectElement>(t.ward).options].find(({ value }) => value === 'tan-phu')!;
    expect(wrongOf(t.ward)).toBe(`“${text(ward)}”: ended`);
    const kind = [...field<HTMLSelectElement>(t.kind).options].find(({ value }) => value === 'encroachment')!;
    expect(wrongOf(t.kind)).toBe(`“x”: one of ${text(kind)}`);
  });

  test('a place is chosen on the map, shown, and taken back', async () => {
    const centre = show(EntryScreen, {}, newCentre(language));
    await fireEvent.click(screen.getByRole('button', { name: t.place }));
    expect(centre.picking).toBe(true);
    centre.picked([106.72, 10.73]);
    expect(await screen.findByText('10.73000, 106.72000')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: t.clear }));
    expect(centre.place).toBeUndefined();
  });

  test('it closes to the map', async () => {
    const centre = newCentre(language);
    centre.screen = 'entry';
    show(EntryScreen, {}, centre);
    await fireEvent.click(screen.getByRole('button', { name: t.close }));
    expect(centre.screen).toBe('map');
  });
});

test('no answer is told from a refusal', async () => {
  serve({
    '/api/epidemic/cases': () => {
      throw new TypeError('fetch failed');
    },
  });
  show(EntryScreen, {}, newCentre('vi'));
  await fireEvent.click(screen.getByRole('button', { name: told.vi.submit }));
  expect((await screen.findByRole('alert')).textContent?.trim()).toBe(told.vi.network);
});

test('a report without a network waits, with when it was seen; one of a patient is not laid into the browser', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('no network');
  });
  const centre = newCentre('vi');
  const kept = new Map<string, WaitingCommand>();
  centre.outbox = new Outbox(() => 'officer', {
    alone: (does) => does(),
    store: {
      get: async (key) => kept.get(key),
      all: async () => [...kept.values()],
      put: async (key, value) => void kept.set(key, value),
      remove: async (key) => void kept.delete(key),
    },
  });
  show(EntryScreen, {}, centre);
  await fireEvent.click(screen.getByRole('tab', { name: 'Tiếp nhận tin vi phạm' }));
  await fireEvent.change(screen.getByLabelText('Loại vi phạm bắt buộc'), { target: { value: 'without-permit' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Gửi' }));
  expect(await screen.findByText('Chờ có mạng; sẽ tự gửi, một lần.')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
  const [waiting] = kept.values();
  expect(waiting).toMatchObject({
    path: '/api/urban-order/violations',
    district: 'q7',
    json: { kind: 'without-permit', violationId: waiting!.key, occurredAt: '2021-08-24T05:00:00.000Z' },
  });
  await fireEvent.click(screen.getByRole('tab', { name: 'Báo ca bệnh' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Gửi' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Không nối được tới máy chủ');
  expect(kept.size).toBe(1);
});
