import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on an open page: the rule, how heavy it is, and the first places. Empty: nothing. */
export async function findingsOf(page: Page): Promise<string[]> {
  await page.evaluate(source);
  return page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) =>
      impact + ' ' + id + ' ×' + nodes.length + ': ' + nodes.slice(0, 3).map(({ target, any }) => target.join(' ') + (any[0] ? ' (' + any[0].message + ')' : '')).join(' | ')))`,
  );
}
