import type { Me } from '@vungxanh/services/contracts/http/identity.ts';
import type { Screen } from '../address.ts';

/** Screens by job, in the order in which they stand. */
export const jobs = [
  'map',
  'epidemic',
  'order',
  'hotline',
  'reports',
  'economy',
  'scenarios',
  'leader',
  'data',
  'wall',
] as const satisfies Screen[];
/** What people fill in or look up beside their job. */
export const tools = ['entry', 'import', 'models'] as const satisfies Screen[];
/** On a phone so many stand in the bar; the others behind one button. */
export const inTabBar = 4;

/** The screens of a phone; whoever leads has his own first. A wall has no place on it. */
export const phoneScreens = (leader: boolean): Screen[] => {
  const all: Screen[] = [...jobs, ...tools].filter((screen) => screen !== 'wall');
  return leader ? all.toSorted((a, b) => Number(b === 'leader') - Number(a === 'leader')) : all;
};

/** Screens that lie as a drawer over another one. */
export const drawers: readonly Screen[] = ['entry', 'import', 'models', 'account'];

/** Rows of the table of permissions; whoever may do one of them sees the screen. A screen that is not named is everybody's. */
export const actionsOf: Partial<Record<Screen, readonly string[]>> = {
  map: ['figure.read'],
  epidemic: ['epidemic-statistics.read'],
  order: ['violation.read'],
  hotline: ['call.read'],
  reports: ['report.read'],
  economy: ['business.read', 'indicator.read'],
  scenarios: ['scenario.read'],
  leader: ['figure.read'],
  data: ['feed.read'],
  wall: ['figure.read'],
  entry: ['case.report', 'violation.report', 'business.register', 'incident.report', 'capacity.report'],
  import: ['import.run'],
  models: ['model.read'],
};

export type MayDo = (action: string) => boolean;
export const maySee = (screen: Screen, mayDo: MayDo): boolean =>
  actionsOf[screen]?.some((action) => mayDo(action)) ?? true;

const leaders: readonly string[] = ['ward-leader', 'district-leader'];
/** Whether one of somebody's duties in force is to lead. */
export const leads = (me: Pick<Me, 'grants'> | undefined, nowMs: number): boolean =>
  me?.grants.some(
    ({ role, from, until }) =>
      leaders.includes(role) &&
      (from === undefined || Date.parse(from) <= nowMs) &&
      (until === undefined || nowMs < Date.parse(until)),
  ) ?? false;
