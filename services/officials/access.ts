import type { Permission } from '#contracts/access/permissions.ts';
import { personRoles } from '#contracts/access/roles.ts';
import type { AccessTable } from '#contracts/access/table.ts';

const cells = (...roles: (keyof Permission['roles'])[]): Permission['roles'] =>
  Object.fromEntries(roles.map((role) => [role, 'public' as const]));

/** Rows of permissions of this service's own actions. Whose own a score is, the handler knows: an officer sees his own alone (api/who.ts). */
export const officialsPermissions: Readonly<Record<string, Permission>> = {
  'officer.read': { reads: true, roles: cells(...personRoles, 'visitor', 'programme') },
  'officer.register': { roles: cells('district-leader', 'administrator', 'programme') },
  'roster.set': { roles: cells('district-leader', 'ward-leader', 'hotline-operator', 'administrator', 'programme') },
  'directive.read': { reads: true, roles: cells(...personRoles, 'visitor', 'programme') },
  'directive.issue': { roles: cells('district-leader', 'ward-leader', 'programme') },
  'directive.answer': { roles: cells(...personRoles, 'programme') },
  // For somebody else, as a desk does that has him on the telephone.
  'directive.answer-for': { roles: cells('district-leader', 'ward-leader', 'hotline-operator') },
  'directive.escalate': { roles: {} },
  'evaluation.read': { reads: true, roles: cells(...personRoles) },
  'evaluation.read-others': { reads: true, roles: cells('district-leader') },
  'evaluation.dispute': { roles: cells(...personRoles) },
  'evaluation.dispute-for': { roles: cells('district-leader') },
  // Not by who is judged: a leader, and never of his own rows (api/evaluation.ts).
  'evaluation.decide': { roles: cells('district-leader') },
};

const row = (action: string) => ({ action, dataClass: 'public', area: 'inside' }) as const;

export const officialsAccess: AccessTable = {
  'GET /api/officials/officers': row('officer.read'),
  'POST /api/officials/officers': { action: 'officer.register', dataClass: 'public' },
  'GET /api/officials/shifts': row('officer.read'),
  'POST /api/officials/shifts': row('roster.set'),
  'GET /api/officials/directives': row('directive.read'),
  'POST /api/officials/directives': row('directive.issue'),
  'POST /api/officials/directives/:id/acknowledge': row('directive.answer'),
  'POST /api/officials/directives/:id/report': row('directive.answer'),
  'POST /api/officials/directives/:id/withdraw': row('directive.issue'),
  'GET /api/officials/formulas': { action: 'formula.read', dataClass: 'public', district: 'none' },
  'GET /api/officials/scores': row('evaluation.read'),
  'GET /api/officials/evidence': row('evaluation.read'),
  'GET /api/officials/disputes': row('evaluation.read'),
  'POST /api/officials/disputes': row('evaluation.dispute'),
  'POST /api/officials/disputes/:id/decide': { action: 'evaluation.decide', dataClass: 'public' },
};
