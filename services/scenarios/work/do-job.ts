import {
  compareScenarios,
  type District,
  type FittedStart,
  fitParticles,
  mixture,
  planMeasures,
  smallestArea,
} from '@vungxanh/ml/scenario';
import { limitedWards } from '../levers.ts';
import type { Job, JobAnswers } from './jobs.ts';

const leastParticles = 8;

/** The numbers of a job; the same job has the same answer in any thread. */
export async function doJob<Kind extends Job['kind']>(
  job: Extract<Job, { kind: Kind }>,
  progress: (share: number) => void,
): Promise<JobAnswers[Kind]>;
export async function doJob(job: Job, progress: (share: number) => void): Promise<JobAnswers[Job['kind']]> {
  if (job.kind === 'fit') {
    const { fitted } = mixture(job.district, fitParticles(job.district, job.observed, job.settings));
    return usable(job.district, fitted!.map(countedFromDay0));
  }
  if (job.kind === 'comparison') {
    const { district, scenarios, run, weeklyCuts } = job;
    const { outcomes, avoided } = await compareScenarios(district, scenarios, run, { progress, weeklyCuts });
    const ids = district.wards.map(({ id }) => id);
    const narrowed = scenarios.flatMap((scenario) => smallestArea(district, scenario) ?? []);
    const levers = new Map([...scenarios, ...narrowed].map((scenario) => [scenario.name, scenario.levers]));
    return {
      outcomes: outcomes.map((outcome) => ({
        ...outcome,
        limitedWards: limitedWards(outcome.kind === 'nothing' ? [] : (levers.get(outcome.name) ?? []), ids),
      })),
      avoided,
    };
  }
  const found = await planMeasures(job.district, job.measures, job.target, job.run, { progress });
  return {
    found: found.found,
    plan: found.found ? found.plan : found.best,
    nothing: found.tried[0]!,
    tried: found.tried.length,
  };
}

/** Deaths are told from day 0 on: those of the fitted days stand among the recovered, where nothing befalls them any more. */
function countedFromDay0(particle: FittedStart): FittedStart {
  const { dead, recovered, ...start } = particle.start;
  const both = recovered?.map((row, w) => row.map((count, g) => count + (dead?.[w]?.[g] ?? 0)));
  return { ...particle, start: { ...start, recovered: both } };
}

const held = [
  'exposed',
  'infectious',
  'isolated',
  'hospitalised',
  'intensiveCare',
  'recovered',
  'dead',
  'oneDose',
  'twoDoses',
  'waned',
] as const;

/** A history whose doses and first infections were more than the people of a group is none. */
function usable({ wards }: District, fitted: NonNullable<District['fitted']>): NonNullable<District['fitted']> {
  const whole = fitted.filter(({ start }) =>
    wards.every(({ population }, w) =>
      population.every((people, g) => held.reduce((sum, name) => sum + (start[name]?.[w]?.[g] ?? 0), 0) <= people),
    ),
  );
  if (whole.length < leastParticles)
    throw new RangeError(
      `the fit must leave at least ${leastParticles} histories that fit the people of the wards, got ${whole.length} of ${fitted.length}`,
    );
  return whole;
}
