import { z } from '@hono/zod-openapi';
import { actor } from '../actor.ts';
import { instant } from '../primitives.ts';
import { purposeNames } from './purposes.ts';
import { roles } from './roles.ts';

/** A role given to somebody for a while. `all`: every district there is and will be; areas hold every area below them too, by name. */
export const grant = z.object({
  role: z.enum(roles),
  districts: z.union([z.literal('all'), z.array(z.string())]),
  areas: z.union([z.literal('all'), z.array(z.string())]).default('all'),
  /** From this instant; left out: from ever. */
  from: instant.optional(),
  /** Until before this instant; left out: until it is taken back. */
  until: instant.optional(),
});
export type Grant = z.infer<typeof grant>;

/** Who asks, with everything that decides what he may. */
export const principal = z.object({
  /** As the journal names it (actor.ts); left out: nobody in particular, such as a visitor. */
  actor: actor.extend({ authtype: z.enum(['user', 'api_key', 'service_account']) }).optional(),
  /** False: nobody signed in and no token was shown. A refusal then asks for a sign-in. */
  known: z.boolean(),
  grants: z.array(grant),
  /** Types of events that a token may say; left out: any that its role may. */
  eventTypes: z.array(z.string()).optional(),
  /** For what rows of persons are read (purposes.ts); null: he is asked and has not said it; left out: nobody asks him, such as a programme. */
  purpose: z.enum(purposeNames).nullable().optional(),
});
export type Principal = z.infer<typeof principal>;

/** Who proved nothing, and may do nothing. */
export const nobody: Principal = { known: false, grants: [] };
