import { openBroker } from '../../services/platform/broker.ts';
import type { ClusterState } from './cluster-state.ts';
import { membersOf } from './start-cluster.ts';

/** A journal and the nodes that have it. */
interface Journal {
  stream: string;
  leader: string | undefined;
  /** Nodes that have all of it, beside the leader. */
  current: string[];
  wanted: number;
}

export interface ClusterStatus {
  /** Nothing is missing. */
  whole: boolean;
  url: string;
  journals: Journal[];
  databases: { name: string; role: string; state: string }[];
  /** Copies that do not say that they are ready. */
  notReady: string[];
}

/** Asks everybody how he is. */
export async function statusOf(state: ClusterState): Promise<ClusterStatus> {
  const [journals, databases, notReady] = await Promise.all([
    journalsOf(state).catch(() => []),
    membersOf(state.databases),
    notReadyOf(state),
  ]);
  const whole =
    journals.length > 0 &&
    journals.every(({ leader, current, wanted }) => leader !== undefined && current.length === wanted - 1) &&
    databases.some(({ role }) => role === 'leader') &&
    databases.some(({ role }) => role === 'sync_standby') &&
    notReady.length === 0;
  return { whole, url: state.url, journals, databases, notReady };
}

export async function journalsOf({ natsUrl }: Pick<ClusterState, 'natsUrl'>): Promise<Journal[]> {
  const broker = await openBroker(natsUrl, 'cluster');
  try {
    const found: Journal[] = [];
    for await (const { config, cluster } of broker.manager.streams.list())
      found.push({
        stream: config.name,
        // A single broker leads by itself, and says no name.
        leader: config.num_replicas === 1 ? (cluster?.leader ?? 'n1') : cluster?.leader,
        current: (cluster?.replicas ?? []).flatMap(({ name, current }) => (current ? [name] : [])),
        wanted: config.num_replicas,
      });
    return found;
  } finally {
    await broker.close();
  }
}

async function notReadyOf({ copies }: ClusterState): Promise<string[]> {
  const asked = await Promise.all(
    copies.map(async ({ name, url }) => {
      const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
      return answer?.ok ? [] : [name];
    }),
  );
  return asked.flat();
}
