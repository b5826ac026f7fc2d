// Two copies of every service that writes rows or says what it computed, as a cluster runs them: nothing is said twice, and when one dies the other goes on.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { streamOf } from '../../services/platform/journal.ts';
import { readStream } from '../../services/platform/read-stream.ts';
import { postAll } from '../bench/case-events.ts';
import { type Stack, startStack } from '../bench/stack.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const copied = ['geography', 'epidemic', 'ml'];
let stack: Stack;
beforeAll(async () => {
  stack = await startStack(['geography', 'epidemic', 'intake', 'ml'], { twice: copied });
});
afterAll(() => stack?.stop());

const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Cases of the last forty days, more each day, in wards and their neighbourhoods. */
function cases(from: number, count: number) {
  return Array.from({ length: count }, (_, offset) => {
    const index = from + offset;
    const day = dayBefore(1 + Math.floor(40 * (1 - Math.sqrt(((index * 7919) % 1000) / 1000))));
    return {
      specversion: '1.0',
      id: `copies-${index}`,
      source: '/test/laboratory',
      type: 'case-confirmed',
      time: `${day}T03:00:00Z`,
      district: 'q7',
      data: {
        caseId: `copies-${index}`,
        areaId: `q7-tan-phu-to-${String((index % 30) + 1).padStart(2, '0')}`,
        confirmedDate: day,
        exposure: 'community',
      },
    };
  });
}

interface Said {
  id: string;
  type: string;
  data: object;
}
/** All that ml has said, in the order of the journal. */
async function saidByMl(): Promise<Said[]> {
  const stream = streamOf('q7');
  const { state } = await stack.broker.manager.streams.info(stream, { subjects_filter: 'vx.q7.ml.>' });
  const count = Object.values(state.subjects ?? {}).reduce((sum, one) => sum + one, 0);
  const said: Said[] = [];
  if (count === 0) return said;
  for await (const message of await readStream(stack.broker, { stream, after: 0, filter: 'vx.q7.ml.>', ahead: 500 })) {
    said.push(message.json<Said>());
    if (said.length >= count) break;
  }
  return said;
}
/** Said in the same words about the same day. */
const repeated = (said: Said[]) => {
  const seen = new Set<string>();
  return said.filter(({ type, data }) => {
    const words = `${type} ${JSON.stringify(data)}`;
    if (seen.has(words)) return true;
    seen.add(words);
    return false;
  });
};
/** Once nothing more comes. */
async function quiet(atLeast: number): Promise<Said[]> {
  let before = -1;
  return vi.waitFor(
    async () => {
      const said = await saidByMl();
      const same = said.length === before;
      before = said.length;
      if (!same || said.length < atLeast) throw new Error(`${said.length} events of ml`);
      return said;
    },
    { timeout: 200_000, interval: 6000 },
  );
}
const rows = async () =>
  (await stack.database.query<{ n: number }>('SELECT count(*) AS n FROM epidemic.case_versions')).rows[0]!.n;

test('two copies of ml say each risk and each forecast once; rows are written once; a copy that is killed is followed by the other', async () => {
  await postAll(stack, [JSON.stringify(cases(0, 400))], 1);
  await expect.poll(rows).toBe(400);
  const first = await quiet(20);
  expect(first.some(({ type }) => type === 'risk-scored')).toBe(true);
  expect(repeated(first)).toEqual([]);
  for (const name of copied)
    for (const url of [stack.url(name), stack.secondUrl(name)]) expect((await fetch(`${url}/readyz`)).status).toBe(200);
  for (const name of copied) process.kill(stack.pid(name), 'SIGKILL');
  await postAll(stack, [JSON.stringify(cases(400, 200))], 1);
  await expect.poll(rows).toBe(600);
  const second = await quiet(first.length + 5);
  expect(repeated(second)).toEqual([]);
});
