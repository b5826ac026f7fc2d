import { type DiskSpace, isFull } from '../../services/platform/disk-space.ts';

/** With less than this a write of the broker may have failed: it writes blocks of some megabytes. */
const exhaustedBytes = 32 * 1024 ** 2;

/** What of a disk the guard goes by: nothing free any more, room for new facts again, or between the two. Pure. */
export function stateOf(space: DiskSpace): 'exhausted' | 'scarce' | 'room' {
  if (space.freeBytes < exhaustedBytes) return 'exhausted';
  return isFull(space) ? 'scarce' : 'room';
}

/**
 * nats-server takes nothing more after a write that failed for want of space, until it is started again (2.9.10 and 2.15.1). So when the disk was exhausted and has
 * room again, it is started again, and the product goes on.
 */
export function mendAfterFullDisk(
  space: () => DiskSpace | undefined,
  restart: () => Promise<void>,
  say: (line: string) => void,
  everyMs = 2000,
): { stop: () => void; look: () => Promise<void> } {
  let told: 'exhausted' | 'scarce' | 'room' = 'room';
  let exhausted = false;
  const look = async () => {
    const now = space();
    const state = now && stateOf(now);
    if (!state) return;
    if (state !== 'room' && told === 'room')
      say('the disk is nearly full: no new facts are taken in until there is room');
    if (state === 'room' && told !== 'room') say('there is room on the disk again: facts are taken in');
    told = state;
    if (state === 'exhausted') exhausted = true;
    if (state !== 'room' || !exhausted) return;
    exhausted = false;
    say('the disk was full: nats-server is started again, because it takes nothing after that');
    await restart();
  };
  const timer = setInterval(() => void look().catch((error: Error) => say(error.message)), everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer), look };
}
