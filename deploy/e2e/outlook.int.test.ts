// What is ahead, as one story on the real product with its exercise: risk and a forecast soon after a fresh start, a ward with its reasons, a scenario that moves
// with its slider and is then run in full by the service.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Product, startProduct } from './product.ts';

const district = 'q7-dien-tap';
const patient = { timeout: 240_000 };
// The machine may be busy with other tests: how long it took is printed, not judged.
const soon = { timeout: 120_000, interval: 500 };

describe('what is ahead', () => {
  let product: Product;
  const errors: string[] = [];
  beforeAll(async () => {
    product = await startProduct();
  }, 200_000);
  afterAll(() => product?.stop(), 30_000);

  const open = async (rest: string): Promise<Page> => {
    const page = await product.browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${product.state.url}/#district=${district}&lang=vi&${rest}`);
    return page;
  };
  const get = async <Answer>(path: string): Promise<Answer> =>
    (await (await product.fetch(`${product.state.url}${path}`)).json()) as Answer;
  const tellSince = (what: string) =>
    process.stderr.write(`${what}: ${((performance.now() - product.readyAt) / 1000).toFixed(1)} s after ready\n`);

  test('risk of the wards and a forecast come by themselves', patient, async () => {
    await expect
      .poll(
        async () =>
          (await get<{ areas: { score?: number | null }[] }>(`/api/risk?district=${district}&level=ward`)).areas.filter(
            ({ score }) => typeof score === 'number',
          ).length,
        soon,
      )
      .toBe(10);
    tellSince('risk of ten wards');
    await expect
      .poll(
        async () => (await get<{ horizons: unknown[] }>(`/api/forecasts?district=${district}`)).horizons.length,
        soon,
      )
      .toBe(4);
    tellSince('a forecast of the district');
  });

  test('a ward tells where its level may go, and why', patient, async () => {
    const page = await open('colour=score&theme=light');
    const first = page.locator('aside.right ol li button').first();
    await expect.poll(() => first.locator('.rate').textContent(), soon).toMatch(/^\d/);
    // Rows move while the exercise runs; a busy machine draws few frames in which one stands still.
    await first.click({ timeout: soon.timeout });
    const risk = page.locator('[data-risk]');
    await expect.poll(() => risk.locator('[data-driver]').count(), soon).toBeGreaterThan(0);
    expect(await risk.locator('[data-weeks] [role="img"]').count()).toBe(4);
    await page.locator('article [data-target] [data-band]').first().waitFor(soon);
    expect(errors).toEqual([]);
    await page.close();
  });

  test('a scenario moves with its slider, is run in full, and its run is in the journal', patient, async () => {
    const page = await open('screen=scenarios');
    // The model of the district is fitted when it is first asked for.
    await page.locator('[data-preset]').first().waitFor({ timeout: 120_000 });
    await page.locator('[data-preset="5KTracing"]').click();
    const cases = page.locator('[data-metric="cases"] [data-column="s1"]');
    const settled = () =>
      expect
        .poll(
          () =>
            page
              .locator('[data-source]')
              .evaluateAll(
                (notes) => notes.length > 0 && notes.every((note) => note.getAttribute('data-computing') === 'false'),
              ),
          soon,
        )
        .toBe(true);
    await settled();
    const before = await cases.getAttribute('data-value');
    await page.locator('[data-lever="5K"] input[type=range]').first().fill('95');
    await settled();
    expect(Number(await cases.getAttribute('data-value'))).toBeLessThanOrEqual(Number(before));
    await page.getByRole('button', { name: 'Chạy đầy đủ' }).click();
    await expect.poll(() => page.locator('[data-run]').getAttribute('data-run'), soon).toBe('completed');
    expect(await page.locator('[data-source="full"]').count()).toBe(2);
    const runs = await get<{ items: { status: string }[] }>(`/api/scenarios?district=${district}`);
    expect(runs.items.map(({ status }) => status)).toContain('completed');
    expect(errors).toEqual([]);
  });
});
