import { type Band, band, type District } from '@vungxanh/ml/scenario';
import { KeptAnswers } from '#platform/kept-answers.ts';
import type { FitQuestion } from './fit-question.ts';
import { inThread } from './work/job-thread.ts';

/** A district that scenarios can be run on, and what was found. */
export interface FittedModel {
  modelId: string;
  /** without particles; its start is their mean, for whoever needs one */
  district: District;
  particles: NonNullable<District['fitted']>;
  reproductionNumber: Band;
  reportedShare: Band;
}

const mostKept = 6;

/** Fits by their data: asked again, a model stands ready; asked while it is fitted, it is waited for. One fit at a time. */
export class FittedModels {
  private readonly kept = new KeptAnswers<FittedModel>(mostKept);
  private readonly stopped = new AbortController();
  private turn: Promise<unknown> = Promise.resolve();
  private readonly observe: (seconds: number) => void;

  constructor(observe: (seconds: number) => void = () => {}) {
    this.observe = observe;
  }

  of(question: FitQuestion): Promise<FittedModel> {
    return this.kept.of(question.hash, () => {
      const fit = this.turn.then(() => this.fit(question));
      this.turn = fit.catch(() => {});
      return fit;
    });
  }

  stop(): void {
    this.stopped.abort(new Error('the service is stopping'));
  }

  private async fit({ district, observed, settings, hash }: FitQuestion): Promise<FittedModel> {
    const start = performance.now();
    const particles = await inThread({ kind: 'fit', district, observed, settings }, { signal: this.stopped.signal });
    this.observe((performance.now() - start) / 1000);
    return {
      modelId: `scenario-${hash}`,
      district: { ...district, start: meanStart(particles) },
      particles,
      reproductionNumber: band(particles.map((particle) => particle.reproductionNumber)),
      reportedShare: band(particles.map((particle) => particle.reportedShare)),
    };
  }
}

/** The district as a run takes it: path i from particle i mod n. */
export const runnable = ({ district, particles }: FittedModel): District => ({ ...district, fitted: particles });

type Start = District['start'];

/** Rounded down, so that no group holds more than its people. */
export function meanStart(particles: readonly { start: Start }[]): Start {
  const names = Object.keys(particles[0]!.start) as (keyof Start)[];
  return Object.fromEntries(
    names.map((name) => [
      name,
      particles[0]!.start[name]!.map((row, w) =>
        row.map((_, g) =>
          Math.floor(particles.reduce((sum, { start }) => sum + (start[name]?.[w]?.[g] ?? 0), 0) / particles.length),
        ),
      ),
    ]),
  );
}
