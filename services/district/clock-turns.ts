import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveFigure } from '#contracts/live.ts';
import type { Log } from '#platform/log.ts';
import type { Running } from '#platform/run.ts';

type AreaFigure = Omit<LiveFigure, 'throughSequence'>;

/** How often districts' clocks are looked at: an exercise can pass a day in it. */
const lookMs = 5000;
/** A clock that moved less passes no deadline that a list shows. */
const leastTurnMs = 60_000;

/** What was announced last of each area and formula, of one district. */
export type Announced = Map<string, AreaFigure['value']>;

const keyOf = ({ areaId, formula }: Pick<AreaFigure, 'areaId' | 'formula'>) => `${areaId} ${formula}`;

/** Those whose value is another than what was announced. Pure. */
export const changedFigures = (announced: Announced, figures: readonly AreaFigure[]): AreaFigure[] =>
  figures.filter((figure) => announced.get(keyOf(figure)) !== figure.value);

export const rememberFigures = (announced: Announced, figures: readonly AreaFigure[]): void => {
  for (const figure of figures) announced.set(keyOf(figure), figure.value);
};

export interface ClockTurns extends Running {
  /** To be called with what is announced after a commit, so that it is not announced again. */
  announced: (district: string, figures: readonly AreaFigure[]) => void;
}

/**
 * Announces figures that change with time alone: a deadline passes, a day turns, a case leaves the window of seven days. Each district's own clock is
 * looked at every five seconds; when it has moved by a minute, all its figures are read, and those that differ from what was announced are announced.
 */
export function followClockTurns(options: {
  districts: () => string[];
  /** Where the district's clock stands, in milliseconds since 1970; undefined where it stands nowhere. */
  clockMs: (district: string) => Promise<number | undefined>;
  /** Every figure of every area, as it is now. */
  figuresOf: (district: string) => Promise<AreaFigure[]>;
  announce: (district: string, figures: AreaFigure[], throughSequence: number) => void;
  /** What is committed: the figures that are computed next hold at least that much. */
  throughSequence?: (district: string) => number;
  /** Nobody else computes and announces in the district until the returned function is called. */
  takeTurn?: (district: string) => Promise<() => void>;
  log: Log;
  lookEveryMs?: number;
}): ClockTurns {
  const seen = new Map<string, { clockMs: number | undefined; announced: Announced }>();
  const stop = new AbortController();

  const look = async (district: string): Promise<void> => {
    const clockMs = await options.clockMs(district);
    if (clockMs === undefined) return;
    const last = seen.get(district);
    if (last?.clockMs !== undefined && Math.abs(clockMs - last.clockMs) < leastTurnMs) return;
    const endTurn = await options.takeTurn?.(district);
    try {
      await compare(district, clockMs);
    } finally {
      endTurn?.();
    }
  };
  const compare = async (district: string, clockMs: number): Promise<void> => {
    const last = seen.get(district);
    const throughSequence = options.throughSequence?.(district) ?? 0;
    const figures = await options.figuresOf(district);
    const announced: Announced = last?.announced ?? new Map();
    // What was never announced is learned at the first look: who listens loads the same figures.
    const known = last?.clockMs === undefined ? figures.filter((figure) => announced.has(keyOf(figure))) : figures;
    const changed = changedFigures(announced, known);
    rememberFigures(announced, figures);
    seen.set(district, { clockMs, announced });
    if (changed.length && !stop.signal.aborted) options.announce(district, changed, throughSequence);
  };
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const districts = options.districts();
      for (const district of seen.keys()) if (!districts.includes(district)) seen.delete(district);
      for (const district of districts)
        await look(district).catch((error) =>
          options.log.warn(
            { reason: (error as Error).message, district },
            'figures of the turning clock not announced',
          ),
        );
      await sleep(options.lookEveryMs ?? lookMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    name: 'clock turns',
    announced: (district, figures) => {
      const last = seen.get(district) ?? { clockMs: undefined, announced: new Map() };
      seen.set(district, last);
      rememberFigures(last.announced, figures);
    },
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}
