// The main job as one story, on the real product in a real browser: a fact comes in, is on the map within a second, survives the broker's death, and the
// list behind a number is that number.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunState } from '../local/run-state.ts';
import { type Product, startProduct } from './product.ts';

describe('report to map', () => {
  let product: Product;
  let state: RunState;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    product = await startProduct('--no-drill');
    state = product.state;
    page = await product.browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${state.url}/#district=q7&lang=vi`);
    await page.locator('[data-formula="cases-7d"]').first().waitFor();
    await page.waitForFunction(`document.querySelector('canvas') !== null`, undefined, { timeout: 90_000 });
    await page.waitForTimeout(3000);
  }, 400_000);
  afterAll(() => product?.stop(), 30_000);

  const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());
  const report = async (caseId: string) => {
    const answer = await product.fetch(`${state.url}/api/epidemic/cases?district=q7`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ caseId, confirmedDate: today(), location: { lon: 106.7301, lat: 10.7302 } }),
    });
    expect([answer.status, await answer.clone().text()]).toEqual([201, expect.any(String)]);
  };
  const figure = (formula: string) => page.locator(`[data-formula="${formula}"] button.value`).first();

  test('a map of the district in Vietnamese; no data is not zero', async () => {
    expect(await page.title()).toContain('Vùng Xanh');
    expect(await page.locator('[data-formula="cases-7d"]').first().textContent()).toContain('chưa có số liệu');
    expect(errors).toEqual([]);
  });

  test('the page and what it loads come compressed, as the browser takes it', async () => {
    const html = await (await product.fetch(state.url)).text();
    const [, script] = /src="([^"]+\.js)"/.exec(html)!;
    const encodings = ['br', 'gzip', 'identity'].map(async (encoding) => {
      const answer = await product.fetch(`${state.url}${script}`, { headers: { 'accept-encoding': encoding } });
      return [answer.status, answer.headers.get('content-encoding'), (await answer.text()).length];
    });
    const [br, gzip, plain] = await Promise.all(encodings);
    expect([br![0], br![1], gzip![1], plain![1]]).toEqual([200, 'br', 'gzip', null]);
    expect([br![2], gzip![2]]).toEqual([plain![2], plain![2]]);
  });

  test('a reported case is told, counted and drawn without a reload', async () => {
    await report('e2e-1');
    const start = performance.now();
    await page.getByText('Ca bệnh mới').first().waitFor({ timeout: 90_000 });
    process.stderr.write(`from the answer 201 to the ticker: ${Math.round(performance.now() - start)} ms\n`);
    await expect.poll(() => figure('cases-7d').textContent(), { timeout: 90_000 }).toContain('1');
    await expect.poll(() => page.getByText('1 điểm').count(), { timeout: 90_000 }).toBeGreaterThan(0);
  }, 400_000);

  test('the number opens the list that sums to it', async () => {
    await figure('cases-7d').click();
    await page.locator('dialog .total').waitFor();
    expect(await page.locator('dialog .total').textContent()).toContain('khớp với số đã bấm');
    expect(await page.locator('dialog').textContent()).toContain('e2e-1');
    await page.locator('dialog header button').click();
  }, 400_000);

  test('a broker that stands still is said, not shown as live; when it goes on, so does the screen', async () => {
    const chip = page.locator('[role="status"][data-phase]');
    await expect.poll(() => chip.getAttribute('data-phase'), { timeout: 90_000 }).toBe('open');
    process.kill(state.pids.nats!, 'SIGSTOP');
    try {
      await expect.poll(() => chip.textContent(), { timeout: 90_000 }).toContain('Máy chủ ngừng phát tin');
      expect(await page.locator('section.time').textContent()).toContain('Chờ tin mới');
      expect(await page.locator('section.time').textContent()).not.toContain('Trực tiếp');
    } finally {
      process.kill(state.pids.nats!, 'SIGCONT');
    }
    await expect.poll(() => chip.textContent(), { timeout: 90_000 }).toContain('Trực tiếp');
    expect(await page.locator('section.time').textContent()).toContain('Trực tiếp');
  }, 400_000);

  test('the broker is killed and comes back: what was reported meanwhile is on the screen, nothing twice', async () => {
    process.kill(state.pids.nats!, 'SIGKILL');
    await expect
      .poll(
        () =>
          report('e2e-2').then(
            () => true,
            () => false,
          ),
        { timeout: 90_000, interval: 500 },
      )
      .toBe(true)
      // The first try may have been journalled although its answer was lost.
      .catch(() => undefined);
    await report('e2e-3');
    await expect.poll(() => figure('cases-7d').textContent(), { timeout: 90_000 }).toContain('3');
    expect(errors).toEqual([]);
  }, 400_000);

  test.each([
    ['desktop', 1440, 900],
    ['wall', 1920, 1080],
    ['phone', 390, 844],
  ])(
    'nothing is cut off sideways on a %s',
    async (_name, width, height) => {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(800);
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ).toBeLessThanOrEqual(0);
    },
    30_000,
  );
});
