// A list with faults, as it comes from a spreadsheet, on the real product in a real browser: columns, cells mended in place, taken in, taken back.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findingsOf } from '../screens/axe.ts';
import { type Product, startProduct } from './product.ts';

const patient = { timeout: 400_000 };
const slow = { timeout: 90_000 };

const list = `Danh sách ca bệnh tuần 47
Mã ca,Phường,Ngày xác định,Mã bệnh viện
BN-1,Tân Phú,20/11/2026,A
BN-2,Tân Phú Đông,20/11/2026,A
BN-3,Tân Quy,31/13/2026,A
,Tân Quy,21/11/2026,B
BN-5,Phú Mỹ,22/11/2062,B
3.01235E+11,Phú Mỹ,22/11/2026,B
BN-1,Tân Phú,20/11/2026,A
`;

describe('import of a list with faults', () => {
  let product: Product;
  let page: Page;
  const errors: string[] = [];
  beforeAll(async () => {
    product = await startProduct('--no-drill');
    page = await product.browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(90_000);
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${product.state.url}/#district=q7&lang=vi&screen=data`);
    await page.getByRole('button', { name: 'Nhập từ tệp' }).first().waitFor();
  }, 400_000);
  afterAll(() => product?.stop(), 30_000);

  const get = async <Answer>(path: string): Promise<Answer> => {
    const answer = await product.fetch(`${product.state.url}${path}`);
    return (await answer.json()) as Answer;
  };
  const caseOf = (id: string) => get<{ status?: string; areaId?: string }>(`/api/epidemic/cases/${id}?district=q7`);
  const faults = () => page.locator('[data-cell]:not([data-faults="0"])').count();

  test('five faults are mended in place and the list is taken in: at most 12 actions', patient, async () => {
    let actions = 0;
    const act = async (does: Promise<unknown>) => {
      actions += 1;
      await does;
    };
    await act(page.getByRole('main').getByRole('button', { name: 'Nhập từ tệp' }).click());
    await act(
      page.getByLabel('Tệp', { exact: true }).setInputFiles({
        name: 'tuan-47.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`\uFEFF${list}`),
      }),
    );
    await act(page.getByRole('button', { name: 'Đọc tệp' }).click());
    await page.locator('[data-field="caseId"]').waitFor();
    expect(await page.locator('[data-field="caseId"]').textContent()).toContain('theo tên cột');
    expect(await findingsOf(page)).toEqual([]);
    await act(page.getByRole('button', { name: 'Kiểm tra', exact: true }).click());
    await page.locator('[data-cell]').nth(4).waitFor();
    expect(await faults()).toBe(5);
    expect(await findingsOf(page)).toEqual([]);
    // Reasons are read in the language of the screen.
    expect(await page.locator('[data-cell="5 Ngày xác định"]').textContent()).toMatch(/tháng/);
    expect(await page.getByRole('main').textContent()).not.toMatch(/ is | not | must |--map/);
    const mend = async (line: number, column: string, value: string) => {
      const cell = page
        .getByRole('textbox', { name: `Dòng ${line}, ${column}` })
        .or(page.getByRole('combobox', { name: `Dòng ${line}, ${column}` }));
      actions += 1;
      await cell.fill(value);
      await cell.press('Tab');
    };
    await mend(4, 'Phường', 'Tân Phong');
    await mend(5, 'Ngày xác định', '21/11/2026');
    await mend(6, 'Mã ca', 'BN-4');
    await expect.poll(faults, slow).toBe(2);
    // A reload in between costs nothing.
    await page.reload();
    await page.locator('[data-cell]').nth(4).waitFor();
    await expect.poll(faults, slow).toBe(2);
    await mend(7, 'Ngày xác định', '22/11/2026');
    await mend(8, 'Mã ca', '301235001234');
    await expect.poll(faults, slow).toBe(0);
    await page.getByText('dòng 9 lặp lại dòng 3').waitFor({ state: 'attached' });
    await act(page.getByRole('button', { name: 'Nhập chính thức 6 dòng' }).click());
    await page.getByText('Đã nhập 6 dòng').waitFor();
    process.stderr.write(`actions of an import with five faults mended in place: ${actions}\n`);
    expect(actions).toBeLessThanOrEqual(12);
    await expect.poll(async () => (await caseOf('BN-4')).status, slow).toBe('active');
    expect(await caseOf('BN-2')).toMatchObject({ areaId: 'q7-tan-phong' });
  });

  test('a worked-on case stays when the import is taken back; the others are no cases any more', patient, async () => {
    const worked = await product.fetch(`${product.state.url}/api/epidemic/cases/BN-3/status?district=q7`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'hospitalised' }),
    });
    expect(worked.status).toBe(201);
    await page.getByRole('button', { name: 'Hoàn tác', exact: true }).click();
    await page.getByRole('button', { name: 'Rút 6 mục' }).click();
    await page.getByText('Đã rút 5 mục').waitFor();
    expect(await page.getByRole('group', { name: /Hoàn tác lần nhập/ }).textContent()).toMatch(/1 mục để nguyên.*BN-3/);
    await expect.poll(async () => (await caseOf('BN-1')).status, slow).toBe('not-a-case');
    expect(await caseOf('BN-3')).toMatchObject({ status: 'hospitalised' });
    expect(errors).toEqual([]);
  });
});
