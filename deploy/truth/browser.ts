import type { Page } from 'playwright-core';
import { launchBrowser } from '../e2e/product.ts';
import { adminTokenOf } from '../local/secrets.ts';
import type { Scratch } from './scratch.ts';

/**
 * Looks at the scratch district in a browser of its own, as who owns the data folder. `open` goes to an address of the district, as after `#`.
 * The answer has the number of errors of the page beside what was seen.
 */
export async function lookAt<Seen extends object>(
  { url, data, district }: Pick<Scratch, 'url' | 'data' | 'district'>,
  look: (page: Page, open: (rest: string) => Promise<void>) => Promise<Seen>,
): Promise<Seen & { errors: number }> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      extraHTTPHeaders: { authorization: `Bearer ${adminTokenOf(data)}` },
    });
    page.setDefaultTimeout(90_000);
    let errors = 0;
    page.on('pageerror', () => {
      errors += 1;
    });
    const open = async (rest: string) => {
      await page.goto('about:blank');
      await page.goto(`${url}/#${['lang=vi', `district=${district}`, rest].filter(Boolean).join('&')}`);
    };
    const seen = await look(page, open);
    return { ...seen, errors };
  } finally {
    await browser.close();
  }
}
