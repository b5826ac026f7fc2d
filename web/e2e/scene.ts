import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { serveBuilt } from '../dev/mock/serve.ts';

const chromiumPath = () => process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();

/** Maps are drawn by the processor, which a build or another test may hold. */
const actionMs = 60_000;

/** The built app on the mock's data, and a browser to look at it. */
export async function openScene() {
  const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-web-'));
  const root = join(import.meta.dirname, '..');
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  const served = await serveBuilt(folder);
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--enable-unsafe-swiftshader'],
  });
  return {
    mock: served.mock,
    /** A fresh page on a shared link; errors of the page end up in `errors`. */
    visit: async (
      hash: string,
      options: BrowserContextOptions = {},
      ready = 'ol li button',
    ): Promise<{ page: Page; errors: string[]; asked: URL[] }> => {
      // One page at a time: each draws its map on the processor.
      for (const open of browser.contexts()) await open.close();
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        reducedMotion: 'reduce',
        // Requests are looked at as the page makes them.
        serviceWorkers: 'block',
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(actionMs);
      const errors: string[] = [];
      const asked: URL[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('request', (request) => asked.push(new URL(request.url())));
      await page.goto(`${served.url}/#${hash}`);
      await page.locator(ready).first().waitFor();
      return { page, errors, asked };
    },
    close: async () => {
      await browser.close();
      await served.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
