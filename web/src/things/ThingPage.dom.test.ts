import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import { type Asked, problem, serve } from '../testing/serve.ts';
import ThingPage from './ThingPage.svelte';

const path = '/api/urban-order/violations/v-1';
const reported = {
  type: 'violation-reported',
  occurredAt: '2021-08-20T02:00:00.000Z',
  knownAt: '2021-08-20T03:00:00.000Z',
  sequence: 7,
  source: 'drill/seed-1',
  irregular: null,
  data: {
    violationId: 'v-1',
    kind: 'canal-filling',
    address: '12 Huỳnh Tấn Phát',
    occurredAt: '2021-08-20T02:00:00.000Z',
  },
};
const verified = {
  type: 'violation-verified',
  occurredAt: '2021-08-21T02:00:00.000Z',
  knownAt: '2021-08-21T02:00:00.000Z',
  sequence: 9,
  source: 'urban-order',
  irregular: null,
  data: { violationId: 'v-1', officer: 'Tổ 3' },
};
const violation = {
  violationId: 'v-1',
  kind: 'canal-filling',
  status: 'reported',
  statusSince: '2021-08-20T02:00:00.000Z',
  occurredAt: '2021-08-20T02:00:00.000Z',
  areaId: 'tan-phu',
  address: '12 Huỳnh Tấn Phát',
  location: { lon: 2.5, lat: 0.5 },
  dueStep: 'verify',
  dueRule: 'report-48h',
  dueAt: '2021-08-22T02:00:00.000Z',
  overdue: true,
  lawfulSteps: ['verify', 'dismiss', 'merge'],
  version: 7,
  history: [reported],
  merged: [],
  duplicates: [],
};
const register = {
  deadlines: [
    { id: 'report-48h', hours: 48, verified: true, words: { vi: 'Báo cáo của Quận 7', en: 'Report of District 7' } },
  ],
};

