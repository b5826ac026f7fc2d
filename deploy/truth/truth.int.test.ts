import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Started, startIn } from '../e2e/product.ts';
import { askCase } from './ask.ts';
import { truthCases } from './cases.ts';

const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-truth-'));
let product: Started;
beforeAll(async () => {
  product = await startIn(fileURLToPath(new URL('../../', import.meta.url)), '--no-drill');
}, 300_000);
afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test.each(truthCases.map((one) => [one.number, one.what, one] as const))(
  '%s: %s',
  async (_number, _what, one) => {
    expect((await askCase(one, { url: product.state.url, data: product.data, folder })).got).toEqual(one.right);
  },
  200_000,
);
