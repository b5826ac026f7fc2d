import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes as base64url: a code or a token that nobody guesses. */
export const newSecret = (prefix = ''): string => `${prefix}${randomBytes(32).toString('base64url')}`;

/** What is kept of it: SHA-256 as hex. Enough for 256 random bits; passwords are hashed by better-auth with scrypt. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
