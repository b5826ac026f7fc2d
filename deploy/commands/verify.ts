// npm run verify [-- --data DIR]: reads every journal and compares it with its chain of hashes.
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { acceptDamage } from '../../services/chain/accept-damage.ts';
import { chainFolder } from '../../services/chain/chain-file.ts';
import { openBroker } from '../../services/platform/broker.ts';
import { openDatabase } from '../../services/platform/database.ts';
import { scratchBroker } from '../local/journal-copy.ts';
import { readRunState } from '../local/run-state.ts';
import { dataFolder, fromCaller, helpAsked, main } from './product.ts';
import { verifyAll } from './verify-all.ts';
import { reportOf } from './verify-report.ts';

helpAsked(`npm run verify [-- options]

Reads every journal whole and compares it with its chain of hashes: names what was changed, cut off, or is missing.
Of a running product it reads the journal; of a stopped one a copy, with a nats-server of its own. Ends with 0 when all is well, with 1 when something is damaged.

  --data DIR        the data folder (.data)
  --scratch DIR     where the copy is made (the system's temporary folder)
  --accept STREAM   of a running product: begins a new chain over a journal as it is now, so that sealing goes on; the old one is kept
  --reason TEXT     why, with --accept; it is kept with the chain
  --json            one JSON object
  --help            this text`);

class Refused extends Error {}

await main(
  async () => {
    const { values } = parseArgs({
      options: {
        data: { type: 'string' },
        scratch: { type: 'string' },
        accept: { type: 'string' },
        reason: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const folder = dataFolder(values.data);
    const running = readRunState(folder);
    if (values.accept !== undefined) {
      if (!running) throw new Refused(`nothing runs on ${folder}: start the product first`);
      if (!values.reason) throw new Refused('--accept needs --reason: it is kept with the chain');
      const run = await acceptDamage(running, chainFolder(folder), values.accept, values.reason);
      process.stdout.write(`${values.accept}: run ${run} of its chain begins; it is sealed as it is now\n`);
      return;
    }
    const store = join(folder, 'nats', 'jetstream');
    if (!running && !existsSync(store)) throw new Refused(`${folder} has no journal (no folder nats/jetstream)`);
    const { broker, stop } = running
      ? await openBroker(running.natsUrl, 'verify').then((opened) => ({ broker: opened, stop: opened.close }))
      : await scratchBroker(values.scratch ? fromCaller(values.scratch) : tmpdir(), store);
    const database = running && openDatabase(running.databaseUrl, { max: 1 });
    try {
      const { journals, gone, notes } = await verifyAll(broker, chainFolder(folder), database);
      const damaged = gone.length > 0 || journals.some(({ damage }) => damage.length > 0);
      if (values.json) process.stdout.write(`${JSON.stringify({ ok: !damaged, journals, gone, notes })}\n`);
      else {
        for (const journal of journals) process.stdout.write(`${reportOf(journal).join('\n')}\n`);
        for (const line of gone) process.stdout.write(`${line}\n`);
        for (const line of notes) process.stdout.write(`${line}\n`);
        if (!running)
          process.stdout.write(
            'the product is stopped: a copy of its journal was read, and the hashes in the database were not compared\n',
          );
        process.stdout.write(damaged ? 'DAMAGED\n' : 'no damage\n');
      }
      if (damaged) process.exitCode = 1;
    } finally {
      await database?.end();
      await stop();
    }
  },
  (error) => error instanceof Refused,
);
