import { z } from '@hono/zod-openapi';
import { grant, principal } from '../access/principal.ts';
import { purposeNames } from '../access/purposes.ts';
import { personRoles, tokenRoles } from '../access/roles.ts';
import { askedInstant, districtId, identifier } from '../primitives.ts';
import { secondFactorCode } from './second-factor.ts';

const name = z.string().trim().min(1).max(120);
const email = z.email().max(200);
/** At least twelve characters, whichever they are: length is what counts. Source: NIST SP 800-63B, 5.1.1. */
const password = z.string().min(12).max(128);
const code = z.string().min(20).max(200);
const districts = z.union([z.literal('all'), z.array(districtId).min(1).max(50)]);
const areas = z.union([z.literal('all'), z.array(identifier).min(1).max(50)]).default('all');

/** GET /api/identity/me: who asks. */
export const me = z
  .object({
    known: z.boolean().openapi({ description: 'false: nobody signed in' }),
    kind: z.enum(['visitor', 'user', 'token', 'programme']),
    id: z.string().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    grants: z.array(grant).openapi({ description: 'areas as they were given, without those below them' }),
    purpose: z
      .enum(purposeNames)
      .nullable()
      .openapi({ description: 'for what rows of persons are read; null: not said in this session' }),
    asksPurpose: z
      .boolean()
      .openapi({ description: 'a role of his permits rows of persons, which are shown once a purpose is said' }),
    needsFactor: z
      .boolean()
      .openapi({ description: 'roles of his do not count until more than a password is shown in this session' }),
    manages: z.boolean().openapi({ description: 'may make accounts, roles and tokens' }),
    firstAdministrator: z
      .boolean()
      .openapi({ description: 'nobody looks after the accounts yet: the start printed a one-time link' }),
  })
  .openapi('Me');
export type Me = z.infer<typeof me>;

/** `code`: of who has a second factor; without it he is answered 401 with `code: second-factor-required`, and asks again with all three. */
export const signInRequest = z.object({
  email,
  password: z.string().min(1).max(200),
  code: secondFactorCode.optional(),
});
/** A one-time code and the password chosen; of the first administrator his name and address too. */
export const welcomeRequest = z.object({ code, password, name: name.optional(), email: email.optional() });
export const passwordRequest = z.object({ current: z.string().min(1).max(200), password });

/** POST /api/identity/purpose: for what rows of persons are read in this session. */
export const purposeRequest = z.object({ purpose: z.enum(purposeNames) });

export const newGrant = z.object({
  role: z.enum(personRoles),
  districts,
  areas,
  from: askedInstant.optional(),
  until: askedInstant.optional(),
});
export type NewGrant = z.infer<typeof newGrant>;
export const givenGrant = newGrant
  .extend({ id: z.string(), givenBy: z.string(), givenAt: z.string() })
  .openapi('GivenGrant');
export type GivenGrant = z.infer<typeof givenGrant>;

export const newAccount = z.object({ name, email, grants: z.array(newGrant).max(20).default([]) });
export const accountRow = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    createdAt: z.string(),
    disabledAt: z.string().nullable(),
    hasPassword: z.boolean(),
    hasSecondFactor: z.boolean().openapi({ description: 'an authenticator application or a passkey' }),
    sessions: z.number().int(),
    lockedUntil: z.string().nullable(),
    grants: z.array(givenGrant),
  })
  .openapi('Account');
export type AccountRow = z.infer<typeof accountRow>;

/** A one-time code: shown once, kept as a hash. */
export const invitation = z
  .object({ accountId: z.string(), code: z.string(), expiresAt: z.string() })
  .openapi('Invitation');
export type Invitation = z.infer<typeof invitation>;

export const sessionRow = z
  .object({
    id: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
    address: z.string().nullable(),
    device: z.string().nullable(),
    current: z.boolean(),
  })
  .openapi('Session');
export type SessionRow = z.infer<typeof sessionRow>;

export const newToken = z.object({
  name,
  role: z.enum(tokenRoles).default('feed'),
  eventTypes: z.union([z.literal('all'), z.array(z.string().min(1).max(80)).min(1).max(100)]).default('all'),
  districts,
  areas,
  expiresAt: askedInstant,
  /** For what it is used; left out: a feed reports, and any other token reads no rows of persons. */
  purpose: z.enum(purposeNames).optional(),
});
export type NewToken = z.infer<typeof newToken>;
export const tokenRow = newToken
  .extend({
    id: z.string(),
    role: z.enum(tokenRoles),
    eventTypes: z.union([z.literal('all'), z.array(z.string())]),
    madeBy: z.string(),
    madeAt: z.string(),
    lastUsedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .openapi('Token');
export type TokenRow = z.infer<typeof tokenRow>;
export const madeToken = z.object({ id: z.string(), token: z.string().openapi({ description: 'shown this once' }) });

/** POST /api/identity/principal: from the front door alone. */
/** As it stands in a header: what is no byte of Latin-1 can stand in none. */
const headerText = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/);
export const principalRequest = z.object({ cookie: headerText.optional(), authorization: headerText.optional() });
export const principalAnswer = z.object({ principal: principal.nullable() });
