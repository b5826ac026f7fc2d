// npm run load -- NAME: puts the product under load from outside, with k6.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadNames, targetOf } from '../load/names.ts';
import { startedProduct } from '../load/started-product.ts';
import { findProgram } from '../local/programs.ts';
import { fromCaller, helpAsked, main } from './product.ts';

const list = Object.entries(loadNames).map(([name, what]) => `  ${name.padEnd(14)} ${what}`);
helpAsked(`npm run load -- NAME [options]

Puts the product under load from outside with k6 (1.0 or newer), which is looked for on the PATH and is no part of the product. Without --target
a product of its own is started on an empty folder, and thrown away after it. Ends with 0 when every threshold of the script holds, 99 when one does not.

${list.join('\n')}

  --target URL        a running product. What is told to it stays in its journal
  --token-file FILE   the token by which it is asked (its data folder's admin-token)
  --district ID       its district (q7)
  --mine              the target is not on this machine, and is yours
  --help              this text`);

class Refused extends Error {}

await main(
  async () => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        target: { type: 'string' },
        'token-file': { type: 'string' },
        district: { type: 'string', default: 'q7' },
        mine: { type: 'boolean', default: false },
      },
    });
    const [name = '(none)'] = positionals;
    if (!Object.hasOwn(loadNames, name)) throw new Refused(`${name}: one of ${Object.keys(loadNames).join(', ')}`);
    const k6 = findProgram('k6');
    const version = k6 && /^k6 v(\d+)\./m.exec(spawnSync(k6, ['version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
    if (!k6 || !version || Number(version) < 1)
      throw new Refused(
        k6
          ? `${k6} is not k6 1.0 or newer`
          : 'k6 is not on the PATH. It is a program of its own (Grafana Labs, AGPL-3.0) and is not brought by the set-up: install it, then run this again. Nothing was measured.',
      );
    if ((values.target === undefined) !== (values['token-file'] === undefined))
      throw new Refused('--target and --token-file belong together');
    const own =
      values.target === undefined ? await startedProduct((chunk) => void process.stderr.write(chunk)) : undefined;
    try {
      const url = own?.url ?? targetOf(values.target!, values.mine);
      const token = own?.token ?? readFileSync(fromCaller(values['token-file']!), 'utf8').trim();
      const script = fileURLToPath(new URL(`../load/${name}.js`, import.meta.url));
      const run = spawn(k6, ['run', script], {
        stdio: 'inherit',
        env: {
          ...process.env,
          VX_BASE: url,
          VX_TOKEN: token,
          VX_DISTRICT: values.district,
          VX_RUN: `load-${Date.now()}`,
        },
      });
      process.exitCode = await new Promise<number>((done) => run.once('exit', (code) => done(code ?? 1)));
    } finally {
      await own?.stop();
    }
  },
  (error) => error instanceof Refused || /^--/.test((error as Error).message),
);
