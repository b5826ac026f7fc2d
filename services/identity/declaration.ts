import { identityAccess } from '#contracts/access/identity.ts';
import { defineSubsystem } from '#contracts/subsystem.ts';

/** Who somebody is: accounts, sessions, roles given, tokens of feeds. */
export const identity = defineSubsystem({
  name: 'identity',
  words: { vi: 'Đăng nhập và quyền', en: 'Sign-in and rights' },
  keepsRows: true,
  access: identityAccess,
});
