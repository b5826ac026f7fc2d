// Every screen on the started product with its exercise, in both themes and on a phone: it opens, and axe finds nothing.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findingsOf } from '../screens/axe.ts';
import { knownThings, openView } from '../screens/look.ts';
import { addressOf, isSeenAt, type SizeName, sizes, type Theme, type View, viewsOf } from '../screens/views.ts';
import { type Product, startProduct } from './product.ts';

const district = 'q7-dien-tap';
const patient = { timeout: 1_800_000 };
const slow = { timeout: 240_000, interval: 500 };

describe('every screen', () => {
  let product: Product;
  let views: readonly View[];
  beforeAll(async () => {
    product = await startProduct();
    const read = async <Answer>(path: string): Promise<Answer> =>
      (await (await product.fetch(`${product.state.url}${path}`)).json()) as Answer;
    await vi.waitFor(
      async () => expect((await read<{ prefilling: boolean }>('/api/drill')).prefilling).toBe(false),
      slow,
    );
    await vi.waitFor(
      async () => expect((await read<{ areas: unknown[] }>(`/api/risk?district=${district}`)).areas.length).toBe(10),
      slow,
    );
    await product.fetch(`${product.state.url}/api/drill`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'pause' }),
    });
    views = viewsOf(await knownThings(read, district));
  }, 900_000);
  afterAll(() => product?.stop(), 60_000);

  test.each<[SizeName, Theme]>([
    ['desktop', 'light'],
    ['desktop', 'dark'],
    ['phone', 'light'],
    ['wall', 'dark'],
  ])('%s, %s', patient, async (size, theme) => {
    const page = await product.browser.newPage({ viewport: sizes[size], reducedMotion: 'reduce', colorScheme: theme });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const found: Record<string, string[]> = {};
    for (const view of views.filter((one) => isSeenAt(one, size))) {
      await openView(page, product.state.url, view, addressOf(view, district, { language: 'vi', theme }));
      const findings = await findingsOf(page);
      if (findings.length) found[view.name] = findings;
    }
    expect([found, errors]).toEqual([{}, []]);
    await page.close();
  });
});
