// An officer's day on the real product in a real browser: a violation is reported and goes to its end in the app; two reports of one breach are compared and merged; a step
// that is out of order is explained.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Product, startProduct } from './product.ts';

const patient = { timeout: 400_000 };
const slow = { timeout: 90_000 };

describe('work on violations', () => {
  let product: Product;
  let page: Page;
  const errors: string[] = [];
  beforeAll(async () => {
    product = await startProduct('--no-drill');
    page = await product.browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(90_000);
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${product.state.url}/#district=q7&lang=vi`);
    await page.locator('[data-formula="cases-7d"]').first().waitFor();
  }, 400_000);
  afterAll(() => product?.stop(), 30_000);

  const api = async (path: string, body: object) => {
    const answer = await product.fetch(`${product.state.url}/api/urban-order/violations${path}?district=q7`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([answer.status, await answer.clone().text()]).toEqual([
      answer.status < 300 ? answer.status : 0,
      expect.any(String),
    ]);
  };
  const status = () => page.locator('[data-thing] .status').textContent();

  test('from the report to the closed file in at most 20 actions', patient, async () => {
    let actions = 0;
    const click = async (name: string) => {
      actions += 1;
      await page.getByRole('button', { name, exact: true }).click();
    };
    const act = async (does: Promise<unknown>) => {
      actions += 1;
      await does;
    };
    await act(page.getByRole('navigation').getByRole('button', { name: 'Nhập liệu' }).click());
    await act(page.getByRole('tab', { name: 'Tiếp nhận tin vi phạm' }).click());
    await act(page.getByLabel('Loại vi phạm').selectOption('without-permit'));
    // Among ten wards one is found by a part of its name, without accents.
    await act(page.getByPlaceholder('Tìm phường').fill('thuan tay'));
    await act(page.getByLabel('Địa chỉ').fill('12 Huỳnh Tấn Phát'));
    await click('Gửi');
    await act(page.getByRole('button', { name: /Mở trang của hồ sơ này/ }).click());
    await page.locator('[data-thing^="violation."]').waitFor();
    for (const [step, after] of [
      ['Xác minh', 'đã xác minh'],
      ['Lập biên bản', 'đã lập biên bản'],
      ['Đình chỉ thi công', 'đình chỉ thi công'],
      ['Ra quyết định xử phạt', 'đã có quyết định'],
      ['Ghi nhận đã khắc phục', 'đã khắc phục'],
      ['Kết thúc hồ sơ', 'đã kết thúc hồ sơ'],
    ] as const) {
      await click(step);
      if (step === 'Lập biên bản') await act(page.getByLabel('Số biên bản').fill('07/BB-VPHC'));
      await click('Ghi');
      await expect.poll(status, slow).toBe(after);
    }
    expect(actions).toBeLessThanOrEqual(20);
    const events = await page.locator('[data-event]').all();
    const told = await Promise.all(events.map((event) => event.getAttribute('data-event')));
    expect(told).toEqual([
      'violation-closed',
      'violation-remedied',
      'violation-decided',
      'violation-suspended',
      'violation-minuted',
      'violation-verified',
      'violation-reported',
    ]);
    expect(await page.locator('[data-fact="minutesNumber"]').textContent()).toContain('07/BB-VPHC');
    expect(await page.locator('[data-fact="areaId"]').textContent()).toContain('Tân Thuận Tây');
    process.stderr.write(`actions from report to closed: ${actions}\n`);
  });

  test('two reports of one breach stand side by side, and one is merged into the other', patient, async () => {
    const breach = { kind: 'encroachment', location: { lon: 106.7301, lat: 10.7302 } };
    await api('', { ...breach, violationId: 'first', address: '1 Nguyễn Thị Thập' });
    await api('', { ...breach, violationId: 'second', address: '1A Nguyễn Thị Thập' });
    await page.goto(`${product.state.url}/#district=q7&lang=vi&thing=violation.second`);
    await page.locator('[data-compare="first"]').click();
    await page.locator('tr.differs', { hasText: '1A Nguyễn Thị Thập' }).waitFor();
    await page.locator('[data-merge]').click();
    expect(await page.getByLabel('Mã vụ được giữ lại').inputValue()).toBe('first');
    await page.getByRole('button', { name: 'Ghi', exact: true }).click();
    await expect.poll(status, slow).toBe('đã gộp');
    await page.locator('[data-fact="mergedInto"] button').click();
    await page.locator('[data-thing="violation.first"]').waitFor();
    await page.getByRole('region', { name: 'Tin đã gộp vào hồ sơ này' }).getByText('second').waitFor();
  });

  test('a step that somebody else has taken meanwhile is explained, with those that are lawful', patient, async () => {
    await api('', { kind: 'sanitation', violationId: 'third', areaId: 'q7-tan-phu' });
    await page.goto(`${product.state.url}/#district=q7&lang=vi&thing=violation.third`);
    await page.getByRole('button', { name: 'Xác minh', exact: true }).click();
    await api('/third/verify', {});
    // The page hears of it, and keeps the form that is open.
    await expect.poll(status, slow).toBe('đã xác minh');
    await page.getByRole('button', { name: 'Ghi', exact: true }).click();
    await expect
      .poll(() => page.getByRole('alert').first().textContent(), slow)
      .toContain('không đúng trình tự: hồ sơ đang ở “đã xác minh”. Lúc này chỉ có thể: Lập biên bản, Bác bỏ');
    expect(errors).toEqual([]);
  });
});
