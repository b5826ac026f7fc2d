/** While somebody drags along the time, loads wait this long for the hand to rest. */
export const restMs = 140;

/**
 * Loads at once what is of now, and what is of another moment when the hand that chooses it rests.
 *
 * @param asOf the moment that is looked at; undefined: now
 * @returns how to give it up: what an effect returns
 */
export function whenAtRest(asOf: string | undefined, load: () => unknown): () => void {
  const timer = setTimeout(load, asOf ? restMs : 0);
  return () => clearTimeout(timer);
}
