/** The members of the combination, and when the net has enough rows to be one of them. */
import { createRandom } from '../numerics/random.ts';
import { pooledAutoregression, pooledTrees } from './growth-members.ts';
import { renewalMember } from './renewal.ts';
import type { Member } from './situation.ts';

/** Below so many area-periods the net has nothing to learn that the others do not say. */
export const leastNetRows = 1500;

export interface MemberChoice {
  /** is there a year's phase to learn from (more than about a year of history) */
  season: boolean;
  /** with the net: TensorFlow.js is loaded and made ready, once in a process */
  net: boolean;
}

/** @throws when the net is chosen and the WASM backend cannot start */
export async function chooseMembers(seed: number, choice: MemberChoice): Promise<Member[]> {
  const random = createRandom(seed);
  const members: Member[] = [pooledAutoregression(false), pooledTrees(false, random.child(2)), renewalMember()];
  if (choice.season) members.push(pooledAutoregression(true), pooledTrees(true, random.child(1)));
  if (choice.net) {
    // tens of megabytes that a run without the net never needs
    const [{ prepareTensorflow }, { quantileNet }] = await Promise.all([
      import('./tensorflow.ts'),
      import('./quantile-net.ts'),
    ]);
    await prepareTensorflow();
    members.push(quantileNet(random.child(3)));
  }
  return members;
}
