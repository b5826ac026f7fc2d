import { violationStep, violationStepShapes } from './violation-step.ts';

/** Works were ordered to stop (đình chỉ thi công). */
export const violationSuspended = violationStep('suspended', 'violation.suspend', violationStepShapes.suspend, {
  vi: 'Đình chỉ thi công',
  en: 'Works ordered to stop',
});
