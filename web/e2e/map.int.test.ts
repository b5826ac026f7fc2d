import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScene } from './scene.ts';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
}, 120_000);
afterAll(() => scene.close());

// The map is drawn by the processor, which others may be using too.
const slow = { timeout: 90_000 };
const patient = { timeout: 400_000 };
const past = 'district=q7-drill&lang=vi&theme=light';

test('an area is opened from the map itself, and every figure that has a list equals its total', patient, async () => {
  const { page, errors } = await scene.visit(`${past}&day=2021-08-10`);
  await page.waitForTimeout(3000);
  await expect
    .poll(async () => {
      // The middle of the map, between the panels, is inside the district.
      await page.mouse.click(640, 480);
      return page.locator('article[data-area]').count();
    }, slow)
    .toBe(1);
  const rows = page.locator('article [data-formula]');
  await rows.first().waitFor();
  const opened: string[] = [];
  for (const formula of await rows.evaluateAll((items) =>
    items.map((item) => (item as HTMLElement).dataset.formula!),
  )) {
    const value = page.locator(`article [data-formula="${formula}"] button.value`);
    if (!(await value.count())) continue;
    await value.click();
    await page.locator('.total').waitFor();
    expect(await page.locator('.total').textContent(), formula).toContain('khớp với số đã bấm');
    await page.locator('dialog header button').click();
    opened.push(formula);
  }
  expect(opened).toEqual([
    'incidence-7d',
    'cases-7d',
    'incidence-14d',
    'active-cases',
    'violations-open',
    'businesses-active',
  ]);
  expect(errors).toEqual([]);
});

test('going back in time asks everything for the same moment, and coming back asks for now', patient, async () => {
  const { page, asked } = await scene.visit('district=q7-drill&lang=vi&area=q7-drill-tan-phu');
  await page.locator('[data-reproduction]').waitFor();
  asked.length = 0;
  await page.locator('.time button').nth(1).click();
  await page.locator('[data-as-of]').waitFor();
  await page.waitForTimeout(1500);
  const reads = asked.filter(({ pathname }) =>
    /\/(figures|points|series|risk|forecasts|epidemic-statistics)$/.test(pathname),
  );
  // From the first question about the past on, all are about the same moment.
  const ofThePast = reads.slice(reads.findIndex((url) => url.searchParams.has('asOf')));
  expect(new Set(ofThePast.map((url) => url.searchParams.get('asOf'))).size).toBe(1);
  expect(new Set(ofThePast.map(({ pathname }) => pathname))).toEqual(
    new Set([
      '/api/epidemic/figures',
      '/api/urban-order/figures',
      '/api/economy/figures',
      '/api/incidents/figures',
      '/api/citizens/figures',
      '/api/incidents/points',
      '/api/epidemic/points',
      '/api/urban-order/points',
      '/api/epidemic/series',
      '/api/risk',
      '/api/forecasts',
      '/api/epidemic-statistics',
    ]),
  );
  expect(page.url()).toMatch(/day=2021-\d\d-\d\d/);
  asked.length = 0;
  await page.getByText('Về trực tiếp').click();
  const figuresAsked = () => asked.filter(({ pathname }) => pathname.endsWith('figures'));
  await expect.poll(() => new Set(figuresAsked().map(({ pathname }) => pathname)).size, slow).toBe(5);
  expect(new Set(figuresAsked().map((url) => url.searchParams.get('asOf')))).toEqual(new Set([null]));
});

test('news arrive without a reload; a cut line is shown, mended, and loses nothing', patient, async () => {
  const { page, errors } = await scene.visit('district=q7-drill&lang=vi');
  const chip = page.locator('[data-phase]');
  const told = () =>
    chip.evaluate((element) => ({
      through: Number((element as HTMLElement).dataset.through),
      events: Number((element as HTMLElement).dataset.events),
    }));
  await expect.poll(async () => (await told()).events, slow).toBeGreaterThan(3);
  const before = await told();
  expect(await page.locator('section[aria-label="Tin mới"] li').count()).toBeGreaterThan(3);
  // The mock numbers its events without gaps: what was told, less how many events that was, stays the same when none is lost or doubled.
  scene.mock.cutStreams();
  await expect.poll(() => chip.getAttribute('data-phase'), slow).toBe('lost');
  expect(await chip.textContent()).toContain('Mất kết nối');
  await expect.poll(() => chip.getAttribute('data-resumptions'), slow).toBe('1');
  expect(await chip.textContent()).toContain('không sót tin');
  await expect.poll(async () => (await told()).events, slow).toBeGreaterThan(before.events + 3);
  const after = await told();
  expect(after.through - after.events).toBe(before.through - before.events);
  expect(errors).toEqual([]);
});

