import type { AccessTable } from './table.ts';

/** Anybody: without it nobody could come in. */
const open = (action: string) => ({ action, dataClass: 'public', district: 'none' }) as const;
/** Of accounts: for those who look after every district. */
const manage = { action: 'account.manage', dataClass: 'person', district: 'all' } as const;

export const identityAccess: AccessTable = {
  'GET /api/identity/me': open('self.read'),
  'POST /api/identity/sign-in': open('session.begin'),
  'POST /api/identity/sign-out': open('session.end'),
  'POST /api/identity/welcome': open('account.welcome'),
  'POST /api/identity/password': open('self.manage'),
  'POST /api/identity/purpose': open('self.manage'),
  'GET /api/identity/sessions': open('self.manage'),
  'DELETE /api/identity/sessions/:id': open('self.manage'),
  'GET /api/identity/second-factor': open('self.manage'),
  'POST /api/identity/second-factor': open('self.manage'),
  'POST /api/identity/second-factor/confirm': open('self.manage'),
  'POST /api/identity/second-factor/prove': open('self.manage'),
  'POST /api/identity/second-factor/remove': open('self.manage'),
  'GET /api/identity/passkeys': open('self.manage'),
  'POST /api/identity/passkeys/options': open('self.manage'),
  'POST /api/identity/passkeys': open('self.manage'),
  'DELETE /api/identity/passkeys/:id': open('self.manage'),
  'POST /api/identity/sign-in/passkey/options': open('session.begin'),
  'POST /api/identity/sign-in/passkey': open('session.begin'),
  'GET /api/identity/provider': open('session.begin'),
  'POST /api/identity/sign-in/provider': open('session.begin'),
  // A navigation of the browser: it changes nothing without the state and the cookie of who began.
  'GET /api/identity/sign-in/provider/callback': open('session.begin'),
  'GET /api/identity/factor-policy': manage,
  'POST /api/identity/factor-policy': manage,
  'DELETE /api/identity/accounts/:id/second-factor': manage,
  'GET /api/identity/roles': { action: 'role.read', dataClass: 'public', district: 'none' },
  'GET /api/identity/accounts': manage,
  'POST /api/identity/accounts': manage,
  'POST /api/identity/accounts/:id/disable': manage,
  'POST /api/identity/accounts/:id/enable': manage,
  'POST /api/identity/accounts/:id/invitation': manage,
  'GET /api/identity/accounts/:id/sessions': manage,
  'DELETE /api/identity/accounts/:id/sessions/:sessionId': manage,
  'POST /api/identity/accounts/:id/grants': manage,
  'DELETE /api/identity/grants/:id': manage,
  'GET /api/identity/tokens': manage,
  'POST /api/identity/tokens': manage,
  'DELETE /api/identity/tokens/:id': manage,
  'GET /api/identity/audit': manage,
  'GET /api/identity/audit/unusual': manage,
  // The services note who looked.
  'POST /api/identity/audit': { action: 'audit.note', dataClass: 'person', district: 'none' },
  // The front door asks who somebody is.
  'POST /api/identity/principal': { action: 'principal.resolve', dataClass: 'person', district: 'none' },
};
