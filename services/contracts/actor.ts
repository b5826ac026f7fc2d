import { z } from '@hono/zod-openapi';

/**
 * Kinds of principal, as the CloudEvents "Auth Context" extension names them.
 * Source: https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/authcontext.md
 */
export const authTypes = [
  'app_user',
  'user',
  'service_account',
  'api_key',
  'system',
  'unauthenticated',
  'unknown',
] as const;

/**
 * Who said an event: the extension's attributes `authtype` and `authid`, in the names of the envelope. `authid` is a short identifier, never free
 * text: a programme's name (`drill`, `import`, `replay`, a service), or `feed:` and the source of a sender that proved nothing.
 */
export const actor = z.object({
  authtype: z.enum(authTypes),
  authid: z
    .string()
    .regex(/^[A-Za-z0-9][\w:.~/-]{0,127}$/, 'letters, digits and "-_:.~/", 1 to 128 of them')
    .optional(),
});
export type Actor = z.infer<typeof actor>;

/** A person at this machine. Until there is a sign-in nobody can say which one. */
export const localPerson: Actor = { authtype: 'unauthenticated' };

/** A programme that proved who it is, or a service that speaks for itself. */
export const programmeActor = (name: string): Actor => ({ authtype: 'service_account', authid: name });

/** Programmes outside the services: they speak through the door, by HTTP, and prove themselves by their secret. */
export const doorProgrammes = ['drill', 'import', 'replay'] as const;
export type DoorProgramme = (typeof doorProgrammes)[number];

/** A feed that proved nothing, named by the `source` that it gives itself: up to 128 characters, what an identifier cannot hold becomes "-". */
export const feedActor = (source: string): Actor => ({
  authtype: 'unauthenticated',
  authid: `feed:${source.replace(/[^\w:.~/-]+/g, '-')}`.slice(0, 128),
});