test('an exercise says so, and stands still when it is paused', patient, async () => {
  const { page } = await scene.visit('district=q7-drill&lang=en');
  const bar = page.locator('section[aria-label="EXERCISE"]');
  await bar.getByText('Simulated figures').waitFor();
  await bar.getByRole('button', { name: 'Pause' }).click();
  await bar.getByRole('button', { name: 'Resume' }).waitFor();
  const clock = await bar.locator('time').textContent();
  await page.waitForTimeout(2500);
  expect(await bar.locator('time').textContent()).toBe(clock);
  await bar.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => bar.locator('time').textContent(), slow).not.toBe(clock);
});

test('a service that does not answer darkens its own panel only', patient, async () => {
  const { page } = await scene.visit('district=q7&lang=vi');
  await page.route('**/api/urban-order/**', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: '{"title":"not available now","status":503}',
    }),
  );
  await page.reload();
  await page.locator('ol li button').first().waitFor();
  const notice = page.locator('aside.right .notice').filter({ hasText: 'Trật tự đô thị' });
  await notice.waitFor();
  expect(await page.locator('[data-formula="cases-7d"] .value').first().textContent()).toMatch(/\d/);
  await page.unroute('**/api/urban-order/**');
  await notice.getByRole('button').click();
  await page.locator('[data-formula="violations-open"]').waitFor();
});

test('the other language is there at once, everywhere, and stays', patient, async () => {
  const { page } = await scene.visit('district=q7&lang=vi');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('Areas to watch').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect(page.url()).toContain('lang=en');
  const vietnamese = /Lớp bản đồ|Tin mới|Chú giải|Trực tiếp|Khu vực|Dịch bệnh/;
  // What is seen: options of closed lists and hidden texts do not count.
  expect(await page.locator('body').innerText()).not.toMatch(vietnamese);
});

test('on a phone nothing is wider than the screen, and what fingers touch is large', patient, async () => {
  const { page, errors } = await scene.visit('district=q7-drill&lang=vi', {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  for (const tab of ['Lớp', 'Thời gian', 'Tin', 'Khu vực']) {
    await page.getByRole('tab', { name: tab, exact: true }).tap();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  await page.locator('.handle').tap();
  await page.locator('ol li button').first().tap();
  await page.locator('article[data-area]').waitFor();
  const heights = await page
    .locator('.tabs button, article .value, header select, .zoom button')
    .evaluateAll((items) =>
      items
        .filter((item) => item.tagName === 'BUTTON' || item.tagName === 'SELECT')
        .map((item) => item.getBoundingClientRect().height),
    );
  expect(heights.length).toBeGreaterThan(8);
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(40);
  expect(errors).toEqual([]);
});

test('an area and its explanation are reached by the keyboard alone', patient, async () => {
  const { page } = await scene.visit('district=q7&lang=en');
  await page.locator('ol li button').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('article[data-area]').waitFor();
  await page.locator('article [data-formula="incidence-7d"] button.name').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Denominator', { exact: true }).waitFor();
  await page.locator('article [data-formula="cases-7d"] button.value').focus();
  await page.keyboard.press('Enter');
  await page.locator('dialog .total').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('dialog').count(), slow).toBe(0);
});

test('a case is reported; what the server does not accept is said at its field', patient, async () => {
  const { page } = await scene.visit('district=q7&lang=vi&screen=entry');
  const day = page.getByLabel('Ngày có kết quả dương tính');
  await day.fill('');
  await page.getByRole('button', { name: 'Gửi' }).click();
  await expect.poll(() => day.getAttribute('aria-invalid'), slow).toBe('true');
  await day.fill('24/8/2021');
  await page.getByRole('button', { name: 'Chọn trên bản đồ' }).click();
  await page.waitForTimeout(1500);
  await page.mouse.click(640, 480);
  await page.getByText(/10\.\d{5}, 106\.\d{5}/).waitFor();
  await page.getByRole('button', { name: 'Gửi' }).click();
  await page.getByText(/Đã ghi nhận web-/).waitFor();
});
