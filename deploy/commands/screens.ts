// npm run screens: pictures of every screen of the app, on the exercise as it runs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../e2e/product.ts';
import { fetchAs } from '../local/fetch-as.ts';
import { readRunState } from '../local/run-state.ts';
import { adminTokenOf } from '../local/secrets.ts';
import { findingsOf } from '../screens/axe.ts';
import { knownThings, openView } from '../screens/look.ts';
import { addressOf, isSeenAt, type SizeName, sizes, type Theme, themes, viewsOf } from '../screens/views.ts';
import { dataFolder, fromCaller, helpAsked } from './product.ts';

helpAsked(`npm run screens -- [options]

Takes pictures (WebP) of every screen of the product that runs on a data folder, in its exercise: on a desk (1440 × 900), a wall (1920 × 1080) and a
phone (390 × 844), light and dark, in Vietnamese, the telling ones in English too; and asks axe about each. Start the product first, and let the
exercise play its first weeks. Ends with 1 when axe finds something.

  --data DIR      data folder of the product (.data)
  --to DIR        where pictures go (docs/screens)
  --only NAME     of this screen alone; may be given again
  --size NAME     desktop, wall or phone; may be given again (all)
  --theme NAME    light or dark (both)
  --district ID   another district than the exercise's
  --no-pictures   axe alone
  --help          this text`);

const { values: told } = parseArgs({
  options: {
    data: { type: 'string' },
    to: { type: 'string' },
    only: { type: 'string', multiple: true },
    size: { type: 'string', multiple: true },
    theme: { type: 'string' },
    district: { type: 'string', default: 'q7-dien-tap' },
    'no-pictures': { type: 'boolean', default: false },
  },
});
const data = dataFolder(told.data);
const running = readRunState(data);
if (!running) {
  process.stderr.write(`nothing runs on ${data}: npm start first\n`);
  process.exit(1);
}
const { url } = running;
const { district } = told;
const folder = told.to ? fromCaller(told.to) : fileURLToPath(new URL('../../docs/screens/', import.meta.url));
mkdirSync(folder, { recursive: true });
const ask = fetchAs(data);
const read = async <Answer>(path: string): Promise<Answer> => {
  const answer = await ask(`${url}${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as Answer;
};
const control = (action: string) =>
  ask(`${url}/api/drill`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action }),
  });

// One moment on all of them.
const drill = await read<{ running: boolean; paused: boolean }>('/api/drill');
const isPlaying = drill.running && !drill.paused;
if (isPlaying) await control('pause');
const browser = await launchBrowser();
const quality = 72;
let findings = 0;
try {
  const views = viewsOf(await knownThings(read, district)).filter(
    ({ name }) => told.only === undefined || told.only.includes(name),
  );
  for (const size of Object.keys(sizes) as SizeName[]) {
    if (told.size && !told.size.includes(size)) continue;
    for (const theme of themes) if (told.theme === undefined || told.theme === theme) await lookAt(size, theme);
  }

  async function lookAt(size: SizeName, theme: Theme): Promise<void> {
    const page = await browser.newPage({
      viewport: sizes[size],
      reducedMotion: 'reduce',
      colorScheme: theme,
      ...(size === 'phone' ? { hasTouch: true, isMobile: true } : {}),
      extraHTTPHeaders: { authorization: `Bearer ${adminTokenOf(data)}` },
    });
    const chromium = await page.context().newCDPSession(page);
    for (const view of views.filter((one) => isSeenAt(one, size)))
      for (const language of ['vi', 'en'] as const) {
        if (language === 'en' && !(view.telling && size === 'desktop' && theme === 'light')) continue;
        const name = [view.name, size, theme, ...(language === 'en' ? ['en'] : [])].join('.');
        try {
          await openView(page, url, view, addressOf(view, district, { language, theme }));
        } catch (error) {
          findings += 1;
          process.stdout.write(`${name}: did not open: ${(error as Error).message.split('\n')[0]}\n`);
        }
        if (!told['no-pictures']) {
          const shot = await chromium.send('Page.captureScreenshot', { format: 'webp', quality });
          writeFileSync(join(folder, `${name}.webp`), Buffer.from(shot.data, 'base64'));
        }
        if (language === 'vi')
          for (const finding of await findingsOf(page)) {
            findings += 1;
            process.stdout.write(`${name}: ${finding}\n`);
          }
        process.stderr.write(`${name}\n`);
      }
    await page.close();
  }
} finally {
  await browser.close();
  if (isPlaying) await control('resume');
}
process.stdout.write(findings ? `${findings} findings\n` : 'axe finds nothing\n');
process.exitCode = findings ? 1 : 0;
