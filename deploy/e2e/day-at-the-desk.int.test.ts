// Screens by job on the started product with its exercise, as the people use them whose job it is; how many actions each task takes is counted.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Product, startProduct } from './product.ts';

const district = 'q7-dien-tap';
const patient = { timeout: 400_000 };
const slow = { timeout: 120_000, interval: 500 };

describe('a day at the desk', () => {
  let product: Product;
  const errors: string[] = [];
  beforeAll(async () => {
    product = await startProduct();
    // The first weeks are written quickly; then the clock stands still, so that what is compared is of one moment.
    await vi.waitFor(async () => expect((await drill()).prefilling).toBe(false), slow);
    await vi.waitFor(async () => expect((await riskOfWards()).length).toBe(10), slow);
    await product.fetch(`${product.state.url}/api/drill`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'pause' }),
    });
  }, 400_000);
  afterAll(() => product?.stop(), 30_000);

  const get = async <Answer>(path: string): Promise<Answer> =>
    (await (await product.fetch(`${product.state.url}${path}`)).json()) as Answer;
  const riskOfWards = async () =>
    (await get<{ areas: { areaId: string; name: string }[] }>(`/api/risk?district=${district}`)).areas;
  const drill = () => get<{ prefilling: boolean }>('/api/drill');
  const open = async (hash: string, size = { width: 1440, height: 900 }): Promise<Page> => {
    const page = await product.browser.newPage({ viewport: size });
    page.setDefaultTimeout(90_000);
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${product.state.url}/${hash}`);
    return page;
  };

  test('the ward that is worst off, why, and what to do next: at most 6 actions', patient, async () => {
    const page = await open(`#district=${district}&lang=vi`);
    let actions = 0;
    const click = async (selector: string) => {
      actions += 1;
      await page.locator(selector).first().click();
    };
    await click('[data-screen-link="epidemic"]');
    await page.locator('[data-complete-week]:not([data-complete-week="unknown"])').first().waitFor();
    await page.locator('[data-row]').nth(9).waitFor();
    const worst = await page.locator('[data-row]').first().getAttribute('data-row');
    await click('[data-row] button');
    const card = page.locator(`[data-area-page="${worst}"]`);
    await card.locator('[data-driver]').first().waitFor();
    expect(await card.locator('[data-driver]').count()).toBeGreaterThan(0);
    expect(page.url()).toContain(`thing=area.${worst}`);
    await click('[data-compose]');
    await page.locator('[data-source]').first().waitFor();
    const { name } = (await riskOfWards()).find(({ areaId }) => areaId === worst)!;
    await page.getByText(`Chỉ thị 16 ở ${name}`).first().waitFor();
    expect(actions).toBeLessThanOrEqual(6);
    process.stderr.write(`actions from opening to a measure for the worst ward: ${actions}\n`);
    await page.close();
  });

  test('each sentence of the brief opens rows that come to its number', patient, async () => {
    const page = await open(`#district=${district}&lang=vi&screen=leader`, { width: 390, height: 844 });
    await page.locator('[data-sentence="cases"] button').waitFor();
    for (const sentence of ['cases', 'active', 'beds', 'overdue', 'businesses']) {
      const button = page.locator(`[data-sentence="${sentence}"] button`);
      await button.waitFor();
      await button.click();
      const total = page.locator('dialog .total');
      await total.waitFor();
      await expect.poll(() => total.textContent(), slow).toMatch(/khớp với số đã bấm/);
      await page.locator('dialog header button').click();
    }
    await page.close();
  });

  test('whoever leads opens his own screen on a phone; a link leads where it says', patient, async () => {
    const asLeader = async (hash: string) => {
      const page = await product.browser.newPage({ viewport: { width: 390, height: 844 } });
      page.setDefaultTimeout(90_000);
      page.on('pageerror', (error) => errors.push(error.message));
      await page.route('**/api/identity/me', async (route) => {
        const me = {
          known: true,
          kind: 'user',
          id: 'l',
          name: 'L',
          email: null,
          purpose: null,
          asksPurpose: false,
          needsFactor: false,
          manages: false,
          firstAdministrator: false,
        };
        await route.fulfill({ json: { ...me, grants: [{ role: 'district-leader', districts: 'all', areas: 'all' }] } });
      });
      await page.goto(`${product.state.url}/${hash}`);
      return page;
    };
    const plain = await asLeader('');
    await plain.getByRole('region', { name: 'Bản tin sáng' }).waitFor();
    expect(plain.url()).toContain('screen=leader');
    // What is wider than the screen would be moved by a finger sideways.
    expect(await plain.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await plain.close();
    const linked = await asLeader(`#district=${district}&lang=vi&screen=order`);
    await linked.locator('[data-column="reported"]').waitFor();
    await linked.close();
  });

  test('by the keyboard alone: past the bar to the content, and to another screen', patient, async () => {
    const page = await open(`#district=${district}&lang=vi`);
    await page.locator('[data-screen-link="order"]').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toContain('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN');
    const focused = () => page.evaluate('document.activeElement.dataset.screenLink ?? ""');
    let presses = 0;
    while ((await focused()) !== 'order' && presses < 12) {
      presses += 1;
      await page.keyboard.press('Shift+Tab');
    }
    expect(presses).toBeLessThan(12);
    await page.keyboard.press('Enter');
    await page.locator('[data-column="reported"] [data-violation]').first().waitFor();
    await page.goBack();
    expect(page.url()).not.toContain('screen=');
    expect(errors).toEqual([]);
    await page.close();
  });

  test('the wall: nothing to press, nothing smaller than 28 pixels', patient, async () => {
    const page = await open(`#district=${district}&lang=vi&screen=wall`, { width: 1920, height: 1080 });
    const shown = () => page.locator('[data-wall-page]').getAttribute('data-wall-page');
    const seen = new Set<string | null>();
    await expect
      .poll(async () => {
        seen.add(await shown());
        expect(
          await page.locator('button, a[href], select, input').locator('visible=true').count(),
        ).toBeLessThanOrEqual(1);
        const smallest =
          await page.evaluate(`Math.min(...[...document.querySelectorAll('.wall *')].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.width > 2 && box.height > 2 && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        }).map((element) => parseFloat(getComputedStyle(element).fontSize) * (element instanceof SVGElement ? element.getScreenCTM().a : 1)))`);
        expect(smallest).toBeGreaterThanOrEqual(28);
        return seen.size;
      }, slow)
      .toBe(4);
    await page.keyboard.press('Escape');
    await page.locator('[data-screen-link="map"][aria-current="page"]').waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });
});
