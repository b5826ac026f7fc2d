import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScene } from './scene.ts';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
}, 120_000);
afterAll(() => scene?.close());

const slow = { timeout: 90_000 };
const patient = { timeout: 400_000 };
const address = 'district=q7-drill&screen=scenarios&theme=light&day=2021-08-20';
const ready = '[data-preset]';
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** The bands that are shown belong to what is composed. */
const settled = (page: Page) =>
  expect
    .poll(
      () =>
        page
          .locator('[data-source]')
          .evaluateAll(
            (notes) => notes.length > 0 && notes.every((note) => (note as HTMLElement).dataset.computing === 'false'),
          ),
      slow,
    )
    .toBe(true);
const median = async (page: Page, metric: string, column: string) =>
  Number(await page.locator(`[data-metric="${metric}"] [data-column="${column}"]`).getAttribute('data-value'));
/** Moves a slider as a hand does: `input` on the way, `change` at the end. */
const slide = (page: Page, lever: string, field: string, value: number) =>
  page.locator(`[data-lever="${lever}"] input[type=range][data-field="${field}"]`).fill(String(value));
const bands = (page: Page) =>
  page
    .locator('[data-chart="reported"] [data-band="90"]')
    .evaluateAll((paths) => paths.map((path) => path.getAttribute('d')));

test(
  'a scenario is composed, its bands move with the slider, and a stronger measure has fewer cases',
  patient,
  async () => {
    const { page, errors, asked } = await scene.visit(`${address}&lang=vi`, {}, ready);
    // The screen comes without the map.
    expect(asked.filter(({ pathname }) => /maplibre|Map-/.test(pathname))).toEqual([]);
    await page.locator('[data-preset="empty"]').click();
    await page.locator('[data-kind="5K"]').click();
    await slide(page, '5K', 'adherence', 10);
    await settled(page);
    const [nothing, weak] = [await median(page, 'cases', 'nothing'), await median(page, 'cases', 's1')];
    const before = await bands(page);
    expect(before).toHaveLength(2);
    await slide(page, '5K', 'adherence', 90);
    await settled(page);
    const [still, strong] = [await median(page, 'cases', 'nothing'), await median(page, 'cases', 's1')];
    expect(still).toBe(nothing);
    expect(weak).toBeLessThan(nothing);
    expect(strong).toBeLessThan(0.7 * weak);
    expect((await bands(page))[1]).not.toBe(before[1]);
    // What only costs, costs: business closed, fewer cases, more money.
    await page.locator('[data-kind="business"]').click();
    await settled(page);
    expect(await median(page, 'businessesClosed', 's1')).toBeGreaterThan(1000);
    expect(await median(page, 'cost', 's1')).toBeGreaterThan(10 * (await median(page, 'cost', 'nothing')));
    expect(await page.locator('[data-source]').allTextContents()).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining('Ước tính nhanh · 200 lần mô phỏng')),
    );
    expect(errors).toEqual([]);
  },
);

test('what was composed survives a reload, can be undone, and travels in a link', patient, async () => {
  const { page } = await scene.visit(
    `${address}&lang=en`,
    { permissions: ['clipboard-read', 'clipboard-write'] },
    ready,
  );
  await page.locator('[data-preset="5KTracing"]').click();
  await page.locator('#scenario-name').fill('Phương án của tổ 3');
  await slide(page, 'tracing', 'tracedPerDay', 900);
  await page.reload();
  await page.locator('[data-lever="tracing"]').waitFor();
  expect(await page.locator('#scenario-name').inputValue()).toBe('Phương án của tổ 3');
  expect(await page.locator('[data-lever="tracing"] .amount').first().inputValue()).toBe('900');
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await page
    .locator('[data-lever="5K"]')
    .getByRole('button', { name: /^Remove / })
    .click();
  expect(await page.locator('[data-lever]').count()).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await page.locator('[data-lever]').count()).toBe(2);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByText('Copied a link').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByText('Opened the scenarios of the link').waitFor();
  await page.locator('[role=tab][data-key="s2"]').click();
  expect(await page.locator('#scenario-name').inputValue()).toBe('Phương án của tổ 3 (2)');
});

