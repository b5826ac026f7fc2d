import { violationStep, violationStepShapes } from './violation-step.ts';

/** The report is the same breach as another; its content lives on in that one. */
export const violationMerged = violationStep(
  'merged',
  'violation.merge',
  violationStepShapes.merge,
  { vi: 'Gộp tin vi phạm', en: 'Violation reports merged' },
  ['intoViolationId'],
);
