import { z } from '@hono/zod-openapi';

/** Why a number is withheld: a reason by name, and field, value and bound as the service wrote them (English). */
export const abstention = z.object({ reason: z.string(), detail: z.string() });
export type Abstention = z.infer<typeof abstention>;

/** The same sentence in both languages. */
export const bothLanguages = z.object({ vi: z.string(), en: z.string() });
