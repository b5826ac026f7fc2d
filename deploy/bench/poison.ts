import { randomUUID } from 'node:crypto';
import { caseConfirmed } from '../../services/contracts/events/epidemic/case-confirmed.ts';
import { newEvent } from '../../services/contracts/new-event.ts';
import { loadDefinition } from '../../services/load-definition.ts';
import { schemas } from '../../services/migrations.ts';
import { Appender } from '../../services/platform/append.ts';
import { migrate } from '../../services/platform/database.ts';
import { countDeadLetters } from '../../services/platform/dead-letters.ts';
import { createLog } from '../../services/platform/log.ts';
import { createMetrics } from '../../services/platform/metrics.ts';
import type { Projection } from '../../services/platform/projection.ts';
import { followDistricts } from '../../services/platform/projections.ts';
import { serviceNamed } from '../../services/services.ts';
import { caseEvent } from './case-events.ts';
import { type BenchResult, percentile, round } from './result.ts';
import { startStack } from './stack.ts';

const cases = 4000;
const poisoned = 8;
const rounds = 7;

/**
 * What events that cannot be written cost those that can: the rows of 4,000 cases with 8 such among them, spread evenly, against the rows of 4,000 sound ones. The
 * fault is a statement of PostgreSQL's that fails after the rows of its part, so each attempt in vain costs what a whole one does. Both in turn, medians.
 * Reference of the same run: the sound ones. Beside it the door's answer to the same with 8 that it refuses.
 */
export async function benchPoison(): Promise<BenchResult> {
  const stack = await startStack(['geography', 'intake']);
  const { broker, database } = stack;
  const appender = new Appender(broker);
  try {
    for (const { schema, folder } of schemas) await migrate(stack.databaseUrl, schema, folder);
    const { compose } = await loadDefinition(serviceNamed('epidemic'));
    const log = createLog('bench', 'silent');
    const metrics = createMetrics('bench');
    const parts = { database, broker, appender, log, metrics, now: () => new Date(), newId: randomUUID };
    const [rows] = compose(parts).projections as Projection<{ id: string }>[];
    const faulty: Projection<{ id: string }> = {
      ...rows!,
      apply: async (transaction, district, entries) => {
        const touched = await rows!.apply(transaction, district, entries);
        if (entries.some(({ event }) => event.id.includes('poison'))) await transaction.query('SELECT 1 / 0');
        return touched;
      },
    };
    /** Milliseconds from the start of the projection to the last row. */
    const written = async (round: string, bad: number): Promise<number> => {
      const messages = Array.from({ length: cases }, (_, index) => messageOf(index, round, bad));
      const stored = await appender.appendAll(messages);
      const last = Math.max(...stored.map((one) => (one.ok ? one.sequence : 0)));
      const start = performance.now();
      const followed = await followDistricts(faulty, { database, broker, log });
      if (!(await followed.reached('q7', last, 120_000))) throw new Error('the rows did not come');
      const ms = performance.now() - start;
      await followed.stop();
      return ms;
    };
    const door = async (round: string, bad: number): Promise<number> => {
      const bodies = [0, 2000].map((from) =>
        JSON.stringify(
          Array.from({ length: cases / 2 }, (_, offset) => {
            const event = caseEvent(from + offset, `door-${round}`);
            const confirmedDate = isBad(from + offset, bad) ? '0000-01-01' : event.data.confirmedDate;
            return { ...event, data: { ...event.data, confirmedDate } };
          }),
        ),
      );
      const start = performance.now();
      for (const body of bodies) {
        const headers = { 'content-type': 'application/cloudevents-batch+json', ...stack.headers('intake') };
        const answer = await fetch(`${stack.url('intake')}/api/events`, { method: 'POST', headers, body });
        const receipt = (await answer.json()) as { accepted: number };
        if (receipt.accepted !== (cases - bad) / 2) throw new Error(`the door took ${receipt.accepted}`);
      }
      return performance.now() - start;
    };
    await written('warm', poisoned);
    await door('warm', poisoned);
    const times = {
      clean: [] as number[],
      poisoned: [] as number[],
      doorClean: [] as number[],
      doorPoisoned: [] as number[],
    };
    for (let index = 0; index < rounds; index++) {
      times.clean.push(await written(`clean-${index}`, 0));
      times.poisoned.push(await written(`bad-${index}`, poisoned));
      times.doorClean.push(await door(`clean-${index}`, 0));
      times.doorPoisoned.push(await door(`bad-${index}`, poisoned));
    }
    const median = (all: number[]) =>
      percentile(
        all.toSorted((a, b) => a - b),
        0.5,
      );
    const ratio = median(times.poisoned) / median(times.clean);
    const doorRatio = median(times.doorPoisoned) / median(times.doorClean);
    const parked = await countDeadLetters(broker);
    const { rows: counted } = await database.query<{ n: number }>('SELECT count(*) AS n FROM epidemic.case_versions');
    // All that is sound is there: what the door took in the last round is for a projection that does not run any more.
    const sound = (1 + rounds) * (cases - poisoned) + rounds * cases;
    return {
      bench: 'poison',
      value: round(median(times.poisoned), 0),
      unit: 'ms for 4,000 cases, 8 of which cannot be written',
      reference: { cleanMs: round(median(times.clean), 0) },
      ratio: round(ratio, 2),
      ok: ratio <= 2 && doorRatio <= 2 && parked === (1 + rounds) * poisoned && counted[0]!.n >= sound,
      details: {
        door: {
          cleanMs: round(median(times.doorClean), 0),
          refusingMs: round(median(times.doorPoisoned), 0),
          ratio: round(doorRatio, 2),
        },
        parked,
        rounds,
        aim: '<= 2 times',
      },
    };
  } finally {
    appender.close();
    await stack.stop();
  }
}

const isBad = (index: number, bad: number) => bad > 0 && index % (cases / bad) === cases / bad / 2;

function messageOf(index: number, round: string, bad: number) {
  const { data, time, district, source } = caseEvent(index, round);
  const id = `${round}-${isBad(index, bad) ? 'poison-' : ''}${index}`;
  const recordedTime = new Date().toISOString();
  return newEvent({
    type: 'case-confirmed',
    ...{ district, source, id, time, recordedTime, exercise: false },
    data: caseConfirmed.schema.parse(data),
  }).message;
}