test(
  'the full run tells how far it is, replaces the quick bands, agrees with them, and is found again',
  patient,
  async () => {
    const { page, errors } = await scene.visit(`${address}&lang=vi`, {}, ready);
    await page.locator('[data-preset="directive16"]').click();
    await settled(page);
    const quick = [await median(page, 'cases', 'nothing'), await median(page, 'cases', 's1')];
    await page.getByRole('button', { name: 'Chạy đầy đủ' }).click();
    await page.locator('[data-run="running"] progress').waitFor(slow);
    const shares = new Set<string | null>();
    await expect
      .poll(
        async () => {
          const bar = page.locator('[data-run="running"] progress');
          if (await bar.count()) shares.add(await bar.getAttribute('value', { timeout: 500 }).catch(() => null));
          return page.locator('[data-run]').getAttribute('data-run');
        },
        { ...slow, interval: 60 },
      )
      .toBe('completed');
    expect(shares.size).toBeGreaterThan(2);
    await page.getByText('Kết quả đầy đủ đã thay ước tính nhanh').waitFor();
    expect(await page.locator('[data-source="full"]').count()).toBe(2);
    const full = [await median(page, 'cases', 'nothing'), await median(page, 'cases', 's1')];
    // Same model, same seeds, five times the paths: medians differ by the Monte-Carlo error of 200 paths only.
    full.forEach((value, i) => {
      expect(Math.abs(value / quick[i]! - 1)).toBeLessThan(0.25);
    });
    await expect.poll(() => page.url(), slow).toContain('run=run-');
    // A changed scenario is quick again, and says so; doing nothing stays full.
    await slide(page, 'movement', 'limit', 40);
    await settled(page);
    expect(
      await page
        .locator('[data-source]')
        .evaluateAll((notes) => notes.map((note) => (note as HTMLElement).dataset.source)),
    ).toEqual(['full', 'quick']);
    // A reload brings back the run, and what was changed after it.
    await page.reload();
    await page.locator('[data-source="full"]').first().waitFor(slow);
    await settled(page);
    expect(await page.locator('[data-lever="movement"] .amount').inputValue()).toBe('40');
    expect(await page.locator('[data-source="quick"]').count()).toBe(1);
    await page.getByRole('tab', { name: 'Đã chạy' }).click();
    await page.getByRole('button', { name: 'Mở lại' }).first().click();
    await expect.poll(() => page.locator('[data-source="full"]').count(), slow).toBe(2);
    expect(errors).toEqual([]);
  },
);

test('a run is cancelled; what the server does not accept is said at its field', patient, async () => {
  const { page } = await scene.visit(`${address}&lang=en`, {}, ready);
  await page.locator('select').filter({ hasText: '60 days' }).selectOption('120');
  await page.locator('[data-preset="5KTracing"]').click();
  await page.getByRole('button', { name: 'Full run' }).click();
  await page.getByRole('button', { name: 'Cancel run' }).click();
  await page.locator('[data-run="cancelled"]').getByText('Cancelled').waitFor();
  expect(await page.locator('[data-source="full"]').count()).toBe(0);
  const last = page.locator('[data-lever="tracing"] input[data-field="toDate"]');
  await last.fill('2021-08-01');
  await last.blur();
  await page.getByRole('button', { name: 'Full run' }).click();
  await page.getByText('please look at the marked fields').waitFor();
  await page.locator('[data-lever="tracing"]').getByText('must not lie before fromDate').waitFor();
  expect(await last.getAttribute('aria-invalid')).toBe('true');
  expect(await page.locator('[data-lever="5K"] [role="alert"]').count()).toBe(0);
  // A field that is touched is no longer called wrong for what it was.
  await last.fill('2021-09-30');
  await last.blur();
  await page.getByText('please look at the marked fields').waitFor({ state: 'detached' });
  expect(await last.getAttribute('aria-invalid')).toBe('false');
});

