import { violationStep, violationStepShapes } from './violation-step.ts';

/** The file was closed. */
export const violationClosed = violationStep('closed', 'violation.close', violationStepShapes.close, {
  vi: 'Kết thúc hồ sơ vi phạm',
  en: 'Violation file closed',
});
