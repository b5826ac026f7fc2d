// Two copies of every service that writes rows or says what it computed, as a cluster runs them: nothing is said twice, and when one dies the other goes on.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { streamOf } from '../../services/platform/journal.ts';
import { readOn } from '../../services/platform/read-stream.ts';
import { postAll } from '../bench/case-events.ts';
import { type Stack, startStack } from '../bench/stack.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const copied = ['geography', 'epidemic', 'ml'];
let stack: Stack;
beforeAll(async () => {
  stack = await startStack(['geography', 'epidemic', 'intake', 'ml'], { twice: copied, clock: 'recorded' });
});
afterAll(() => stack?.stop());

const dayOf = (day: number) => new Date(Date.UTC(2021, 5, 1 + day)).toISOString().slice(0, 10);

/** A rising wave in the neighbourhoods of two wards, known at noon of the day after. */
function cases(days: { from: number; to: number }) {
  const events: object[] = [];
  for (let day = days.from; day < days.to; day++)
    for (const ward of ['tan-phu', 'tan-quy'])
      for (let n = 0; n < 3 + day / 10; n++)
        events.push({
          specversion: '1.0',
          id: `${ward}-${day}-${n}`,
          source: '/test/laboratory',
          type: 'case-confirmed',
          time: `${dayOf(day)}T03:00:00Z`,
          recordedtime: `${dayOf(day + 1)}T05:00:00Z`,
          district: 'q7',
          data: {
            caseId: `${ward}-${day}-${n}`,
            areaId: `q7-${ward}-to-${String((n % 20) + 1).padStart(2, '0')}`,
            confirmedDate: dayOf(day),
            exposure: 'community',
          },
        });
  return events;
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
  for await (const message of readOn(stack.broker, { stream, after: 0, filter: 'vx.q7.ml.>', ahead: 500 })) {
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
const scored = (said: Said[]) => said.some(({ type, data }) => type === 'risk-scored' && !('abstention' in data));
/** Once nothing more comes, and a risk was scored: a slow machine says for a while only that it abstains. */
async function quiet(atLeast: number): Promise<Said[]> {
  let before = -1;
  return vi.waitFor(
    async () => {
      const said = await saidByMl();
      const same = said.length === before;
      before = said.length;
      if (!same || said.length < atLeast || !scored(said)) throw new Error(`${said.length} events of ml`);
      return said;
    },
    { timeout: 200_000, interval: 6000 },
  );
}
const rows = async () =>
  (await stack.database.query<{ n: number }>('SELECT count(*) AS n FROM epidemic.case_versions')).rows[0]!.n;

test('two copies of ml say each risk and each forecast once; rows are written once; a copy that is killed is followed by the other', async () => {
  const post = (events: object[]) => postAll(stack, [JSON.stringify(events)], 1);
  const [before, after] = [cases({ from: 0, to: 60 }), cases({ from: 60, to: 64 })];
  await post(before);
  await expect.poll(rows).toBe(before.length);
  const first = await quiet(10);
  expect(repeated(first)).toEqual([]);
  for (const name of copied)
    for (const url of [stack.url(name), stack.secondUrl(name)]) expect((await fetch(`${url}/readyz`)).status).toBe(200);
  for (const name of copied) process.kill(stack.pid(name), 'SIGKILL');
  await post(after);
  await expect.poll(rows).toBe(before.length + after.length);
  const second = await quiet(first.length + 1);
  expect(repeated(second)).toEqual([]);
});
