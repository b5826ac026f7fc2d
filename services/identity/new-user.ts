import { Problem } from '#platform/problem.ts';
import type { SignIn } from './sign-in.ts';

/** A user of better-auth without a password yet. */
export async function makeUser(signIn: SignIn, { name, email }: { name: string; email: string }): Promise<string> {
  const { internalAdapter } = await signIn.$context;
  if (await internalAdapter.findUserByEmail(email.toLowerCase()))
    throw new Problem(409, 'The address has an account already', {
      errors: [{ field: 'json.email', value: email, reason: 'must be new' }],
    });
  const user = await internalAdapter.createUser(
    { name, email: email.toLowerCase(), emailVerified: true },
    { method: 'admin' },
  );
  return user.id;
}
