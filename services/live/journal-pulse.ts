export interface PulseOptions {
  /** Settles when the broker has answered; may never settle. */
  ask: () => Promise<unknown>;
  now: () => Date;
  /** Called when the broker has fallen silent, with when it was last heard, and when it answers again, with undefined. */
  changed: (silentSince: Date | undefined) => void;
  /** Rest between two questions, and how long an answer may take. */
  everyMs?: number;
  patienceMs?: number;
}

/**
 * Whether the journal's broker answers. A broker that stands still keeps its connections open, so only a question tells. At most one question is open at a time.
 * Returns how to stop.
 */
export function feelPulse({ ask, now, changed, everyMs = 2000, patienceMs = 3000 }: PulseOptions): () => void {
  let heardAt = now();
  let silent = false;
  let stopped = false;
  let next: NodeJS.Timeout | undefined;
  const heard = () => {
    heardAt = now();
    if (!silent || stopped) return;
    silent = false;
    changed(undefined);
  };
  const unheard = () => {
    if (silent || stopped) return;
    silent = true;
    changed(heardAt);
  };
  const beat = async () => {
    const impatience = setTimeout(unheard, patienceMs);
    impatience.unref();
    try {
      await ask();
      heard();
    } catch {
      unheard();
    }
    clearTimeout(impatience);
    if (stopped) return;
    next = setTimeout(beat, everyMs);
    next.unref();
  };
  void beat();
  return () => {
    stopped = true;
    clearTimeout(next);
  };
}