test('the planner proposes the smallest plan, or says plainly that none meets the limits', patient, async () => {
  const { page } = await scene.visit(`${address}&lang=vi`, {}, ready);
  await page.getByRole('tab', { name: 'Tìm phương án' }).click();
  const fill = (name: string, value: string) => page.locator(`input[name="${name}"]`).fill(value);
  await fill('ratePer100k', '1');
  await fill('probability', '5');
  await fill('mostPeopleRestricted', '1000');
  await page.locator('form button.primary').click();
  await page.locator('[data-found="false"]').waitFor(slow);
  await page.getByText('Không có phương án nào trong các giới hạn này').waitFor();
  await page.getByText('Gần nhất đạt được').waitFor();
  // Between doing nothing and everything lies what some wards reach.
  await fill('ratePer100k', '150');
  await fill('withinDays', '40');
  await fill('probability', '50');
  await fill('mostPeopleRestricted', '');
  await page.locator('form button.primary').click();
  const found = page.locator('[data-found="true"]');
  await found.waitFor({ timeout: 100_000 });
  expect(await found.innerText()).toMatch(/Có phương án[\s\S]*chi phí/);
  await found.getByRole('button', { name: 'Dùng làm kịch bản' }).click();
  await page.locator('[data-lever]').first().waitFor();
  expect(await page.locator('#scenario-name').inputValue()).toBe('Phương án tìm được');
});

test('without enough data it says so in words, and keeps what was composed', patient, async () => {
  const { page } = await scene.visit('district=q7-drill&screen=scenarios&day=2021-06-16&lang=vi', {}, 'details.note');
  await page.getByText('Chưa tính được kịch bản').waitFor();
  await page.getByText('quá ít ca').waitFor();
  expect(await page.locator('[data-band]').count()).toBe(0);
});

test(
  'on a phone: chosen scenario beside doing nothing, swipe or tab, nothing wider than the screen',
  patient,
  async () => {
    const { page, errors } = await scene.visit(`${address}&lang=vi`, phone, ready);
    await page.locator('[data-preset="directive16"]').tap();
    await page.locator('button.add').tap();
    await page.locator('[data-preset="5KTracing"]').tap();
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await page.locator('[role=tab][data-key="s2"]').getAttribute('aria-selected')).toBe('true');
    expect(await page.locator('[data-metric="cases"] td').count()).toBe(2);
    const picture = (await page.locator('.picture').boundingBox())!;
    await page.mouse.move(picture.x + 80, picture.y + 100);
    await page.mouse.down();
    await page.mouse.move(picture.x + 300, picture.y + 104, { steps: 4 });
    await page.mouse.up();
    expect(await page.locator('[role=tab][data-key="s1"]').getAttribute('aria-selected')).toBe('true');
    const heights = await page
      .locator('.scenarios button:not(.link):visible, .scenarios input[type=range]:visible')
      .evaluateAll((items) => items.map((item) => item.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(36);
    expect(errors).toEqual([]);
  },
);

test(
  'wards are chosen by keyboard on the map and in the list; every chart has words and a table',
  patient,
  async () => {
    const { page } = await scene.visit(`${address}&area=q7-drill-tan-phu&lang=en`, {}, ready);
    await page.locator('[data-preset="ward"]').getByText('Tân Phú').waitFor();
    await page.locator('[data-preset="directive16"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-lever="movement"] summary').focus();
    await page.keyboard.press('Enter');
    const chosen = () => page.locator('[data-lever="movement"] li input:checked').count();
    const before = await chosen();
    await page.locator('[data-lever="movement"] [role="checkbox"][aria-checked="false"]').first().focus();
    await page.keyboard.press('Space');
    expect(await chosen()).toBe(before + 1);
    await settled(page);
    const charts = page.locator('.results svg[role="img"]');
    for (const label of await charts.evaluateAll((all) => all.map((svg) => svg.getAttribute('aria-label'))))
      expect(label).toMatch(/\w+/);
    await page.locator('[data-chart="hospital"]').getByRole('button', { name: 'Show as table' }).click();
    expect(await page.locator('[data-chart="hospital"] tbody tr').count()).toBeGreaterThan(10);
    expect(await page.locator('body').innerText()).not.toMatch(/Kịch bản|Không làm gì|Chạy đầy đủ|Khu vực/);
  },
);
