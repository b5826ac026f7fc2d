import type { SignIn } from './sign-in.ts';

/** Whose account it is when address and password fit; undefined: one of them does not, and how long that took tells not which. */
export async function accountOfPassword(signIn: SignIn, email: string, password: string): Promise<string | undefined> {
  const { internalAdapter, password: passwords } = await signIn.$context;
  const found = await internalAdapter.findUserByEmail(email.toLowerCase(), { includeAccounts: true });
  const hash = found?.accounts.find(({ providerId }) => providerId === 'credential')?.password;
  if (!found || !hash) {
    await passwords.hash(password);
    return undefined;
  }
  return (await passwords.verify({ hash, password })) ? found.user.id : undefined;
}

/** Whether a password is that of the account; `none`: the account has no password. */
export async function passwordFits(signIn: SignIn, userId: string, password: string): Promise<boolean | 'none'> {
  const { internalAdapter, password: passwords } = await signIn.$context;
  const hash = (await internalAdapter.findCredentialAccount(userId))?.password;
  return hash ? passwords.verify({ hash, password }) : 'none';
}
