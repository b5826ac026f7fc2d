import { z } from '@hono/zod-openapi';

/** GET /api/identity/provider */
export const providerName = z.object({ name: z.string().nullable() }).openapi('IdentityProvider');
export type ProviderName = z.infer<typeof providerName>;
/** POST /api/identity/sign-in/provider */
export const providerAddress = z.object({ address: z.string() });
export type ProviderAddress = z.infer<typeof providerAddress>;
