// npm run restore -- --from DIR|FILE.tar --data DIR: an empty data folder from a backup.
import { parseArgs } from 'node:util';
import { createLog } from '../../services/platform/log.ts';
import { readPassPhrase } from '../backup/locked-file.ts';
import { BadBackup } from '../backup/manifest.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { dataFolder, fromCaller, helpAsked, main } from './product.ts';
import { reportOf } from './verify-report.ts';

helpAsked(`npm run restore -- --from DIR|FILE.tar --data DIR

Fills an empty data folder from a backup: files, accounts, journals; then writes every projection from the journals, and reads the journals against
their chains of hashes. A backup that is damaged, unfinished or of a newer version is refused before anything is written. Then: npm start -- --data DIR

  --from DIR|FILE.tar   a backup
  --data DIR            a data folder that is not there or is empty
  --keys DIR            keys of persons (BACKUP.keys, beside the backup); without them places of cases cannot be read
  --pass-phrase-file FILE   of a backup that was locked
  --help                this text`);

class Refused extends Error {}

await main(
  async () => {
    const { values } = parseArgs({
      options: {
        from: { type: 'string' },
        data: { type: 'string' },
        keys: { type: 'string' },
        'pass-phrase-file': { type: 'string' },
      },
    });
    if (!values.from || !values.data) throw new Refused('both are needed: --from BACKUP and --data DIR');
    const phraseFile = values['pass-phrase-file'];
    const { verified } = await restoreBackup({
      from: fromCaller(values.from),
      dataFolder: dataFolder(values.data),
      keys: values.keys === undefined ? undefined : fromCaller(values.keys),
      passPhrase: phraseFile === undefined ? undefined : readPassPhrase(fromCaller(phraseFile)),
      log: createLog('restore', 'warn'),
      say: (line) => process.stderr.write(`${line}\n`),
    });
    for (const journal of verified.journals) process.stdout.write(`${reportOf(journal).join('\n')}\n`);
    for (const line of [...verified.gone, ...verified.notes]) process.stdout.write(`${line}\n`);
    const damaged = verified.gone.length > 0 || verified.journals.some(({ damage }) => damage.length > 0);
    process.stdout.write(
      damaged ? 'restored, and DAMAGED as above\n' : `restored; npm start -- --data ${values.data}\n`,
    );
    if (damaged) process.exitCode = 1;
  },
  (error) => error instanceof Refused || error instanceof BadBackup,
);
