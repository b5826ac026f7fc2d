import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScene } from './scene.ts';

let scene: Awaited<ReturnType<typeof openScene>>;
beforeAll(async () => {
  scene = await openScene();
}, 240_000);
afterAll(() => scene.close());
const slow = { timeout: 90_000 };

interface Shown {
  zoom: number;
  cells: { count: number; at: [number, number] }[];
}
/** Cells of violations as deck.gl was given them, with where they are on the page, pixels. */
const shown = (page: Page) =>
  page.evaluate<Shown | null>(`(() => {
    const map = document.querySelector('.map');
    const deck = map?.overlay?.deck;
    const viewport = deck?.isInitialized ? deck.getViewports()[0] : undefined;
    if (!viewport) return null;
    const layer = deck.props.layers.find(({ id }) => id === 'violations-cells')?.props;
    const { left, top } = map.getBoundingClientRect();
    return {
      zoom: viewport.zoom,
      cells: (layer?.data ?? []).map((cell) => {
        const [x, y] = viewport.project(layer.getPosition(cell));
        return { count: cell.count, at: [left + x, top + y] };
      }),
    };
  })()`);
/** Those that no panel covers. */
const isFree = (page: Page, [x, y]: [number, number]) =>
  page.evaluate<boolean>(`document.elementFromPoint(${x}, ${y})?.tagName === 'CANVAS'`);
async function freeCell(page: Page, fits: (count: number) => boolean): Promise<[number, number] | undefined> {
  for (const { count, at } of (await shown(page))?.cells ?? []) if (fits(count) && (await isFree(page, at))) return at;
  return undefined;
}

test('a cell opens by a click, and a point that is alone leads to its page', { timeout: 400_000 }, async () => {
  const { page } = await scene.visit('district=q7-drill&lang=vi&layers=violations&day=2021-08-10');
  await expect.poll(async () => (await shown(page))?.cells.length ?? 0, slow).toBeGreaterThan(3);
  const { zoom, cells } = (await shown(page))!;
  const listed = await page.locator('.layer .count').first().textContent();
  expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(Number(listed!.replaceAll(/\D/g, '')));
  const many = await freeCell(page, (count) => count > 1);
  await page.mouse.click(...many!);
  await expect.poll(async () => (await shown(page))?.zoom ?? 0, slow).toBeGreaterThan(zoom + 0.5);
  await page.locator('.zoom button').nth(2).click();
  await expect.poll(async () => (await shown(page))?.zoom, slow).toBeCloseTo(zoom, 1);
  await expect.poll(() => freeCell(page, (count) => count === 1), slow).toBeDefined();
  await page.mouse.click(...(await freeCell(page, (count) => count === 1))!);
  await expect.poll(() => page.url(), slow).toContain('thing=violation.');
});
