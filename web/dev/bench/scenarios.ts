/**
 * How long the bands take after a slider has moved: 200 paths of one scenario, 60 days, ten wards, in Chromium on the seeded centre. Prints JSON. On a machine that does
 * other things too, `processorMs` says what it would take: time of the page's own process for one move, simulation, summary and drawing together; its workers share it.
 *
 *     node web/dev/bench/scenarios.ts
 */
import { availableParallelism, loadavg } from 'node:os';
import { openScene } from '../../e2e/scene.ts';

const moves = 15;
const scene = await openScene();
try {
  const hash = 'district=q7-drill&screen=scenarios&day=2021-08-20&lang=en';
  const { page } = await scene.visit(hash, {}, '[data-preset]');
  await page.locator('[data-preset="5KTracing"]').click();
  const note = page.locator('[data-source]').nth(1);
  const settled = () =>
    page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLElement>('[data-source]')].every((one) => one.dataset.computing === 'false'),
    );
  await settled();
  await page.waitForTimeout(2000);
  const session = await page.context().browser()!.newBrowserCDPSession();
  /** Processor time of the pages' processes so far, seconds. */
  const processorSeconds = async () =>
    (await session.send('SystemInfo.getProcessInfo')).processInfo
      .filter(({ type }) => type === 'renderer')
      .reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  const milliseconds: number[] = [];
  const before = await processorSeconds();
  for (let i = 0; i < moves; i++) {
    await page.locator('[data-lever="5K"] input[type=range]').fill(String(10 + 5 * i));
    await settled();
    milliseconds.push(Number(await note.getAttribute('data-milliseconds')));
    await page.waitForTimeout(600);
  }
  const processorMs = Math.round((((await processorSeconds()) - before) * 1000) / moves);
  milliseconds.sort((a, b) => a - b);
  const at = (share: number) => milliseconds[Math.round(share * (milliseconds.length - 1))];
  process.stdout.write(
    `${JSON.stringify({ paths: 200, days: 60, wards: 10, moves, medianMs: at(0.5), p90Ms: at(0.9), fastestMs: at(0), processorMs, cores: availableParallelism(), load1: loadavg()[0] })}\n`,
  );
} finally {
  await scene.close();
}
