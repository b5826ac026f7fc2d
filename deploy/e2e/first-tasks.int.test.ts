// The first tasks of an analyst on the started product with its exercise: a number leads to its rows; two scenarios are compared and printed; the day goes back a week
// and comes to now again. (The worst ward, why and what next: day-at-the-desk; a violation to its end: violation-work; an import with faults: import-wizard.)
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Product, startProduct } from './product.ts';

const district = 'q7-dien-tap';
const patient = { timeout: 600_000 };
const slow = { timeout: 120_000, interval: 500 };

describe('first tasks', () => {
  let product: Product;
  const errors: string[] = [];
  beforeAll(async () => {
    product = await startProduct();
    const { url } = product.state;
    const get = async <Answer>(path: string): Promise<Answer> =>
      (await (await product.fetch(`${url}${path}`)).json()) as Answer;
    await vi.waitFor(
      async () => expect((await get<{ prefilling: boolean }>('/api/drill')).prefilling).toBe(false),
      slow,
    );
    await vi.waitFor(
      async () => expect((await get<{ areas: unknown[] }>(`/api/risk?district=${district}`)).areas.length).toBe(10),
      slow,
    );
    await product.fetch(`${url}/api/drill`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'pause' }),
    });
  }, 600_000);
  afterAll(() => product?.stop(), 60_000);

  const open = async (hash: string): Promise<Page> => {
    const page = await product.browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(120_000);
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${product.state.url}/#district=${district}&lang=vi${hash}`);
    return page;
  };
  const tell = (what: string, actions: number) => process.stderr.write(`actions ${what}: ${actions}\n`);

  test('b: from a number to the rows that sum to it: 1 action', patient, async () => {
    const page = await open('');
    const number = page.locator('aside.right [data-formula="cases-7d"] button.value').first();
    await number.waitFor();
    await number.click();
    await page.locator('dialog .total').waitFor();
    expect(await page.locator('dialog .total').textContent()).toContain('khớp với số đã bấm');
    tell('from a number to its rows', 1);
    await page.close();
  });

  test(
    'b by the keyboard alone: past the bars to the number, its rows, Escape, and the number has the focus',
    patient,
    async () => {
      const page = await open('');
      const number = 'aside.right [data-formula="cases-7d"] button.value';
      await page.locator(number).first().waitFor();
      const isThere = () => page.evaluate<boolean>(`document.activeElement.matches('${number}')`);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      // From the skip link to the content; then one thing after the other.
      for (let presses = 0; presses < 60 && !(await isThere()); presses += 1) await page.keyboard.press('Tab');
      expect(await isThere()).toBe(true);
      await page.keyboard.press('Enter');
      await page.locator('dialog .total').waitFor();
      expect(await page.evaluate('document.activeElement.closest("dialog") !== null')).toBe(true);
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
      expect(await isThere()).toBe(true);
      await page.close();
    },
  );

  test(
    'c: two scenarios side by side, and on paper with the mark of the exercise: at most 5 actions',
    patient,
    async () => {
      const page = await open('&screen=scenarios');
      await page.locator('[data-preset]').first().waitFor();
      await page.evaluate('window.print = () => { window.printed = true; }');
      let actions = 0;
      const click = async (selector: string) => {
        actions += 1;
        await page.locator(selector).first().click();
      };
      await click('[data-preset="directive16"]');
      await click('button.add');
      await click('[data-preset="5KTracing"]');
      const computed = () =>
        page.locator('[data-source]').evaluateAll((notes) => notes.map((note) => note.getAttribute('data-computing')));
      await expect.poll(computed, slow).toEqual(['false', 'false', 'false']);
      const column = (key: string) =>
        page.locator(`[data-metric="cases"] [data-column="${key}"]`).getAttribute('data-value').then(Number);
      const [nothing, directive, tracing] = [await column('nothing'), await column('s1'), await column('s2')];
      expect(directive).toBeLessThan(nothing);
      expect(tracing).toBeLessThan(nothing);
      actions += 1;
      await page.getByRole('button', { name: 'In một trang' }).click();
      expect(await page.evaluate('window.printed')).toBe(true);
      expect(actions).toBeLessThanOrEqual(5);
      await page.emulateMedia({ media: 'print' });
      const brief = page.locator('article.brief');
      expect(await brief.isVisible()).toBe(true);
      expect(await brief.locator('.exercise').textContent()).toContain('DIỄN TẬP');
      expect(await brief.locator('ol > li').count()).toBe(3);
      const paper = (await page.pdf({ format: 'A4' })).toString('latin1');
      expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
      tell('from the scenarios to two compared on paper', actions);
      await page.close();
    },
  );

  test(
    'f: a week back, day by day, and to now again: at most 8 actions; each rest is one moment',
    patient,
    async () => {
      const page = await open('');
      const figures = page.locator('[data-figures-as-of]');
      const rates = async () =>
        Object.fromEntries(
          await page
            .locator('aside.right ol li button')
            .evaluateAll((rows) =>
              rows.map((row) => [row.querySelector('.name')!.textContent, row.querySelector('.rate')!.textContent]),
            ),
        );
      const known = async () => Object.values(await rates()).filter((rate) => rate !== '–').length;
      await expect.poll(known, slow).toBe(10);
      const before = await rates();
      let actions = 0;
      for (let day = 0; day < 7; day += 1) {
        actions += 1;
        await page.getByRole('button', { name: 'Lùi một ngày' }).click();
      }
      const shown = await page.locator('[data-as-of]').getAttribute('data-as-of');
      // The moment of the figures is the end of the day that is shown, on the district's calendar.
      const dayOfFigures = async () => {
        const asOf = Date.parse((await figures.first().getAttribute('data-figures-as-of'))!);
        return new Date(asOf + 7 * 3_600_000 - 1000).toISOString().slice(0, 10);
      };
      await expect.poll(dayOfFigures, slow).toBe(shown);
      const asOf = (await figures.first().getAttribute('data-figures-as-of'))!;
      const answer = await product.fetch(
        `${product.state.url}/api/epidemic/figures?district=${district}&level=ward&asOf=${encodeURIComponent(asOf)}`,
      );
      const { areas } = (await answer.json()) as {
        areas: { name: string; figures: Record<string, { value: number }> }[];
      };
      const written = (value: number) =>
        new Intl.NumberFormat('vi-VN', {
          maximumFractionDigits: Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1,
        }).format(value);
      const then = Object.fromEntries(areas.map(({ name, figures: of }) => [name, written(of['incidence-7d']!.value)]));
      await expect.poll(rates, slow).toEqual(then);
      expect(then).not.toEqual(before);
      actions += 1;
      await page.getByRole('button', { name: 'Về trực tiếp' }).first().click();
      await expect.poll(rates, slow).toEqual(before);
      expect(actions).toBeLessThanOrEqual(8);
      tell('a week back and to now again', actions);
      expect(errors).toEqual([]);
      await page.close();
    },
  );
});
