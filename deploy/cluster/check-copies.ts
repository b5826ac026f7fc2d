import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Broker, openBroker } from '../../services/platform/broker.ts';
import { listDistrictStreams } from '../../services/platform/journal.ts';
import { readOn } from '../../services/platform/read-stream.ts';
import { caseEvent } from '../bench/case-events.ts';
import type { ClusterState } from './cluster-state.ts';
import { type LoadResult, loadedDistrict, measuredLoad } from './measured-load.ts';

/** What a person or a programme asks of a service, and how it went. */
export interface Commands {
  asked: number;
  /** Answered with rows that have it already. */
  projected: number;
  medianMs: number;
}

export interface CopiesResult {
  load: Omit<LoadResult, 'seen'>;
  /** Messages of all journals whose id stood there before. */
  journalRepeats: number;
  /** What ml said, and how much of it in the same words about the same as before. */
  said: number;
  saidTwice: number;
  projectionMovedPerMinute: number;
  /** Over the entry to both copies, and to each of them alone. */
  both: Commands;
  alone: Commands[];
  ok: boolean;
}

/** Two copies of every service while the exercise plays and cases come in. */
export async function checkCopies(options: {
  state: ClusterState;
  dataFolder: string;
  token: string;
  /** Secret of a programme that the services know. */
  secret: string;
  prefix: string;
  minutes: number;
}): Promise<CopiesResult> {
  const { state, dataFolder, prefix, secret, minutes } = options;
  const movedBefore = moved(dataFolder);
  const begun = performance.now();
  const { seen: _, ...load } = await measuredLoad({
    ...options,
    ...{ events: 2000, perSecond: 100, batch: 10, patienceMs: 300_000 },
    meanwhile: async () => {},
  });
  const to = (url: string, name: string) => commands(url, secret, `${prefix}-${name}`);
  const both = await to(state.services.epidemic!, 'both');
  const alone: Commands[] = [];
  for (const { name, url } of state.copies.filter(({ service }) => service === 'epidemic'))
    alone.push(await to(url, name));
  await sleep(Math.max(0, minutes * 60_000 - (performance.now() - begun)));
  const ranMinutes = (performance.now() - begun) / 60_000;
  const broker = await openBroker(state.natsUrl, 'cluster copies');
  try {
    const found = await repeats(broker);
    const projectionMovedPerMinute = (moved(dataFolder) - movedBefore) / ranMinutes;
    const single = Math.min(...alone.map(({ medianMs }) => medianMs));
    return {
      load,
      ...found,
      projectionMovedPerMinute: Math.round(projectionMovedPerMinute * 100) / 100,
      both,
      alone,
      ok:
        found.journalRepeats === 0 &&
        found.saidTwice === 0 &&
        projectionMovedPerMinute <= 1 &&
        both.projected === both.asked &&
        both.medianMs <= 2 * single,
    };
  } finally {
    await broker.close();
  }
}

async function commands(url: string, secret: string, prefix: string): Promise<Commands> {
  const asked = 100;
  const took: number[] = [];
  let projected = 0;
  for (let index = 0; index < asked; index++) {
    const begun = performance.now();
    const answer = await fetch(`${url}/api/epidemic/cases?district=${loadedDistrict}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify(caseEvent(index, prefix).data),
    });
    const text = await answer.text();
    if (answer.status !== 201) throw new Error(`POST /api/epidemic/cases: ${answer.status} ${text.slice(0, 300)}`);
    took.push(performance.now() - begun);
    if ((JSON.parse(text) as { projected: boolean }).projected) projected++;
  }
  return { asked, projected, medianMs: Math.round(took.sort((a, b) => a - b)[asked / 2]!) };
}

/** Goes through every journal. */
async function repeats(broker: Broker): Promise<{ journalRepeats: number; said: number; saidTwice: number }> {
  const total = { journalRepeats: 0, said: 0, saidTwice: 0 };
  for (const { stream, lastSequence } of await listDistrictStreams(broker)) {
    const ids = new Set<string>();
    const words = new Set<string>();
    let at = 0;
    while (at < lastSequence)
      for await (const message of readOn(broker, { stream, after: at, ahead: 2000 })) {
        at = message.seq;
        const { id, source, type, data } = message.json<{ id: string; source: string; type: string; data: object }>();
        const key = `${source} ${id}`;
        if (ids.has(key)) total.journalRepeats++;
        ids.add(key);
        if (message.subject.split('.')[2] === 'ml') {
          total.said++;
          const said = `${type} ${JSON.stringify(data)}`;
          if (words.has(said)) total.saidTwice++;
          words.add(said);
        }
        if (at >= lastSequence) break;
      }
  }
  return total;
}

/** How often a copy met a position that another one had moved. */
function moved(dataFolder: string): number {
  const folder = join(dataFolder, 'logs');
  return readdirSync(folder).reduce(
    (sum, name) => sum + (readFileSync(join(folder, name), 'utf8').match(/"code":"PROJECTION_MOVED"/g) ?? []).length,
    0,
  );
}
