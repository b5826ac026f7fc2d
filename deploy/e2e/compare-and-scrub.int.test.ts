// Two scripted tasks on the started product with its exercise, with their number of actions: two measures compared and printed; a week back and forth in time, all of one
// moment. And two moments side by side.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Product, startProduct } from './product.ts';

const district = 'q7-dien-tap';
const patient = { timeout: 400_000 };
const slow = { timeout: 120_000, interval: 500 };

describe('comparing and scrubbing', () => {
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

  test('two measures are compared and printed: at most 5 actions', patient, async () => {
    const page = await open('');
    let actions = 0;
    const click = async (selector: string) => {
      actions += 1;
      await page.locator(selector).first().click();
    };
    await page.evaluate('window.printed = 0; window.print = () => { window.printed += 1; }');
    await click('[data-screen-link="scenarios"]');
    await click('[data-preset="directive16"]:not([disabled])');
    // The list of presets closes once something is composed.
    if (!(await page.locator('[data-preset="5KTracing"]').first().isVisible()))
      await click('button[aria-label="Thêm kịch bản"]');
    await click('[data-preset="5KTracing"]:not([disabled])');
    await expect
      .poll(
        () =>
          page
            .locator('[data-source]')
            .evaluateAll(
              (notes) => notes.length >= 3 && notes.every((note) => note.getAttribute('data-computing') === 'false'),
            ),
        slow,
      )
      .toBe(true);
    actions += 1;
    await page.getByRole('button', { name: 'In một trang' }).click();
    expect(await page.evaluate('window.printed')).toBe(1);
    // What goes to paper: the mark of the exercise, both measures by name beside doing nothing, figures with their bands.
    await page.emulateMedia({ media: 'print' });
    const brief = page.locator('article.brief');
    await brief.waitFor();
    expect(await brief.textContent()).toMatch(/DIỄN TẬP/i);
    expect(await brief.locator('thead th').count()).toBe(4);
    expect(await brief.locator('tbody td').filter({ hasText: /\d/ }).count()).toBeGreaterThan(6);
    process.stderr.write(`actions to compare two measures and print: ${actions}\n`);
    expect(actions).toBeLessThanOrEqual(5);
    await page.close();
  });

  test('seven days back and forth again: all of one moment each time, and then as before', patient, async () => {
    const page = await open('');
    await page.locator('aside.right ol li button').nth(9).waitFor();
    const read = () =>
      page.evaluate<Record<string, string>>(`(() => {
        const text = (element) => (element ? element.textContent.trim() : '');
        const layers = document.querySelector('.map')?.overlay?._props.layers ?? [];
        const numbers = layers.find(({ id }) => id === 'area-numbers')?.props.data ?? [];
        const labels = numbers.filter(({ properties }) => properties.level === 'ward').map(({ properties }) => properties.value);
        const rates = [...document.querySelectorAll('aside.right ol li button')].map((row) => text(row.querySelector('.rate')));
        return {
          asOf: document.querySelector('[data-figures-as-of]')?.getAttribute('data-figures-as-of') ?? '',
          day: document.querySelector('[data-as-of]')?.getAttribute('data-as-of') ?? '',
          labels: labels.toSorted().join(' '),
          rates: rates.toSorted().join(' '),
        };
      })()`);
    const settled = async (isThere: (frame: Record<string, string>) => boolean) => {
      await expect
        .poll(async () => {
          const frame = await read();
          return isThere(frame) && frame.rates !== '' && frame.labels === frame.rates;
        }, slow)
        .toBe(true);
      return read();
    };
    const now = await settled(({ day }) => day === '');
    let actions = 0;
    for (let step = 0; step < 7; step++) {
      actions += 1;
      await page.getByRole('button', { name: 'Lùi một ngày' }).click();
    }
    const day = await page.locator('[data-as-of]').getAttribute('data-as-of');
    const before = await settled(
      ({ asOf }) => Math.abs(Date.parse(asOf ?? '') - Date.parse(`${day}T17:00:00Z`)) < 60_000,
    );
    expect(before.rates).not.toBe(now.rates);
    // A dialog of then opens rows of then.
    actions += 1;
    await page
      .getByRole('button', { name: /hiện tại|Trực tiếp|bây giờ/i })
      .last()
      .click();
    const again = await settled(({ day: shown }) => shown === '');
    expect(again.rates).toBe(now.rates);
    process.stderr.write(`actions for a week back and to now again: ${actions}\n`);
    expect(actions).toBeLessThanOrEqual(8);
    await page.close();
  });

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
