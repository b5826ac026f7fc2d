import { violationStep, violationStepShapes } from './violation-step.ts';

/** The minutes (biên bản vi phạm hành chính) were drawn up. */
export const violationMinuted = violationStep('minuted', 'violation.minute', violationStepShapes.minute, {
  vi: 'Lập biên bản vi phạm',
  en: 'Minutes of a violation',
});
