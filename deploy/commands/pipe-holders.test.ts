import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pipeHolders } from './pipe-holders.ts';

it.skipIf(!existsSync('/proc/self/fd'))(
  'a process that was started by another one holds its pipes, and is named (skipped without /proc)',
  async () => {
    // The shell hands its own output to a child that outlives it.
    const shell = spawn('sh', ['-c', 'sleep 61 & echo started; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(shell.stdout, 'data');
    const holders = pipeHolders(shell.pid!);
    const sleeper = holders.find((holder) => holder.endsWith('sleep 61'));
    expect(sleeper).toBeDefined();
    process.kill(Number(sleeper!.split(' ')[0]));
    await once(shell, 'exit');
    expect(pipeHolders(shell.pid!)).toEqual([]);
  },
);
