// Nobody's call is lost, on the real product in a real browser: a call that nobody answers is an incident, stands in the numbers of who was on call, is disputed, and the numbers are others.
// The simulated carrier answers: numbers of calls are chosen by what it will say of them.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChainRole } from '../../services/hotline/calls/events.ts';
import { simulatedRing } from '../../services/hotline/telephony/simulated-answers.ts';
import { simulatedTakeUpSeconds } from '../../services/hotline/telephony/simulated-people.ts';
import { type Product, startProduct } from './product.ts';

const patient = { timeout: 500_000 };
const slow = { timeout: 120_000 };

/** Numbers of calls of which the telephones before the chair's are busy or refused, within seconds, and the chair's is answered; or all of them are busy or refused. */
function callsThat(answered: boolean, chain: readonly ChainRole[], count: number): string[] {
  const found: string[] = [];
  const chair = chain.indexOf('ward-chair');
  for (let index = 0; found.length < count; index++) {
    const callId = `flow-${index}`;
    const rings = chain.map((role, at) => simulatedRing(callId, at + 1, role));
    const silent = (upTo: number) =>
      rings
        .slice(0, upTo)
        .every(({ outcome, afterSeconds }) => ['busy', 'refused'].includes(outcome) && afterSeconds <= 8);
    const fits = answered
      ? silent(chair) && rings[chair]!.outcome === 'answered' && rings[chair]!.afterSeconds <= 15
      : silent(chain.length) && simulatedTakeUpSeconds(callId) > 3600;
    if (fits) found.push(callId);
  }
  return found;
}

let product: Product;
let page: Page;
const errors: string[] = [];
const api = async <Answer>(path: string, body: object): Promise<Answer> => {
  const answer = await product.fetch(`${product.state.url}/api/${path}?district=q7`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  expect([answer.status < 300, text]).toEqual([true, expect.any(String)]);
  return JSON.parse(text) as Answer;
};

/** Whom a call from a ward rings, in the order; the call that asks it is ended at once. */
async function chainIn(areaId: string): Promise<ChainRole[]> {
  const { callId, call } = await api<{ callId: string; call: Record<'attempts' | 'toRing', { role: ChainRole }[]> }>(
    'hotline/calls',
    { carrier: 'app', areaId },
  );
  await api(`hotline/calls/${callId}/hang-up`, {});
  return [...call.attempts, ...call.toRing].map(({ role }) => role);
}
beforeAll(async () => {
  product = await startProduct('--no-drill');
  page = await product.browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(120_000);
  page.on('pageerror', (error) => errors.push(error.message));
}, 400_000);
afterAll(() => product?.stop(), 30_000);

test(
  'a call that nobody answers → an incident → the numbers of who was on call → a dispute → other numbers',
  patient,
  async () => {
    const hour = 3_600_000;
    const officer = { officerId: 'an', name: 'Trực ban Tân Phú', unit: 'ward.q7-tan-phu', roles: ['ward-leader'] };
    await api('officials/officers', { ...officer, areaIds: ['q7-tan-phu'], from: '2021-01-01' });
    await api('officials/shifts', {
      ...{ targetId: 'chair-q7-tan-phu', officerId: 'an' },
      from: new Date(Date.now() - hour).toISOString(),
      until: new Date(Date.now() + 8 * hour).toISOString(),
    });
    const chain = await chainIn('q7-tan-phu');
    const chair = chain.indexOf('ward-chair') + 1;
    expect(chair).toBeGreaterThan(1);
    const [silent] = callsThat(false, chain, 1);
    const ward = { carrier: 'simulated', areaId: 'q7-tan-phu', topic: 'health' };
    for (const callId of [silent!, ...callsThat(true, chain, 5)]) await api('hotline/calls', { callId, ...ward });

    await page.goto(`${product.state.url}/#district=q7&lang=vi&screen=hotline`);
    const incident = page.locator(`[data-open-call="${silent}"]`);
    await incident.waitFor();
    expect(await incident.textContent()).toContain('Không ai trả lời');
    expect(await incident.textContent()).toContain('Chủ tịch UBND');
    await incident.getByRole('button', { name: 'Tiếp nhận' }).click();
    await incident.waitFor({ state: 'detached' });

    await page.goto(`${product.state.url}/#district=q7&lang=vi&screen=leader`);
    const officers = page.getByRole('region', { name: 'Đánh giá theo sổ sách' }).first();
    const choose = async () => {
      await page.reload();
      await officers.getByLabel('Cán bộ').selectOption('an');
    };
    const answered = page.locator('[data-score="call-answered"]');
    await expect
      .poll(async () => {
        await choose();
        await answered.waitFor();
        return answered.getAttribute('data-rows');
      }, slow)
      .toBe('6');
    expect(await answered.textContent()).toMatch(/83\s?%/);
    const row = page.locator(`[data-row="call/${silent}/${chair}"][data-formula="call-answered"]`);
    await row.getByRole('button', { name: /Khiếu nại/ }).click();
    await page.getByLabel('Lý do khiếu nại').fill('Tổng đài thử máy');
    await page.getByRole('button', { name: 'Gửi khiếu nại' }).click();
    await expect.poll(() => row.textContent(), slow).toContain('đang khiếu nại');
    await page.reload();
    await page.getByLabel('Lý do quyết định').fill('Đúng là thử máy');
    await page.getByRole('button', { name: 'Chấp nhận', exact: true }).click();
    await page.locator('[data-dispute]').waitFor({ state: 'detached' });
    await officers.getByLabel('Cán bộ').selectOption('an');
    await expect.poll(() => answered.getAttribute('data-rows'), slow).toBe('5');
    expect(await answered.textContent()).toMatch(/100\s?%/);
    expect(await row.textContent()).toContain('khiếu nại được chấp nhận');
    expect(errors).toEqual([]);
  },
);

test('a directive for the district waits for its officers on the leader’s first screen', patient, async () => {
  await page.goto(`${product.state.url}/#district=q7&lang=vi&screen=leader`);
  await page.reload();
  await page.getByRole('button', { name: 'Ra chỉ đạo' }).click();
  await page.getByLabel('Tiêu đề').fill('Kiểm tra chốt');
  await page.getByLabel('Nội dung').fill('Kiểm tra các chốt trong quận');
  await page.getByRole('button', { name: 'Gửi chỉ đạo' }).click();
  const waiting = page.locator('[data-directive]');
  await waiting.waitFor();
  expect(await waiting.textContent()).toContain('Chưa trả lời: Trực ban Tân Phú');
  expect(errors).toEqual([]);
});
