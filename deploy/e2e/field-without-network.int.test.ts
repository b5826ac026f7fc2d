// An officer in the field loses the network: what he reports and decides waits in the browser, is sent once when the network is back, and a refusal stands where it was made.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Product, startProduct } from './product.ts';

const patient = { timeout: 400_000 };
const slow = { timeout: 90_000 };

describe('the field without a network', () => {
  let product: Product;
  let page: Page;
  const errors: string[] = [];
  beforeAll(async () => {
    product = await startProduct('--no-drill');
    page = await product.browser.newPage({ viewport: { width: 390, height: 844 } });
    page.setDefaultTimeout(90_000);
    page.on('pageerror', (error) => errors.push(error.message));
  }, 400_000);
  afterAll(() => product?.stop(), 30_000);

  const violations = '/api/urban-order/violations';
  const post = async (path: string, body: object) => {
    const answer = await product.fetch(`${product.state.url}${violations}${path}?district=q7`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([answer.status < 300, await answer.text()]).toEqual([true, expect.any(String)]);
  };
  interface Listed {
    items: { violationId: string; address?: string; status: string }[];
  }
  const listed = async () =>
    ((await (await product.fetch(`${product.state.url}${violations}?district=q7&limit=100`)).json()) as Listed).items;
  const offline = (is: boolean) => page.context().setOffline(is);

  /** Until the page asks for no more code: what it loads later could not be loaded without a network. */
  const loaded = async () => {
    let before = -1;
    const rests = async () => {
      const now = await page.evaluate<number>(
        `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length`,
      );
      const same = now === before;
      before = now;
      return same;
    };
    await expect.poll(rests, { ...slow, interval: 2000 }).toBe(true);
  };

  test('a report waits, survives a reload of the page, and is there once', patient, async () => {
    await page.goto(`${product.state.url}/#district=q7&lang=vi&screen=entry`);
    await page.getByRole('tab', { name: 'Tiếp nhận tin vi phạm' }).click();
    await page.getByLabel('Loại vi phạm').selectOption('without-permit');
    await page.getByLabel('Địa chỉ').fill('12 Huỳnh Tấn Phát');
    await offline(true);
    await page.getByRole('button', { name: 'Gửi', exact: true }).click();
    await page.getByText('Chờ có mạng; sẽ tự gửi, một lần.').waitFor();
    expect(await listed()).toEqual([]);
    // The page is closed before there is a network; whoever opens it again sends what waits.
    await page.goto('about:blank');
    await offline(false);
    await page.goto(`${product.state.url}/#district=q7&lang=vi&screen=entry`);
    await expect.poll(async () => (await listed()).map(({ address }) => address), slow).toEqual(['12 Huỳnh Tấn Phát']);
    await expect.poll(() => page.locator('[data-waiting]').count(), slow).toBe(0);
  });

  test('a step waits on the page of the file; what somebody else did meanwhile refuses it there', patient, async () => {
    await post('', { kind: 'sanitation', violationId: 'mine', areaId: 'q7-tan-phu' });
    await post('', { kind: 'sanitation', violationId: 'theirs', areaId: 'q7-tan-phu' });
    const takeStep = async (id: string) => {
      await page.goto(`${product.state.url}/#district=q7&lang=vi&thing=violation.${id}`);
      await page.getByRole('button', { name: 'Xác minh', exact: true }).click();
      await loaded();
      await offline(true);
      await page.getByRole('button', { name: 'Ghi', exact: true }).click();
      await page.locator('[data-thing] [data-waiting]').waitFor();
    };
    const status = () => page.locator('[data-thing] .status').textContent();
    await takeStep('mine');
    await offline(false);
    await expect.poll(status, slow).toBe('đã xác minh');
    await expect.poll(() => page.locator('[data-waiting]').count(), slow).toBe(0);

    await takeStep('theirs');
    await post('/theirs/dismiss', { reason: 'nothing was there' });
    await offline(false);
    await page.locator('[data-thing] [data-waiting][data-refused="true"]').waitFor();
    expect(await page.locator('[data-waiting] [role="alert"]').textContent()).toContain('không được nhận');
    const theirs = await product.fetch(`${product.state.url}${violations}/theirs?district=q7`);
    expect(await theirs.json()).toMatchObject({ status: 'dismissed' });
    await page.locator('[data-waiting]').getByRole('button', { name: 'Bỏ' }).click();
    await expect.poll(() => page.locator('[data-waiting]').count(), slow).toBe(0);
    expect(errors).toEqual([]);
  });
});
