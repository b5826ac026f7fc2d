import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { logFile } from './log-file.ts';
import { Supervisor } from './supervisor.ts';

const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Linux's device that is always full. */
const full = '/dev/full';

test.runIf(existsSync(full))('a log on a full disk is said once, and again when there is room', () => {
  const said: string[] = [];
  const path = join(folder, 'a.log');
  symlinkSync(full, path);
  const log = logFile(path, (line) => said.push(line));
  log(Buffer.from('lost\n'));
  log(Buffer.from('lost too\n'));
  expect(said).toEqual([
    expect.stringMatching(/^\S+a\.log cannot be written \(ENOSPC.*\); everything goes on without it$/),
  ]);
  unlinkSync(path);
  log(Buffer.from('kept\n'));
  expect(said[1]).toBe(`${path} can be written again; 14 bytes of it were lost`);
  expect(readFileSync(path, 'utf8')).toBe('kept\n');
});

test.runIf(existsSync(full))('a programme whose log cannot be written goes on, however much it writes', async () => {
  symlinkSync(full, join(folder, 'chatty.log'));
  const said: string[] = [];
  const supervisor = new Supervisor({ logFolder: folder, say: (line) => said.push(line) });
  const main = join(folder, 'chatty.mjs');
  // More than a pipe holds: it would stand still if nobody read it.
  writeFileSync(
    main,
    `process.stdout.write('x'.repeat(1_000_000), () => process.send({ listening: 1 })); process.on('disconnect', () => process.exit());`,
  );
  await supervisor.start({ name: 'chatty', main, env: {} });
  expect(Object.keys(supervisor.pids())).toEqual(['chatty']);
  expect(said).toEqual([expect.stringContaining('chatty.log cannot be written (ENOSPC')]);
  await supervisor.stop();
});
