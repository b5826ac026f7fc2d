import type { Page } from 'playwright-core';
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
const past = 'district=q7-drill&day=2021-08-10';
const languages = {
  vi: {
    score: 'Điểm nguy cơ',
    why: 'Vì sao',
    baseline: 'Đang hiện mô hình cơ sở',
    because: 'Vì trong 12 tuần qua mô hình sai gấp 1,71 lần',
    track: /Trong 40 khoảng dự báo 95 % gần nhất của hạn 1 tuần, 36 khoảng chứa giá trị thực/,
    fewCases: /Chỉ \d+ ca trong 7 ngày: quá ít để tính Rt/,
    withheld: 'Không đưa ra số',
    clusters: 'Ổ dịch đang hoạt động',
    times: /gấp [\d,]+ lần mức dự kiến/,
    models: 'Mô hình',
    verdict: /Tốt hơn cách đoán đơn giản: sai số nhỏ hơn 18/,
    forecastTable: 'Dự báo dạng bảng',
    strip: /Mức 1: .*Mức 4: /,
    meaning: '0: chắc chắn ở mức thấp nhất',
  },
  en: {
    score: 'Risk score',
    why: 'Why',
    baseline: 'Shown: the baseline',
    because: 'Because over the last 12 weeks the model',
    track: /Of the last 40 such 95% bands at 1 week, 36 held/,
    fewCases: /Only \d+ cases in 7 days: too few for Rt/,
    withheld: 'No number is given',
    clusters: 'Active clusters',
    times: /[\d.]+ times what is expected/,
    models: 'Models',
    verdict: /Better than the simplest guess: its error is 18% smaller/,
    forecastTable: 'Forecast as a table',
    strip: /Level 1: .*Level 4: /,
    meaning: '0: certain to stay in the lowest band',
  },
} as const;

const scores = (page: Page) =>
  page.locator('aside.right ol li button').evaluateAll((rows) =>
    rows.map((row) => ({
      name: row.querySelector('.name')!.textContent,
      value: row.querySelector('.rate')!.textContent,
      reason: row.querySelector('.reason')?.textContent ?? '',
    })),
  );

