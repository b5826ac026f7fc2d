import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScene } from './scene.ts';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
}, 120_000);
afterAll(() => scene.close());

const slow = { timeout: 90_000 };

test('without a network the app opens, says that there is none, and shows no number of before', {
  timeout: 400_000,
}, async () => {
  const { page } = await scene.visit('district=q7-drill&lang=vi', { serviceWorkers: 'allow' });
  await page.locator('[data-formula="cases-7d"]').first().waitFor();
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  // The first visit was there before the worker: the second is its own.
  await page.reload();
  await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null'), slow).toBe(true);
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText('Không nối được tới máy chủ').first().waitFor();
  expect(await page.locator('[data-formula]').count()).toBe(0);
  // What was kept: files, no answer of a service.
  const kept = (await page.evaluate(
    `caches.keys().then(async (names) => (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat())`,
  )) as string[];
  expect(kept.filter((path) => path.startsWith('/api'))).toEqual([]);
  expect(kept).toContain('/');
  await page.context().setOffline(false);
  await page.reload();
  await page.locator('[data-formula="cases-7d"]').first().waitFor();
});

test('it can be installed: a manifest with names, colours and icons that are there', async () => {
  const { page } = await scene.visit('district=q7-drill&lang=vi');
  const manifest = (await page.evaluate(
    `fetch(document.querySelector('link[rel=manifest]').href).then((answer) => answer.json())`,
  )) as { name: string; display: string; icons: { src: string; sizes: string; purpose?: string }[] };
  expect(manifest).toMatchObject({ display: 'standalone', short_name: 'Vùng Xanh' });
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(
      `createImageBitmap ? fetch('${src}').then((answer) => answer.ok && ('${src}'.endsWith('.svg') ? 'any' : answer.blob().then(createImageBitmap).then(({ width, height }) => width + 'x' + height))) : ''`,
    );
    expect([src, size]).toEqual([src, sizes]);
  }
  expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
});
