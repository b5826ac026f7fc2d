import { violationStep, violationStepShapes } from './violation-step.ts';

/** An officer was there and found it so. */
export const violationVerified = violationStep('verified', 'violation.verify', violationStepShapes.verify, {
  vi: 'Xác minh vi phạm',
  en: 'Violation verified',
});
