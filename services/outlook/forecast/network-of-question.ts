import { loadNetwork, type NetworkMember } from '@vungxanh/ml';

/** The network a forecast asks for, or why it goes without. */
export type NetworkOrNot = { member: NetworkMember } | { refused: string };

/** Loaded once in a thread. Undefined where the version has none, or the target is a level. Weights that are not their card's are no reason to be silent: the card says that they were refused. */
export async function networkFor(
  question: { withNetwork?: boolean; series: { kind: 'flow' | 'stock' } },
  load: () => Promise<NetworkMember> = loadNetwork,
): Promise<NetworkOrNot | undefined> {
  if (!question.withNetwork || question.series.kind !== 'flow') return undefined;
  try {
    return { member: await load() };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}
