// On the started product with its exercise: two moments side by side; and by the keyboard alone from the ranked wards to a measure for the worst one.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Product, startProduct } from './product.ts';

const district = 'q7-dien-tap';
const patient = { timeout: 400_000 };
const slow = { timeout: 120_000, interval: 500 };

describe('two moments, and the keyboard', () => {
  let product: Product;
  const errors: string[] = [];
  beforeAll(async () => {
    product = await startProduct();
    const get = async <Answer>(path: string): Promise<Answer> =>
      (await (await product.fetch(`${product.state.url}${path}`)).json()) as Answer;
    await vi.waitFor(
      async () => expect((await get<{ prefilling: boolean }>('/api/drill')).prefilling).toBe(false),
      slow,
    );
    await vi.waitFor(
      async () => expect((await get<{ areas: unknown[] }>(`/api/risk?district=${district}`)).areas.length).toBe(10),
      slow,
    );
    await product.fetch(`${product.state.url}/api/drill`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'pause' }),
    });
  }, 400_000);
  afterAll(() => product?.stop(), 30_000);

  const open = async (hash: string): Promise<Page> => {
    const page = await product.browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(120_000);
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${product.state.url}/#district=${district}&lang=vi${hash}`);
    return page;
  };

  test(
    'two moments side by side: the earlier one as the service knew it then, kept by the address',
    patient,
    async () => {
      const page = await open('&screen=epidemic');
      await page.locator('[data-compare-moments]').click();
      const beside = page.locator('[data-two-moments]');
      await beside.waitFor();
      const day = await beside.getAttribute('data-two-moments');
      expect(page.url()).toContain(`beside=${day}`);
      const numbers = () =>
        beside.locator('[data-moment="other"] svg text').evaluateAll((texts) => texts.map((text) => text.textContent));
      await expect.poll(async () => (await numbers()).filter((text) => text !== '?').length, slow).toBe(10);
      const seen = await numbers();
      await page.reload();
      await expect.poll(numbers, slow).toEqual(seen);
      expect(errors).toEqual([]);
      await page.close();
    },
  );

  test(
    'by the keyboard alone: the worst ward, why, what to do next; Escape gives the focus back',
    patient,
    async () => {
      const page = await open('&screen=epidemic');
      await page.locator('[data-row]').nth(9).waitFor();
      await page.locator('[data-complete-week]:not([data-complete-week="unknown"])').first().waitFor();
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.className')).toContain('skip');
      await page.keyboard.press('Enter');
      let presses = 2;
      const isRow = () => page.evaluate<boolean>('document.activeElement.closest("[data-row]") !== null');
      while (!(await isRow()) && presses < 40) {
        presses += 1;
        await page.keyboard.press('Tab');
      }
      expect(await isRow()).toBe(true);
      await page.keyboard.press('Enter');
      await page.locator('[data-area-page] [data-driver]').first().waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('[data-area-page]').count(), slow).toBe(0);
      await expect.poll(isRow, slow).toBe(true);
      await page.keyboard.press('Enter');
      await page.locator('[data-compose]').waitFor();
      const isCompose = () => page.evaluate<boolean>('document.activeElement.matches("[data-compose]")');
      while (!(await isCompose()) && presses < 80) {
        presses += 1;
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await page
        .getByText(/Chỉ thị 16 ở /)
        .first()
        .waitFor();
      process.stderr.write(`keys from the skip link to a measure for the worst ward: ${presses}\n`);
      expect(errors).toEqual([]);
      await page.close();
    },
  );
});
