import type { DataClass } from '../define-event.ts';
import { personRoles, type Role } from './roles.ts';

/**
 * One row of the table: who may do an action, and the closest data class that each may do it with.
 *
 * `reads`: it changes nothing. An area-limited grant reads `public` and `aggregate` data of its whole district, and `person` data of its areas alone; it changes
 * what is of its areas alone.
 */
export interface Permission {
  reads?: true;
  /** Anybody may, and need prove nothing. */
  open?: true;
  roles: Readonly<Partial<Record<Role, DataClass>>>;
}

type Cells = Permission['roles'];
const cells = (dataClass: DataClass, ...roles: readonly Role[]): Cells =>
  Object.fromEntries(roles.map((role) => [role, dataClass]));
const read = (...parts: readonly Cells[]): Permission => ({ reads: true, roles: Object.assign({}, ...parts) });
const change = (dataClass: DataClass, ...roles: readonly Role[]): Permission => ({ roles: cells(dataClass, ...roles) });

const open: Permission = { open: true, roles: {} };

/** Everybody who has signed in, whatever the duty. */
const everyone = personRoles;
/** Duties that need the rows of persons. */
const health = ['epidemiologist', 'health-station-officer'] as const;
/** Duties that keep order in the streets. */
const order = ['urban-order-inspector', 'ward-leader'] as const;
const leaders = ['ward-leader', 'district-leader'] as const;
/** Everybody whom the hotline rings, and who looks after the line. */
const duty = [...health, 'hospital', ...leaders, 'hotline-operator'] as const;
const machines = ['feed', 'programme'] as const;

const publicReads = read(cells('public', ...everyone, 'visitor', 'programme'));
const counts = read(cells('aggregate', ...everyone, 'visitor', 'programme'));
/** Positions and rows of cases. */
const persons = read(cells('person', ...health, 'hospital', 'visitor'));

/**
 * THE table: action × role × data class. Scope (districts, areas, from–until) stands in the grant. `operator` needs no cell: who owns the data folder owns what is in
 * it. What the centre itself computes (`risk.score` …) has no cell: nobody says it.
 */
