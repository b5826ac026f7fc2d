import { createOTP } from '@better-auth/utils/otp';

const stepSeconds = 30;
/** Steps before and after now of which a code is taken: clocks of telephones are not exact. Source: RFC 6238, 5.2. */
const toleranceSteps = 1;

/** Number of the time step at a moment. Source: RFC 6238, 4.2. @param now milliseconds since 1970 */
export const stepAt = (now: number): number => Math.floor(now / 1000 / stepSeconds);

/** Code of a time step, six digits. Source: RFC 4226, 5.3. */
export const codeOfStep = (secret: string, step: number): Promise<string> => createOTP(secret).hotp(step);

/**
 * The step whose code this is; undefined: it is none of those that are good now. Pure.
 *
 * @param lastStep of the last code that was taken: that and earlier ones are not taken again
 * @param now milliseconds since 1970
 */
export async function stepOfCode(
  secret: string,
  code: string,
  { lastStep, now }: { lastStep: number; now: number },
): Promise<number | undefined> {
  const middle = stepAt(now);
  let found: number | undefined;
  // All are computed: how long it takes tells nothing of which one fits.
  for (let step = middle - toleranceSteps; step <= middle + toleranceSteps; step++)
    if ((await codeOfStep(secret, step)) === code && step > lastStep) found = step;
  return found;
}

/** What an authenticator application reads from the QR code. */
export const addressOfSecret = (secret: string, email: string): string => createOTP(secret).url('Vùng Xanh', email);
