import { violationStep, violationStepShapes } from './violation-step.ts';

/** No penalty can be decided any more (hết thời hiệu). */
export const violationExpired = violationStep('expired', 'violation.expire', violationStepShapes.expire, {
  vi: 'Hết thời hiệu xử phạt',
  en: 'Out of limitation',
});