for (const [language, says] of Object.entries(languages)) {
  const link = (rest: string) => `${rest}&lang=${language}`;

  test(`the map is coloured by risk, and a link keeps it (${language})`, patient, async () => {
    const { page, asked, errors } = await scene.visit(link(past));
    // While the page is being filled its panel may be drawn anew under the pointer.
    const choose = async () => {
      await page.getByLabel(says.score, { exact: true }).click({ force: true });
      return page.url();
    };
    await expect.poll(choose, { ...slow, interval: 1000 }).toContain('colour=score');
    await page.getByText(says.meaning).waitFor();
    await expect.poll(async () => (await scores(page)).at(0)?.reason, slow).toMatch(/\d/);
    const rows = await scores(page);
    const numbers = rows.map(({ value }) => (value === '–' ? -1 : Number(value)));
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    // One ward is withheld: last, without a number, with its reason.
    expect(rows.at(-1)).toMatchObject({ value: '–' });
    expect(rows.at(-1)!.reason).not.toBe('');
    expect(asked.some((url) => url.pathname === '/api/risk' && url.searchParams.has('asOf'))).toBe(true);
    await page.reload();
    await page.locator('[data-colouring="score"]').waitFor();
    expect(errors).toEqual([]);
  });

  test(`a card says where the level may go, and why (${language})`, patient, async () => {
    const { page, errors } = await scene.visit(link(`${past}&area=q7-drill-tan-hung`));
    const risk = page.locator('[data-risk]');
    await risk.getByText(says.why, { exact: true }).waitFor();
    expect(Number(await risk.getAttribute('data-risk'))).toBeGreaterThan(0);
    expect(await risk.locator('[data-driver]').count()).toBe(3);
    expect(await risk.locator('[data-driver]').first().textContent()).toMatch(/\d/);
    const strips = risk.locator('[data-weeks] [role="img"]');
    expect(await strips.count()).toBe(4);
    expect(await strips.first().getAttribute('aria-label')).toMatch(says.strip);
    // The four shares of a week fill its strip.
    for (const widths of await strips.evaluateAll((all) =>
      all.map((strip) => [...strip.children].map((part) => Number.parseFloat((part as HTMLElement).style.width))),
    ))
      expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(100, 1);
    expect(errors).toEqual([]);
  });

  test(`the forecast is bands with their record, and says why it is the baseline (${language})`, patient, async () => {
    const { page, errors } = await scene.visit(link(`${past}&area=q7-drill`));
    const forecast = page.locator('[data-forecast="baseline"]');
    await forecast.getByText(says.baseline).waitFor();
    await forecast.getByText(says.because).waitFor();
    expect(await forecast.locator('[data-record="1"]').textContent()).toMatch(says.track);
    const blocks = page.locator('article [data-target]');
    expect(await blocks.count()).toBe(4);
    expect(await blocks.first().locator('[data-band]').count()).toBe(3);
    // Nowcast of the late days, and Rt as ribbons only.
    expect(await page.locator('article [data-nowcast]').count()).toBeGreaterThan(0);
    expect(await page.locator('[data-reproduction] .ribbon').count()).toBe(2);
    await page.locator('[data-rt="shown"]').waitFor();
    // The same as a table, by the keyboard.
    await forecast.getByText(says.forecastTable).focus();
    await page.keyboard.press('Enter');
    expect(await forecast.locator('tbody tr').count()).toBe(4);
    expect(errors).toEqual([]);
  });

  test(`at low counts Rt is hidden, and what is withheld says why (${language})`, patient, async () => {
    const { page } = await scene.visit(link('district=q7-drill&day=2021-06-24&area=q7-drill-phu-my'));
    const hidden = page.locator('[data-rt="hidden"]');
    await hidden.waitFor();
    expect(await hidden.textContent()).toMatch(says.fewCases);
    expect(await page.locator('[data-risk="withheld"]').textContent()).toContain(says.withheld);
    await page.goto(page.url().replace('phu-my', 'tan-phong'));
    await page.reload();
    await page.locator('[data-forecast="withheld"]').getByText(says.withheld).waitFor();
    expect(await page.locator('article [data-target]').count()).toBe(0);
  });

  test(`clusters are outlined when asked for, and told in words (${language})`, patient, async () => {
    const { page, asked, errors } = await scene.visit(link(past));
    expect(asked.some(({ pathname }) => pathname === '/api/clusters')).toBe(false);
    await page.getByLabel(says.clusters).check();
    const entry = page.locator('[data-clusters="3"] li button').first();
    await entry.waitFor();
    const named = await entry.locator('.name').textContent();
    await entry.focus();
    await page.keyboard.press('Enter');
    const card = page.locator('article[data-cluster]');
    await card.waitFor();
    expect(await card.locator('h2').textContent()).toBe(named);
    expect(await card.textContent()).toMatch(says.times);
    expect(await card.textContent()).toContain('p = 0');
    expect(page.url()).toContain('clusters=on');
    await card.locator('ul button').first().click();
    await page.locator('article[data-area]').waitFor();
    expect(errors).toEqual([]);
  });

  test(`models are read in words first, and a card leads to its model (${language})`, patient, async () => {
    const { page, errors } = await scene.visit(link(`${past}&area=q7-drill-tan-hung`));
    await page.locator('[data-forecast="combination"] button.link').last().click();
    const model = page.locator('article[data-model^="forecast-mock"]');
    await model.waitFor();
    expect(page.url()).toMatch(/screen=models.*model=forecast-mock/);
    expect(await model.textContent()).toMatch(says.verdict);
    expect(await model.locator('[data-coverage]').count()).toBe(10);
    // Hashes are there, folded away.
    expect(await model.locator('code').first().isVisible()).toBe(false);
    await page.keyboard.press('Escape');
    await page.locator('article[data-area]').waitFor();
    expect(page.url()).not.toContain('screen=');
    expect(errors).toEqual([]);
  });
}

