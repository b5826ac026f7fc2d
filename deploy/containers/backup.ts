// node deploy/containers/backup.ts FOLDER: a backup of the product, in a file of the moment, beside those that are there.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { takeBackup } from '../backup/take-backup.ts';
import { operatorsUrls } from './operator.ts';

const folder = process.argv[2];
if (!folder) {
  process.stderr.write('a folder for the backup\n');
  process.exit(2);
}
const now = new Date();
const name = `vung-xanh-${now.toISOString().slice(0, 16).replace(':', '')}Z.tar`;
mkdirSync(folder, { recursive: true });
const { databaseUrl, natsUrl } = operatorsUrls(process.env);
const manifest = await takeBackup({
  dataFolder: process.env.VX_DATA ?? '/data',
  servers: { databaseUrl, natsUrl },
  to: join(folder, name),
  now: () => now,
  say: (line) => void process.stdout.write(`${line}\n`),
  evenDamaged: false,
});
process.stdout.write(`${name}: ${manifest.streams.length} journals\n`);
