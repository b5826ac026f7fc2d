import type { EventData } from '#contracts/catalogue.ts';
import type { NewEvent } from '#contracts/new-event.ts';
import type { Versioned } from '#platform/command.ts';
import { Problem, stepNotLawful } from '#platform/problem.ts';
import { type FindViolation, mergeProblem } from './evolve.ts';
import { nextSteps } from './legal-clock.ts';
import type { Violation } from './state.ts';
import { type Step, transitions } from './transitions.ts';

/** What a decision needs beside the state and the command. */
export interface Circumstances {
  district: string;
  exercise: boolean;
  /** RFC 3339. */
  now: string;
  eventId: string;
}

type StepType =
  | 'violation-verified'
  | 'violation-dismissed'
  | 'violation-minuted'
  | 'violation-suspended'
  | 'violation-decided'
  | 'violation-remedied'
  | 'violation-closed'
  | 'violation-merged';

const source = 'urban-order';
/** An officer's clock may be a little ahead of ours. */
const clockToleranceMinutes = 5;

export function decideReport(
  current: Versioned<Violation> | undefined,
  data: EventData<'violation-reported'>,
  circumstances: Circumstances,
): NewEvent<'violation-reported'> {
  if (current)
    throw new Problem(409, 'The violation is known already', {
      errors: [{ field: 'violationId', value: data.violationId, reason: 'an id that is not taken' }],
    });
  notInFuture(data.occurredAt, circumstances.now);
  return fact('violation-reported', data, circumstances);
}

/** A lawful step, or 409 that names the lawful ones. */
export function decideStep(
  step: Step,
  current: Versioned<Violation> | undefined,
  data: EventData<StepType>,
  circumstances: Circumstances,
  find: FindViolation,
): NewEvent<StepType> {
  if (!current)
    throw new Problem(404, 'No such violation', {
      errors: [{ field: 'violationId', value: data.violationId, reason: 'an id that is known in this district' }],
    });
  const violation = current.state;
  const lawful = nextSteps(violation);
  if (!lawful.includes(step)) throw stepNotLawful({ step, field: 'step', from: violation.status, lawful });
  notInFuture(data.occurredAt, circumstances.now);
  if (Date.parse(data.occurredAt) < Date.parse(violation.statusSince))
    throw new Problem(422, 'The step is before the one it follows', {
      errors: [
        {
          field: 'occurredAt',
          value: data.occurredAt,
          reason: `not before ${violation.status} at ${violation.statusSince}`,
        },
      ],
    });
  if ('intoViolationId' in data) {
    const { intoViolationId } = data as EventData<'violation-merged'>;
    const reason = mergeProblem(violation.violationId, intoViolationId, find);
    if (reason)
      throw new Problem(409, 'The merge would lose the report', {
        errors: [{ field: 'intoViolationId', value: intoViolationId, reason }],
        extensions: { lawfulSteps: lawful },
      });
  }
  return fact(transitions[step].type as StepType, data, circumstances);
}

function notInFuture(occurredAt: string, now: string): void {
  if (Date.parse(occurredAt) > Date.parse(now) + clockToleranceMinutes * 60_000)
    throw new Problem(422, 'It has not happened yet', {
      errors: [{ field: 'occurredAt', value: occurredAt, reason: `not after ${now}` }],
    });
}

function fact<Type extends 'violation-reported' | StepType>(
  type: Type,
  data: EventData<Type>,
  { district, exercise, now, eventId }: Circumstances,
): NewEvent<Type> {
  return { type, district, source, id: eventId, time: data.occurredAt, recordedTime: now, exercise, data };
}
