// npm run truth: a product of its own is started, and asked every case that was handed to us; the right value stands beside what it says.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startIn } from '../e2e/product.ts';
import { askCase, say } from '../truth/ask.ts';
import { truthCases } from '../truth/cases.ts';
import { helpAsked } from './product.ts';

helpAsked(`npm run truth [-- NUMBER …]

Starts a product of its own and tries every handed case (or those named: P13 N18) in a district of its own. Prints number, right value and the product's;
ends with 1 when one differs.

  --help   this text`);
const wanted = process.argv.slice(2);
const root = fileURLToPath(new URL('../../', import.meta.url));
const product = await startIn(root, '--no-drill');
let wrong = 0;
try {
  for (const one of truthCases) {
    if (wanted.length && !wanted.includes(one.number)) continue;
    const answer = await askCase(one, {
      url: product.state.url,
      data: product.data,
      folder: join(tmpdir(), `vung-xanh-truth-${process.pid}`),
    });
    if (!answer.ok) wrong += 1;
    process.stdout.write(`${say(one, answer)}\n`);
  }
} finally {
  await product.stop();
}
process.stdout.write(wrong ? `${wrong} differ\n` : 'all are right\n');
process.exitCode = wrong ? 1 : 0;
