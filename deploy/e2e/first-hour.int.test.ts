// The first hour of a new user in a real browser: an empty district, last year's list, today's, a correction, tomorrow's, and a ward's own spreadsheet. Every
// number on the screen is compared with one that is counted here, from what was handed in.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayAgo, type Scratch, scratchDistrict, written } from '../truth/scratch.ts';
import { type Product, startProduct } from './product.ts';

interface Person {
  id: string;
  ward: string;
  day: string;
  status: 'active' | 'recovered' | 'not-a-case';
}

const wardIds: Record<string, string> = { 'Tân Phú': 'a1', 'Bình Thuận': 'a2', 'Phú Mỹ': 'a3', 'Tân Quy': 'a4' };
const wards = Object.keys(wardIds);
const words = { active: 'đang theo dõi', recovered: 'khỏi', 'not-a-case': 'loại trừ' };
/** `count` people of the days from so many days ago on, going round the wards. */
const people = (prefix: string, count: number, daysAgo: number): Person[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${prefix}-${index}`,
    ward: wards[index % wards.length]!,
    day: dayAgo(daysAgo - (index % 5)),
    status: 'active' as const,
  }));
const listOf = (persons: readonly Person[]) =>
  `ma_ca;phuong;ngay_xac_nhan;tinh_trang\r\n${persons
    .map(({ id, ward, day, status }) => `${id};${ward};${written(day)};${words[status]}\r\n`)
    .join('')}`;

describe('the first hour', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-first-hour-'));
  let product: Product;
  let scratch: Scratch;
  let page: Page;
  const errors: string[] = [];
  /** What is true, counted apart from the product. */
  const truth = new Map<string, Person>();
  const lastYear = people('cu', 30, 330).map((person): Person => ({ ...person, status: 'recovered' }));
  const thisWeek = people('moi', 12, 5);

  beforeAll(async () => {
    product = await startProduct('--no-drill');
    scratch = await scratchDistrict({ url: product.state.url, data: product.data, folder }, 'gio-dau');
    page = await product.browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', (error) => errors.push(error.message));
  }, 400_000);
  afterAll(async () => {
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const counted = (inArea?: string) => {
    const weekAgo = dayAgo(7);
    const cases = [...truth.values()].filter(
      ({ ward, status }) => status !== 'not-a-case' && (!inArea || wardIds[ward] === inArea),
    );
    return {
      'cases-7d': cases.filter(({ day }) => day > weekAgo).length,
      'active-cases': cases.filter(({ status }) => status === 'active').length,
    };
  };
  const open = async (hash = '') => {
    await page.goto('about:blank');
    await page.goto(`${product.state.url}/#district=${scratch.district}&lang=vi${hash}`);
  };
  const onScreen = async (formula: string) =>
    Number((await page.locator(`[data-formula="${formula}"] button.value`).first().textContent())?.replace(/\D/g, ''));
  /** The screen, the figures of every ward, and the list behind each, against what was counted here. */
  const compare = async () => {
    await open();
    await expect
      .poll(async () => [await onScreen('cases-7d'), await onScreen('active-cases')])
      .toEqual(Object.values(counted()));
    const figures = await scratch.figures('epidemic');
    for (const area of [scratch.district, ...Object.values(wardIds)])
      for (const [formula, value] of Object.entries(counted(area === scratch.district ? undefined : area))) {
        const figure = figures.get(`${area} ${formula}`)!;
        expect([area, formula, figure.value]).toEqual([area, formula, value]);
        expect([area, formula, (await scratch.get<{ total: number }>(figure.list!)).total]).toEqual([
          area,
          formula,
          value,
        ]);
      }
    await page.locator('[data-formula="cases-7d"] button.value').first().click();
    await page.locator('dialog .total').waitFor();
    expect(await page.locator('dialog .total').textContent()).toContain('khớp với số đã bấm');
    expect(errors).toEqual([]);
  };
  /** Through the screen of file import, as people do it. */
  const importOnScreen = async (name: string, content: string, rows: number) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    await open('&screen=import');
    await page.getByLabel('Loại số liệu').selectOption('cases');
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByRole('button', { name: 'Đọc tệp' }).click();
    // Whether the days of a list tell day from month depends on the day of the test: it is said, as the screen asks for it.
    await page.getByLabel('Cách viết ngày').selectOption('dmy', { timeout: 90_000 });
    const check = page.getByRole('button', { name: 'Kiểm tra', exact: true });
    await check.click({ timeout: 90_000 });
    await page.getByText(`${rows} dòng hợp lệ`).waitFor({ timeout: 90_000 });
    await page.getByRole('button', { name: `Nhập chính thức ${rows} dòng` }).click();
    await page.getByText(`Đã nhập ${rows} dòng`).waitFor({ timeout: 90_000 });
  };

  test('an empty district says that nothing was reported, not zero', async () => {
    await open();
    await page.locator('[data-formula="cases-7d"]').first().waitFor({ timeout: 90_000 });
    expect(await page.locator('[data-formula="cases-7d"]').first().textContent()).toContain('chưa có số liệu');
  }, 400_000);

  test('last year’s list', async () => {
    await importOnScreen('nam-ngoai.csv', listOf(lastYear), lastYear.length);
    for (const person of lastYear) truth.set(person.id, person);
    await compare();
  }, 400_000);

  test('today’s list: last year’s rows again, and this week’s', async () => {
    await importOnScreen('hom-nay.csv', listOf([...lastYear, ...thisWeek]), lastYear.length + thisWeek.length);
    for (const person of thisWeek) truth.set(person.id, person);
    await compare();
  }, 400_000);

  test('a correction and an exclusion hold when tomorrow’s list comes with the old rows', async () => {
    const change = (id: string, path: string, body: object) =>
      scratch.request(`/api/epidemic/cases/${id}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const answers = [
      await change('moi-0', 'correction', { areaId: wardIds['Tân Quy'] }),
      await change('moi-1', 'status', { status: 'not-a-case' }),
      await change('moi-2', 'status', { status: 'recovered' }),
    ];
    for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([201, expect.any(String)]);
    truth.set('moi-0', { ...truth.get('moi-0')!, ward: 'Tân Quy' });
    truth.set('moi-1', { ...truth.get('moi-1')!, status: 'not-a-case' });
    truth.set('moi-2', { ...truth.get('moi-2')!, status: 'recovered' });
    await compare();
    const more = people('sau', 3, 4);
    await importOnScreen(
      'ngay-mai.csv',
      listOf([...lastYear, ...thisWeek, ...more]),
      lastYear.length + thisWeek.length + more.length,
    );
    for (const person of more) truth.set(person.id, person);
    await compare();
  }, 400_000);

  test('a ward’s own spreadsheet: the separator named, titles above, short names', async () => {
    const rows = [
      ['tp-1', 'P. Tân Phú', 2],
      ['tp-2', 'phường tân phú', 3],
      ['tp-3', 'Tân Phú, Quận gio-dau', 1],
    ] as const;
    const text = [
      'sep=;',
      'UỶ BAN NHÂN DÂN PHƯỜNG TÂN PHÚ;;',
      'Danh sách F0 trong tuần;;',
      'Mã ca;Phường;Ngày xác nhận',
      ...rows.map(([id, ward, days]) => `${id};${ward};${written(dayAgo(days))}`),
    ].join('\r\n');
    await importOnScreen('phuong.csv', `\uFEFF${text}\r\n`, rows.length);
    for (const [id, , days] of rows) truth.set(id, { id, ward: 'Tân Phú', day: dayAgo(days), status: 'active' });
    await compare();
  }, 400_000);
});
