import { z } from '@hono/zod-openapi';
import { personRoles } from '../access/roles.ts';

/** Six digits of an application, or a backup code with its hyphens. */
export const secondFactorCode = z.string().trim().min(6).max(40);
export const codeRequest = z.object({ code: secondFactorCode });
/** The password now, of who has one. */
export const factorRequest = z.object({ password: z.string().max(200).optional() });

/** GET /api/identity/second-factor: of who asks. */
export const ownFactor = z
  .object({
    enrolled: z.boolean().openapi({ description: 'an authenticator application is enrolled' }),
    proven: z.boolean().openapi({ description: 'more than a password was shown in this session' }),
    withheld: z.array(z.string()).openapi({ description: 'roles that do not count until it is' }),
    backupCodesLeft: z.number().int(),
    passkeys: z.number().int(),
  })
  .openapi('SecondFactor');
export type OwnFactor = z.infer<typeof ownFactor>;

export const factorBegun = z.object({
  address: z.string().openapi({ description: 'otpauth://…, for a QR code' }),
  secret: z.string().openapi({ description: 'base 32, for typing' }),
});
export type FactorBegun = z.infer<typeof factorBegun>;
export const backupCodes = z.object({ codes: z.array(z.string()) });

/** Roles that count only in a session with a second factor. */
export const factorPolicy = z
  .object({ roles: z.array(z.enum(personRoles)).max(personRoles.length) })
  .openapi('FactorPolicy');
