/** What the sealer knows of a journal when it has sealed a block. */
export interface Pace {
  /** Processor time of the block, milliseconds. */
  workMs: number;
  /** Messages that came to the journal a second since the block before. */
  arrivingPerSecond: number;
  /** Messages that are not sealed. */
  unsealed: number;
}

/** More a second than this is a flood: those who store and project it need the machine. */
const floodPerSecond = 1000;
/** So many are sealed in a flood too, at a pace that keeps up with it. */
const mostUnsealed = 2_000_000;

/**
 * Rest after a block, milliseconds. In a flood one sixtieth of a processor is used, and what is not sealed grows; else half of one, until all is sealed. Beyond
 * two million it is a fifth in a flood too.
 */
export function restMs({ workMs, arrivingPerSecond, unsealed }: Pace): number {
  if (arrivingPerSecond <= floodPerSecond) return workMs;
  return workMs * (unsealed > mostUnsealed ? 4 : 60);
}
