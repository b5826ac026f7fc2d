import { Gauge, type Registry } from 'prom-client';
import type { Broker } from './broker.ts';
import { deadLetterStream, isDistrictStream } from './journal.ts';

/** What is told of a stream by the broker itself. */
export interface StreamState {
  stream: string;
  lastSequence: number;
  bytes: number;
  /** Undefined: the broker is one machine, which leads whatever there is. */
  cluster: { leader: boolean; copies: { current: boolean; lag: number }[] } | undefined;
}

/**
 * Every journal as the broker has it, and the dead letters.
 *
 * @throws when the broker does not say so within `patienceMs`: it is silent, or too few nodes of its cluster are there
 */
export async function streamStates(broker: Broker, patienceMs = 5000): Promise<StreamState[]> {
  const read = async () => {
    const found: StreamState[] = [];
    for await (const { config, state, cluster } of broker.manager.streams.list()) {
      if (!isDistrictStream(config.name) && config.name !== deadLetterStream) continue;
      found.push({
        stream: config.name,
        lastSequence: state.last_seq,
        bytes: state.bytes,
        cluster: cluster && {
          leader: Boolean(cluster.leader),
          copies: (cluster.replicas ?? []).map(({ current, offline, lag }) => ({
            current: current && !offline,
            lag: lag ?? 0,
          })),
        },
      });
    }
    return found;
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('the journal does not answer')), patienceMs).unref();
  });
  return Promise.race([read(), late]).finally(() => clearTimeout(timer));
}

/** Gauges of the broker and of every journal; `told` takes what the broker said, undefined for nothing. */
export function journalMetrics(registry: Registry): { told: (states: readonly StreamState[] | undefined) => void } {
  const registers = [registry];
  const answers = new Gauge({
    name: 'vx_journal_answers',
    help: '1 when the broker told the state of the journals, 0 when it did not in time',
    registers,
  });
  const byStream = (name: string, help: string) => new Gauge({ name, help, labelNames: ['stream'], registers });
  const leader = byStream('vx_journal_leader', '1 while a node leads the journal; 0: nothing can be written to it');
  const sequence = byStream('vx_journal_last_sequence', 'Sequence of the newest event of a journal');
  const bytes = byStream('vx_journal_bytes', 'Size of a journal');
  const behind = byStream('vx_journal_copies_behind', 'Copies of a journal on other nodes that are not up to date');
  const lag = byStream('vx_journal_copy_lag_events', 'Events that the copy furthest behind does not have');
  return {
    told: (states) => {
      answers.set(states ? 1 : 0);
      if (!states) return;
      // A district that was thrown away is told of no more.
      for (const gauge of [leader, sequence, bytes, behind, lag]) gauge.reset();
      for (const { stream, lastSequence, bytes: size, cluster } of states) {
        leader.set({ stream }, (cluster?.leader ?? true) ? 1 : 0);
        sequence.set({ stream }, lastSequence);
        bytes.set({ stream }, size);
        const copies = cluster?.copies ?? [];
        behind.set({ stream }, copies.filter(({ current }) => !current).length);
        lag.set({ stream }, Math.max(0, ...copies.map((copy) => copy.lag)));
      }
    },
  };
}
