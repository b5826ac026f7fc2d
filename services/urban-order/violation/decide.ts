import type { EventData } from '#contracts/catalogue.ts';
import type { NewEvent } from '#contracts/new-event.ts';
import type { Versioned } from '#platform/command.ts';
import { Problem, stepNotLawful } from '#platform/problem.ts';
import { type Circumstances, decided } from '../../lifecycle/decided.ts';
import { assertNotBefore, assertNotInFuture, idTaken, notKnown } from '../../lifecycle/problems.ts';
import { decisionProblem } from '../register/authority.ts';
import { lawTimeZone, prematureStep } from '../register/terms-of-end.ts';
import { type FindViolation, mergeProblem } from './evolve.ts';
import { nextSteps } from './legal-clock.ts';
import type { Violation } from './state.ts';
import { type Step, transitions } from './transitions.ts';

type StepType = (typeof transitions)[Step]['type'];

const source = 'urban-order';

export function decideReport(
  current: Versioned<Violation> | undefined,
  data: EventData<'violation-reported'>,
  circumstances: Circumstances,
): NewEvent<'violation-reported'> {
  if (current?.state.reported) throw idTaken('The violation is known already', 'violationId', data.violationId);
  assertNotInFuture(data.occurredAt, circumstances.now);
  return decided(circumstances, { type: 'violation-reported', source, time: data.occurredAt, data });
}

/** A lawful step, or 409 that names the lawful ones. */
export function decideStep(
  step: Step,
  current: Versioned<Violation> | undefined,
  data: EventData<StepType>,
  circumstances: Circumstances,
  find: FindViolation,
): NewEvent<StepType> {
  if (!current?.state.reported) throw notKnown('violation', 'violationId', data.violationId);
  const violation = current.state;
  const lawful = nextSteps(violation);
  if (!lawful.includes(step)) throw stepNotLawful({ step, field: 'step', from: violation.status, lawful });
  assertNotInFuture(data.occurredAt, circumstances.now);
  assertNotBefore(data.occurredAt, {
    status: violation.status,
    since: violation.statusSince,
    timeZone: circumstances.timeZone,
  });
  if (step === 'decide') assertWithinAuthority(violation, data);
  assertNotPremature(step, violation, data.occurredAt, circumstances.timeZone ?? lawTimeZone);
  if ('intoViolationId' in data) {
    const reason = mergeProblem(violation.violationId, data.intoViolationId, find);
    if (reason)
      throw new Problem(409, 'The merge would lose the report', {
        vietnamese: { title: 'Gộp như vậy sẽ mất tin báo' },
        errors: [
          {
            field: 'intoViolationId',
            value: data.intoViolationId,
            reason,
            words: { vi: mergeInVietnamese(reason), en: reason },
          },
        ],
        extensions: { lawfulSteps: lawful },
      });
  }
  return decided(circumstances, { type: transitions[step].type, source, time: data.occurredAt, data });
}

/** @throws Problem 422 with the article and the moment from which it is lawful */
function assertNotPremature(step: Step, violation: Violation, at: string, timeZone: string): void {
  const words = prematureStep(step, violation, at, timeZone);
  if (!words) return;
  throw new Problem(422, 'The step comes before its time', {
    vietnamese: { title: 'Chưa đến thời điểm được thực hiện bước này' },
    errors: [{ field: 'occurredAt', value: at, reason: words.en, words }],
  });
}

/** @throws Problem 422 with the article, when who decides may not decide it, or the fine is none of the clause */
function assertWithinAuthority(violation: Violation, data: EventData<'violation-decided'>): void {
  const problem = decisionProblem(violation, data);
  if (!problem) return;
  const { field, words } = problem;
  throw new Problem(422, 'The decision is not within the law', {
    vietnamese: { title: 'Quyết định không đúng thẩm quyền hoặc khung phạt' },
    errors: [{ field, value: data[field], reason: words.en, words }],
  });
}

/** The reason of `mergeProblem` in Vietnamese. */
const mergeInVietnamese = (reason: string): string =>
  reason.includes('itself')
    ? 'không gộp một vụ vào chính nó'
    : reason.includes('leads back')
      ? 'vụ kia đã được gộp vào vụ này'
      : 'địa bàn này không có vụ mang mã đó';
