// npm run audit -- verify | who | unusual: the ledger of who saw whom, read at the database.
import { parseArgs } from 'node:util';
import { ledgerHead, namesOfActors, readLedger } from '../../services/identity/ledger.ts';
import { verifyLedger } from '../../services/identity/ledger-chain.ts';
import { readHabits } from '../../services/identity/read-habits.ts';
import { unusualReading } from '../../services/identity/unusual-reading.ts';
import { openDatabase } from '../../services/platform/database.ts';
import { helpAsked } from './product.ts';
import { serversOf } from './servers-of.ts';

helpAsked(`npm run audit -- verify | who | unusual [options]

  verify                   follows the chain of the whole ledger, and names the first broken line (ends with 1)
    --head NUMBER:HASH     a head that was kept elsewhere: finds an end that was cut off together with its head
  who --case ID            who saw or changed this case, newest first, one JSON object a line
    --district ID          also who looked at a map or a stream of the district, which may have shown it
    --lines NUMBER         at most so many (1000)
  unusual                  reading that is unusual for who did it: reasons to ask, not proofs
    --days NUMBER          of the last so many days (7)
    --time-zone ZONE       in which night is meant (Asia/Ho_Chi_Minh)

  --data DIR               the data folder (.data)
  --help                   this text`);

const { values, positionals } = parseArgs({
  options: {
    data: { type: 'string' },
    head: { type: 'string' },
    case: { type: 'string' },
    district: { type: 'string' },
    lines: { type: 'string', default: '1000' },
    days: { type: 'string', default: '7' },
    'time-zone': { type: 'string', default: 'Asia/Ho_Chi_Minh' },
  },
  allowPositionals: true,
});
const action = positionals[0];
if (!['verify', 'who', 'unusual'].includes(action ?? ''))
  wrong(`${action ?? '(nothing)'}: one of verify, who, unusual`);
const head = values.head === undefined ? undefined : /^(\d+):([0-9a-f]{64})$/.exec(values.head);
if (head === null) wrong('--head: a number, ":" and 64 hexadecimal digits, as verify prints them');
if (action === 'who' && !values.case) wrong('--case: the id of a case');
const [limit, days] = [wholeNumber('lines'), wholeNumber('days')];

const servers = await serversOf(values.data);
const database = openDatabase(servers.databaseUrl, { schema: 'identity', statementTimeoutMs: 600_000 });
const print = (row: unknown) => process.stdout.write(`${JSON.stringify(row)}\n`);
try {
  if (action === 'verify') {
    const expected = head ? { sequence: Number(head[1]), hash: head[2]! } : undefined;
    const found = await verifyLedger(database, expected);
    if ('reason' in found) {
      process.stdout.write(`broken: line ${found.sequence} ${found.reason}\n`);
      process.exitCode = 1;
    } else process.stdout.write(`whole: ${found.sequence} lines; head ${found.sequence}:${found.hash}\n`);
  }
  if (action === 'who') {
    const lines = await readLedger(database, { caseId: values.case, district: values.district, limit });
    const names = await namesOfActors(database, [...new Set(lines.map(({ actor }) => actor))]);
    for (const line of lines) print({ name: names.get(line.actor) ?? null, ...line });
    const { sequence } = await ledgerHead(database);
    process.stderr.write(`${lines.length} of ${sequence} lines\n`);
  }
  if (action === 'unusual') {
    const since = new Date(Date.now() - days * 86_400_000);
    const { hours, ones } = await readHabits(database, since, values['time-zone']);
    const rows = unusualReading(hours, ones, since.toISOString());
    const names = await namesOfActors(database, [...new Set(rows.map(({ actor }) => actor))]);
    for (const row of rows) print({ name: names.get(row.actor) ?? null, ...row });
    process.stderr.write(`${rows.length} to ask about\n`);
  }
} finally {
  await database.end();
  await servers.stop();
}

function wholeNumber(name: 'lines' | 'days'): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 1) wrong(`--${name}: a whole number from 1`);
  return number;
}

function wrong(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
