import { streamOf } from '../../services/platform/journal.ts';
import type { ClusterState } from './cluster-state.ts';
import { journalsOf } from './cluster-status.ts';
import { loadedDistrict } from './measured-load.ts';
import { postmasterOf } from './programs-of-debian.ts';
import { membersOf } from './start-cluster.ts';

/** What can be killed: `replica:SERVICE` is each copy of it, one after the other, for one of them leads. */
export type Victim = 'nats-leader' | 'nats-follower' | 'pg-primary' | `replica:${string}`;

/** What was named is not there. */
export class UnknownVictim extends Error {}

/** @throws UnknownVictim that names what there is */
export function victimNamed(told: string, { copies }: Pick<ClusterState, 'copies'>): Victim {
  if (told === 'nats-leader' || told === 'nats-follower' || told === 'pg-primary') return told;
  const [kind, service] = told.split(':');
  const names = [...new Set(copies.map((copy) => copy.service))];
  if (kind === 'replica' && service !== undefined && names.includes(service)) return `replica:${service}`;
  throw new UnknownVictim(
    `${told}: nats-leader, nats-follower, pg-primary, or replica:SERVICE with one of ${names.join(', ')}`,
  );
}

/**
 * Processes that die together, one turn after another: their names and ids.
 *
 * @param state is asked for anew before each turn: what was killed before has another id then
 */
export async function turnsOf(
  victim: Victim,
  state: () => ClusterState,
): Promise<(() => Promise<{ name: string; pids: number[] }>)[]> {
  if (victim.startsWith('replica:')) {
    const service = victim.slice('replica:'.length);
    return state()
      .copies.filter((copy) => copy.service === service)
      .map(({ name }) => async () => ({ name, pids: [state().copies.find((copy) => copy.name === name)!.pid] }));
  }
  if (victim === 'pg-primary')
    return [
      async () => {
        const { databases } = state();
        const leader = (await membersOf(databases)).find(({ role }) => role === 'leader');
        const node = databases.find(({ name }) => name === leader?.name);
        if (!node) throw new Error('nobody leads the database');
        const postmaster = postmasterOf(node);
        // As when its machine dies: the one who would start it again goes first.
        return { name: node.name, pids: [node.pid, ...(postmaster === undefined ? [] : [postmaster])] };
      },
    ];
  return [
    async () => {
      const { brokers } = state();
      const journal = (await journalsOf(state())).find(({ stream }) => stream === streamOf(loadedDistrict));
      const name = victim === 'nats-leader' ? journal?.leader : journal?.current[0];
      const node = brokers.find((one) => one.name === name);
      if (!node) throw new Error(`no ${victim} of ${streamOf(loadedDistrict)}`);
      return { name: node.name, pids: [node.pid] };
    },
  ];
}