const told = {
  vi: {
    page: 'Vi phạm trật tự đô thị: san lấp kênh rạch',
    verify: 'Xác minh',
    steps: ['Xác minh', 'Bác bỏ', 'Gộp vào vụ khác'],
    due: /^Xác minh: chậm nhất 09:00 22\/08\/2021$/,
    late: 'quá hạn 2 ngày',
    rule: /48 giờ kể từ khi “.+” \(09:00 20\/08\/2021\).*Báo cáo của Quận 7/,
    later: /^Lập biên bản: chỉ sau khi ở trạng thái: đã xác minh$/,
    how: 'Vì sao biết',
    from: /09:00 20\/08\/2021, diễn tập/,
    record: 'Ghi',
    officer: 'Cán bộ',
    done: 'Đã ghi: Xác minh',
    people: /nhập tại trung tâm/,
    stale: /Có người vừa cập nhật hồ sơ này \(nay là “đã xác minh”\)/,
    unlawful:
      'Bước này không đúng trình tự: hồ sơ đang ở “đã xác minh”. Lúc này chỉ có thể: Lập biên bản, Bác bỏ, Gộp vào vụ khác.',
    forbidden: /Nhiệm vụ của bạn không được làm bước này/,
    missing: /Không có hồ sơ này/,
    past: /Đang xem một ngày đã qua/,
    close: 'Đóng trang này',
  },
  en: {
    page: 'Urban-order violation: canal filling',
    verify: 'Verify',
    steps: ['Verify', 'Dismiss', 'Merge into another'],
    due: /^Verify: by 09:00 22\/08\/2021$/,
    late: 'overdue for 2 days',
    rule: /48 hours since it was “reported” \(09:00 20\/08\/2021\).*Report of District 7/,
    later: /^Draw up the minutes: only when it is: verified$/,
    how: 'How it is known',
    from: /09:00 20\/08\/2021, exercise/,
    record: 'Record',
    officer: 'Officer',
    done: 'Recorded: Verify',
    people: /entered at this centre/,
    stale: /Somebody has just changed this file \(now “verified”\)/,
    unlawful:
      'This step is out of order: the file is “verified”. Lawful now: Draw up the minutes, Dismiss, Merge into another.',
    forbidden: /Your role does not permit this step/,
    missing: /There is no such file/,
    past: /You look at a day that is past/,
    close: 'Close this page',
  },
};
const text = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim();

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];
  const thing = { noun: 'violation', id: 'v-1' };
  const open = (answers: Record<string, unknown> = {}) => {
    const asked = serve({ [path]: violation, '/api/urban-order/kinds': register, ...answers });
    const centre = newCentre(language);
    centre.thing = thing;
    show(ThingPage, { thing }, centre);
    return { asked, centre };
  };
  const page = () => screen.findByRole('region', { name: t.page });
  const chooseVerify = async () => fireEvent.click(await screen.findByRole('button', { name: t.verify }));
  const record = () => fireEvent.click(screen.getByRole('button', { name: t.record }));

  test('it says what is due by which rule, what can be done, and why the rest cannot', async () => {
    const { centre } = open();
    await page();
    expect(await screen.findByText(t.due)).toBeTruthy();
    expect(screen.getByText(t.late)).toBeTruthy();
    await waitFor(() => expect(text(document.body)).toMatch(t.rule));
    const steps = [...document.querySelectorAll('button[data-step]')];
    expect(steps.map(text)).toEqual(t.steps);
    expect([...document.querySelectorAll('details li')].map(text).some((line) => t.later.test(line!))).toBe(true);
    expect(centre.thingAt).toEqual([2.5, 0.5]);
  });

  test('each value says on request from which event it is known', async () => {
    open();
    await page();
    await fireEvent.click(await screen.findByRole('button', { name: t.how }));
    expect(text(document.querySelector('[data-fact="address"]'))).toMatch(t.from);
  });

  test('a step is sent on the version on the screen; then its event is in the history', async () => {
    let now: unknown = violation;
    const { asked } = open({
      [path]: () => now,
      [`${path}/verify`]: () => {
        now = {
          ...violation,
          status: 'verified',
          lawfulSteps: ['minute'],
          dueAt: null,
          version: 9,
          history: [reported, verified],
        };
        return { violationId: 'v-1' };
      },
    });
    await chooseVerify();
    await fireEvent.input(screen.getByLabelText(t.officer), { target: { value: 'Tổ 3' } });
    await record();
    expect(text(await screen.findByText(t.done))).toBe(t.done);
    expect(asked.find(({ method }) => method === 'POST')).toMatchObject({
      path: `${path}/verify`,
      query: { district: 'q7' },
      json: { officer: 'Tổ 3' },
    });
    const [newest] = document.querySelectorAll('[data-event]');
    expect((newest as HTMLElement).dataset.event).toBe('violation-verified');
    expect(text(newest)).toMatch(t.people);
  });

  test('somebody else was faster: the page is loaded again, says it, and keeps what was typed', async () => {
    let now: unknown = violation;
    open({
      [path]: () => now,
      [`${path}/verify`]: () => {
        now = { ...violation, status: 'verified', version: 9 };
        return problem(412, { current: {} });
      },
    });
    await chooseVerify();
    const officer = screen.getByLabelText<HTMLInputElement>(t.officer);
    await fireEvent.input(officer, { target: { value: 'Tổ 3' } });
    await record();
    expect(text(await screen.findByRole('alert'))).toMatch(t.stale);
    expect(officer.value).toBe('Tổ 3');
  });

  test('a step out of order is explained with those that are lawful; a right that is missing is said', async () => {
    const answers = [
      problem(409, { currentStatus: 'verified', lawfulSteps: ['minute', 'dismiss', 'merge'], errors: [] }),
      problem(403, { action: 'violation.verify' }),
    ];
    open({ [`${path}/verify`]: () => answers.shift() });
    await chooseVerify();
    await record();
    expect(text(await screen.findByRole('alert'))).toBe(t.unlawful);
    await record();
    await waitFor(() => expect(text(screen.getByRole('alert'))).toMatch(t.forbidden));
  });

  test('on a day that is past nothing can be done; what nobody knew then is said to be unknown', async () => {
    const asked = serve({ [path]: (request: Asked) => (request.query.asOf ? problem(404) : violation) });
    const centre = newCentre(language);
    centre.day = '2021-08-01';
    centre.thing = thing;
    show(ThingPage, { thing }, centre);
    expect(await screen.findByText(t.missing)).toBeTruthy();
    expect(asked[0]!.query.asOf).toBe('2021-08-01T16:59:59.999Z');
  });

  test('it closes by its button and by Escape', async () => {
    const { centre } = open();
    const shown = await page();
    await fireEvent.click(within(shown).getByRole('button', { name: t.close }));
    expect(centre.thing).toBeUndefined();
    centre.thing = thing;
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(centre.thing).toBeUndefined();
  });
});

test('a correction says only what differs from what is known', async () => {
  const asked = serve({
    '/api/epidemic/cases/c-1': {
      caseId: 'c-1',
      status: 'active',
      areaId: 'tan-phu',
      ageYears: 4,
      confirmedDate: '2021-08-20',
      eventDate: '2021-08-20',
      exposure: 'community',
      lawfulSteps: ['recovered'],
      version: 3,
      history: [],
    },
    '/api/epidemic/cases/c-1/correction': {},
  });
  const centre = newCentre('vi');
  show(ThingPage, { thing: { noun: 'case', id: 'c-1' } }, centre);
  await fireEvent.click(await screen.findByRole('button', { name: 'Đính chính' }));
  await fireEvent.click(screen.getByRole('button', { name: 'Ghi' }));
  expect(text(await screen.findByRole('alert'))).toBe('Chưa có ô nào khác với điều đã biết.');
  await fireEvent.input(screen.getByLabelText('Tuổi'), { target: { value: '44' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Ghi' }));
  await screen.findByText('Đã ghi: Đính chính');
  expect(asked.find(({ method }) => method === 'POST')!.json).toEqual({ ageYears: 44 });
});

test('of a case only the statuses that may follow are offered', async () => {
  serve({
    '/api/epidemic/cases/c-1': {
      caseId: 'c-1',
      status: 'recovered',
      lawfulSteps: ['active', 'not-a-case'],
      history: [],
    },
  });
  show(ThingPage, { thing: { noun: 'case', id: 'c-1' } }, newCentre('vi'));
  await fireEvent.click(await screen.findByRole('button', { name: 'Chuyển trạng thái' }));
  const options = [...screen.getByLabelText<HTMLSelectElement>(/^Trạng thái mới/).options].map(({ value }) => value);
  expect(options.slice(1)).toEqual(['active', 'not-a-case']);
});
