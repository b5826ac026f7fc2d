import { z } from '@hono/zod-openapi';

/** The same sentence in both languages. */
export const bothLanguages = z.object({ vi: z.string(), en: z.string() });

/** Why a number is withheld: a reason by name, and field, value and bound as the service wrote them (`detail`: English; `note`: for people to read). */
export const abstention = z.object({ reason: z.string(), detail: z.string(), note: bothLanguages.optional() });
export type Abstention = z.infer<typeof abstention>;