const table: Record<string, Permission> = {
  // Of the product itself.
  'api.read': publicReads,
  'status.read': publicReads,
  'metrics.read': read(cells('public', 'administrator', 'integrator')),
  'catalogue.read': publicReads,
  'formula.read': publicReads,

  // Who somebody is. A handler of `self.…` shows and changes what is the caller's own.
  'self.read': open,
  'self.manage': open,
  'session.begin': open,
  'session.end': open,
  'account.welcome': open,
  'role.read': publicReads,
  'account.manage': change('person', 'administrator'),
  'principal.resolve': change('person', 'gateway'),
  // Who looked at whom: the services say it, as the front door. Reading it belongs to the care of accounts.
  'audit.note': change('person', 'gateway'),

  // Places.
  'place.read': publicReads,
  'district.register': change('public', 'integrator', 'administrator', 'programme'),
  'district.remove': change('public', 'administrator', 'programme'),
  'area.revise': change('public', 'integrator', 'administrator', ...machines),
  'population.publish': change('public', 'integrator', 'administrator', ...machines),
  'map-feature.revise': change('public', 'integrator', 'administrator', ...machines),

  // Health. Rows of persons for those whose duty needs them; everyone else has the counts.
  'figure.read': counts,
  'capacity.read': counts,
  'epidemic-statistics.read': counts,
  'cluster.read': counts,
  'case.read': persons,
  // Counts of few persons tell of them nearly as their rows do. Who decides on measures decides by the exact ones, and is shown no row.
  'count.read-exact': read(cells('person', ...health, 'hospital', ...leaders, 'visitor')),
  'case.map': persons,
  'case.report': change('person', ...health, 'hospital', ...machines),
  'case.update': change('person', ...health, 'hospital', ...machines),
  // Without seeing who it was: the role that looks after accounts answers requests as well.
  'person.remove': change('person', 'administrator'),
  'dose.record': change('person', ...health, ...machines),
  'capacity.report': change('aggregate', ...health, 'hospital', ...machines),
  'count.publish': change('aggregate', 'epidemiologist', 'integrator', ...machines),
  'vaccination.publish': change('aggregate', ...health, 'integrator', ...machines),

  // The official level. What was announced is for everybody: readers of feeds sign in nowhere. What the centre computes nobody says.
  'level.read': counts,
  'level.announced': open,
  // A feed announces nothing: by the rules of notice it is a person's word.
  'level.declare': change('public', 'district-leader', 'programme'),
  'level.adjust-policy': change('public', 'district-leader', 'programme'),
  'level.assess': { roles: {} },

  // Order in the streets.
  'violation.read': publicReads,
  'violation.count': counts,
  'violation.report': change('public', ...order, 'hotline-operator', 'district-leader', ...machines),
  'violation.verify': change('public', ...order, ...machines),
  'violation.minute': change('public', ...order, ...machines),
  'violation.suspend': change('public', ...order, ...machines),
  'violation.decide': change('public', ...leaders, ...machines),
  // Who decides, enforces and takes a decision back.
  'violation.enforce': change('public', ...leaders, ...machines),
  'violation.cancel': change('public', ...leaders, ...machines),
  'violation.expire': change('public', ...leaders, ...machines),
  'violation.remedy': change('public', ...order, ...machines),
  'violation.close': change('public', ...order, 'district-leader', ...machines),
  'violation.merge': change('public', ...order, 'hotline-operator', ...machines),

  // Incidents.
  'incident.read': publicReads,
  'incident.count': counts,
  'incident.report': change('public', ...order, 'hotline-operator', 'district-leader', ...machines),
  'incident.clear': change('public', ...order, 'hotline-operator', ...machines),
  'incident.dismiss': change('public', ...order, 'hotline-operator', ...machines),

  // Hotline. Who is rung sees the ledger, which names nobody; who cares for callers sees who they are.
  'call.read': read(cells('public', ...duty, 'analyst', 'integrator', 'administrator', 'visitor', 'programme')),
  'call.read-caller': read(cells('person', ...health, 'hospital', 'hotline-operator', 'visitor')),
  'call.receive': change('person', ...health, 'hospital', 'hotline-operator'),
  // A carrier signs what it tells with the installation's secret: the route believes nothing else.
  'call.tell': open,
  'call.answer': change('public', ...duty),
  'call.take-up': change('public', ...duty),
  'call.set-daily': change('public', 'epidemiologist', 'district-leader', 'hotline-operator', 'programme'),
  'call.triage': change('person', ...health, 'hospital', 'hotline-operator'),
  // The hotline itself says it, when the last minute is over.
  'call.report-unanswered': { roles: {} },

  // Reports of citizens.
  'report.read': publicReads,
  'report.count': counts,
  // What people wrote, typed for an address and were answered; pictures as well.
  'report.read-words': read(cells('public', ...order, 'district-leader', 'hotline-operator', 'visitor')),
  'report.photo': read(cells('public', ...order, 'district-leader', 'hotline-operator', 'visitor')),
  // Names and numbers: whoever has to ask the reporter something. Who leads needs none of them.
  'report.contact': read(cells('person', 'urban-order-inspector', 'hotline-operator')),
  'report.report': change('public', ...order, 'district-leader', 'hotline-operator', ...machines),
  'report.route': change('public', ...order, 'district-leader', 'hotline-operator', ...machines),
  'report.close': change('public', ...order, 'district-leader', 'hotline-operator', ...machines),
  'report.pause': change('public', ...order, 'district-leader', 'hotline-operator', ...machines),
  'report.reopen': change('public', ...order, 'district-leader', 'hotline-operator', ...machines),
  // The service alone says these, by its rules; judgements are played by an exercise too.
  'report.reminded': { roles: {} },
  'report.rated': change('public', 'programme'),
  'report.contact-give': { roles: {} },
  // Of whoever has no account. It is bound by rate, by size and by the secret part of the reference number, and a browser's request has to come from our own page.
  'report.send': open,
  'report.follow': open,

  // Economy.
  'business.read': publicReads,
  'business.count': counts,
  'business.register': change('public', ...order, 'integrator', ...machines),
  'business.update': change('public', ...order, 'integrator', ...machines),
  'indicator.read': counts,
  'indicator.publish': change('aggregate', 'analyst', 'integrator', ...machines),
  'revenue.publish': change('aggregate', 'analyst', 'integrator', ...machines),

  // Outlook and scenarios.
  'risk.read': counts,
  'forecast.read': counts,
  'forecast.compute': change('aggregate', 'epidemiologist', 'analyst', 'district-leader'),
  'model.read': counts,
  'model.activate': change('aggregate', 'epidemiologist', 'administrator'),
  'scenario.read': counts,
  'scenario.run': change('aggregate', 'epidemiologist', 'analyst', ...leaders),
  'scenario.cancel': change('aggregate', 'epidemiologist', 'analyst', ...leaders),
  'risk.score': { roles: {} },
  'forecast.issue': { roles: {} },
  'cluster.detect': { roles: {} },

  // Events and files: the action of each event is asked as well.
  'event.publish': change(
    'person',
    ...health,
    'hospital',
    ...order,
    'district-leader',
    'hotline-operator',
    'analyst',
    'integrator',
    'administrator',
    ...machines,
  ),
  'import.run': change(
    'person',
    ...health,
    'hospital',
    ...order,
    'analyst',
    'integrator',
    'administrator',
    'programme',
  ),
  'import.said': read(
    cells('aggregate', ...health, 'hospital', ...order, 'analyst', 'integrator', 'administrator', 'programme'),
  ),
  'import.read': read(
    cells('person', ...health, 'hospital', ...order, 'analyst', 'integrator', 'administrator', 'programme'),
  ),

  // The stream: the data class is that of each layer.
  'stream.read': read(cells('aggregate', ...everyone), cells('person', ...health, 'hospital', 'visitor')),
  'feed.read': publicReads,

  // The exercise.
  'drill.read': publicReads,
  'drill.control': change('public', 'epidemiologist', 'district-leader', 'administrator', 'programme'),
};

const registered = new Map<string, Permission>(Object.entries(table));

/** Makes the rows of a subsystem's own actions known. Throws when an action has another row. */
export function registerPermissions(rows: Readonly<Record<string, Permission>>): void {
  for (const [action, permission] of Object.entries(rows)) {
    const known = registered.get(action);
    if (known && known !== permission) throw new Error(`the action "${action}" has two rows of permissions`);
    registered.set(action, permission);
  }
}

/** The row of an action; undefined: nobody but the operator may do it. */
export const permissionOf = (action: string): Permission | undefined => registered.get(action);

/** Every action with a row. */
export const permittedActions = (): string[] => [...registered.keys()];