test('a version is rolled back with a reason and a name, and that is kept', patient, async () => {
  const { page, errors } = await scene.visit('district=q7-drill&lang=vi&screen=models');
  const forecast = page.locator('section[data-kind="forecast-combination"]').first();
  const versions = forecast.locator('[data-in-force]');
  await versions.locator('summary').click();
  const earlier = versions.locator('[data-version="forecast-1"]');
  await earlier.getByRole('button').click();
  const send = versions.locator('form button[type="submit"]');
  await send.click();
  // Without a reason nothing is sent: the browser asks for it.
  expect(await versions.getAttribute('data-in-force')).toBe('forecast-2');
  await versions.getByLabel('Lý do').fill('Bản mới lệch trong tuần qua');
  await versions.getByLabel('Người quyết định').fill('Trưởng ca');
  await send.click();
  await expect.poll(() => versions.getAttribute('data-in-force'), slow).toBe('forecast-1');
  expect(await versions.textContent()).toContain('Trưởng ca: Bản mới lệch trong tuần qua');
  expect(errors).toEqual([]);
});

test('another target and other steps are chosen on the card', patient, async () => {
  const { page, asked, errors } = await scene.visit(`${past}&lang=en&area=q7-drill`);
  const forecast = page.locator('[data-forecast]');
  await page.locator('article [data-target]').first().waitFor();
  await forecast.getByLabel('Step').selectOption('day');
  await expect.poll(() => page.locator('article [data-target]').count(), slow).toBe(28);
  await forecast.getByLabel('Step').selectOption('week');
  await forecast.getByLabel('Target').selectOption('admissions');
  // Drawn by itself, not over the cases.
  await expect.poll(() => forecast.locator('[data-target]').count(), slow).toBe(4);
  expect(await forecast.textContent()).toContain('admissions a week');
  expect(asked.some((url) => url.searchParams.get('target') === 'admissions')).toBe(true);
  expect(errors).toEqual([]);
});

test('a risk that changes reaches the ranking and the card without a reload', patient, async () => {
  const { page, asked } = await scene.visit('district=q7-drill&lang=vi&colour=score');
  await expect.poll(async () => (await scores(page)).at(0)?.reason, slow).toMatch(/\d/);
  const before = (await scores(page)).map(({ name, value }) => `${name} ${value}`).join();
  asked.length = 0;
  await expect
    .poll(async () => (await scores(page)).map(({ name, value }) => `${name} ${value}`).join(), slow)
    .not.toBe(before);
  // The reasons follow the score.
  await expect.poll(() => asked.some(({ pathname }) => pathname === '/api/risk'), slow).toBe(true);
});

test('the tổ dân phố are coloured by risk when the map is near enough', patient, async () => {
  const { page, asked } = await scene.visit('district=q7-drill&lang=vi&day=2021-08-10&colour=high');
  await page.waitForTimeout(2000);
  await page.locator('.zoom button').first().click();
  await page.waitForTimeout(1500);
  await page.locator('.zoom button').first().click();
  await expect
    .poll(() => asked.filter((url) => url.searchParams.get('level') === 'neighbourhood').length, slow)
    .toBeGreaterThan(0);
});

test('on a phone the card fits, with risk, bands and Rt', patient, async () => {
  const { page, errors } = await scene.visit(`${past}&lang=vi&area=q7-drill-tan-hung`, {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  await page.locator('.handle').tap();
  await page.locator('[data-driver]').first().waitFor();
  await page.locator('[data-reproduction]').scrollIntoViewIfNeeded();
  for (const selector of ['[data-risk]', '[data-reproduction]', '[data-forecast]', '[data-target]'])
    for (const box of await page
      .locator(selector)
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right)))
      expect(box, selector).toBeLessThanOrEqual(390);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(errors).toEqual([]);
});
