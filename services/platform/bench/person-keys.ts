// node services/platform/bench/person-keys.ts: what sealing the position of a fact costs the door, and opening it each reader. Prints one JSON line.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { personKeysIn } from '../person-keys.ts';

const facts = 50_000;
const folder = mkdtempSync(join(tmpdir(), 'person-keys-bench-'));
const keysOf = () => personKeysIn({ VX_DATA: folder, VX_MASTER_KEY: undefined });
const [door, reader] = [keysOf(), keysOf()];
const boundOf = (index: number) => `case-confirmed\nq7\ncase-${index}`;
const microseconds: Record<string, number> = {};
const measure = <Result>(what: string, work: (index: number) => Result): Result[] => {
  const begin = performance.now();
  const results = Array.from({ length: facts }, (_, index) => work(index));
  microseconds[what] = ((performance.now() - begin) * 1000) / facts;
  return results;
};
const position = '{"location":{"lon":106.721234,"lat":10.732123}}';
const inBatch = 1000;
let sealed: string[] = [];
for (const what of ['sealedNew', 'sealedKnown']) {
  const begin = performance.now();
  sealed = [];
  for (let first = 0; first < facts; first += inBatch)
    door.together(inBatch, () => {
      for (let index = first; index < first + inBatch; index++)
        sealed.push(door.seal(`q7 case-${index}`, position, boundOf(index))!);
    });
  microseconds[what] = ((performance.now() - begin) * 1000) / facts;
}
measure('opened', (index) => reader.open(sealed[index]!, boundOf(index)));
// What the door does to every event anyway.
const event = { specversion: '1.0', id: 'case', source: '/bench', type: 'case-confirmed', data: { caseId: 'case' } };
measure('reference', () => JSON.stringify(JSON.parse(JSON.stringify(event))));
door.close();
reader.close();
rmSync(folder, { recursive: true });
process.stdout.write(`${JSON.stringify({ bench: 'person-keys', facts, microsecondsEach: microseconds })}\n`);
