// npm run backup -- --to DIR|FILE.tar [--data DIR]: a copy of everything that cannot be made again.
import { parseArgs } from 'node:util';
import { readPassPhrase } from '../backup/locked-file.ts';
import { BadBackup } from '../backup/manifest.ts';
import { takeBackup } from '../backup/take-backup.ts';
import { dataFolder, fromCaller, helpAsked, main } from './product.ts';
import { serversOf } from './servers-of.ts';

helpAsked(`npm run backup -- --to DIR|FILE.tar [options]

Copies everything that cannot be made again, while the product runs or not: journals, accounts, keys, settings. The copy is opened and read
against its chains of hashes before it counts. It holds passwords' hashes and secrets: keep it as you keep the data folder. The keys of persons go to a
folder beside it, DIR.keys: keep them elsewhere than the backup, then nobody reads a person by one of them alone.

  --to DIR         a folder that is not there or is empty
  --to FILE.tar    one file
  --data DIR       the data folder (.data)
  --pass-phrase-file FILE   locks FILE.tar and the keys of persons: AES-256-GCM by the first line of a file that you alone may read
  --even-damaged   also when the journal is damaged
  --help           this text`);

class Refused extends Error {}

await main(
  async () => {
    const { values } = parseArgs({
      options: {
        to: { type: 'string' },
        data: { type: 'string' },
        'even-damaged': { type: 'boolean' },
        'pass-phrase-file': { type: 'string' },
      },
    });
    if (!values.to) throw new Refused('--to DIR or --to FILE.tar: where the backup is written');
    const phraseFile = values['pass-phrase-file'];
    const passPhrase = phraseFile === undefined ? undefined : readPassPhrase(fromCaller(phraseFile));
    const servers = await serversOf(values.data);
    try {
      const to = fromCaller(values.to);
      const manifest = await takeBackup({
        dataFolder: dataFolder(values.data),
        servers,
        to,
        now: () => new Date(),
        say: (line) => process.stderr.write(`${line}\n`),
        evenDamaged: values['even-damaged'] === true,
        passPhrase,
      });
      const events = manifest.streams.reduce((sum, stream) => sum + stream.events, 0);
      process.stdout.write(
        `backed up to ${to}: ${events} events of ${manifest.streams.length} journals, ${manifest.schemas.map(({ schema }) => schema).join(', ')} of the database, ${manifest.files.length} files\n`,
      );
    } finally {
      await servers.stop();
    }
  },
  (error) => error instanceof Refused || error instanceof BadBackup,
);
