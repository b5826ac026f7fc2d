import type { Violation } from '@vungxanh/services/contracts/http/urban-order.ts';
import type { SystemStatus } from '../api/answers.ts';
import type { ClustersAnswer } from '../api/outlook-answers.ts';
import type { Freshness } from '../feed/freshness.ts';
import type { RiskScored } from '../feed/issued-risk.ts';
import type { Call } from '../screens/hotline/call.ts';
import { byDeadline } from '../screens/order/legal-clock.ts';

/** A level that is as likely as not to rise within two weeks is an alarm. Ours, for drawing attention; no policy. */
export const riseAlarm = 0.5;

/** Something that waits for somebody. `atMs`: since when, or until when; its meaning is that of the kind. */
export type InboxItem =
  | { kind: 'service'; key: string; service: string }
  | { kind: 'parked'; key: string; count: number }
  | { kind: 'disk'; key: string }
  | { kind: 'call'; key: string; call: Call; sinceMs: number }
  | { kind: 'cluster'; key: string; areaIds: readonly string[]; observed: number; expected: number; sinceMs: number }
  | { kind: 'rise'; key: string; areaId: string; share: number; sinceMs: number | undefined }
  | { kind: 'overdue'; key: string; violation: Violation; dueMs: number }
  | { kind: 'feed'; key: string; feed: string; silentMs: number | undefined };

export interface Heard {
  status: SystemStatus | undefined;
  clusters: ClustersAnswer | undefined;
  risks: readonly RiskScored[];
  overdue: readonly Violation[];
  feeds: readonly Freshness[];
  /** Calls that a person has to take up; left out: nobody knows any. */
  calls?: readonly Call[];
}

/**
 * What waits, the most pressing first: what of the product itself is broken, calls that nobody answered (the longest first), clusters that were raised, wards that are likely to rise, violations beyond their term (the
 * longest first), feeds that are late.
 */
export function inboxItems({ status, clusters, risks, overdue, feeds, calls = [] }: Heard): InboxItem[] {
  const away = (status?.services ?? []).filter((one) => one.status !== 'ready');
  const parked = status?.parked ?? 0;
  return [
    ...away.map(({ service }): InboxItem => ({ kind: 'service', key: `service ${service}`, service })),
    ...(parked > 0 ? [{ kind: 'parked' as const, key: 'parked', count: parked }] : []),
    ...(status?.disk?.full ? [{ kind: 'disk' as const, key: 'disk' }] : []),
    ...calls
      .map((call): InboxItem & { kind: 'call' } => ({
        kind: 'call',
        key: `call ${call.callId}`,
        call,
        sinceMs: Date.parse(call.alertedAt ?? call.statusSince),
      }))
      .toSorted((one, other) => one.sinceMs - other.sinceMs),
    ...(clusters?.alerts ?? []).map(
      ({ areaIds, observed, expected, knownAt }): InboxItem => ({
        kind: 'cluster',
        key: `cluster ${areaIds[0]} ${knownAt}`,
        areaIds,
        observed,
        expected,
        sinceMs: Date.parse(knownAt),
      }),
    ),
    ...risks
      .filter((risk) => !risk.abstention && (risk.riseIn2Weeks ?? 0) >= riseAlarm)
      .toSorted((a, b) => b.riseIn2Weeks! - a.riseIn2Weeks!)
      .map(
        (risk): InboxItem => ({
          kind: 'rise',
          key: `rise ${risk.areaId}`,
          areaId: risk.areaId,
          share: risk.riseIn2Weeks!,
          sinceMs: risk.knownAt ? Date.parse(risk.knownAt) : undefined,
        }),
      ),
    ...overdue
      .filter(({ dueAt }) => dueAt !== null)
      .toSorted(byDeadline)
      .map(
        (violation): InboxItem => ({
          kind: 'overdue',
          key: `overdue ${violation.violationId}`,
          violation,
          dueMs: Date.parse(violation.dueAt!),
        }),
      ),
    ...feeds
      .filter(({ stale }) => stale)
      .map(({ feed, ageMs }): InboxItem => ({ kind: 'feed', key: `feed ${feed}`, feed, silentMs: ageMs ?? undefined })),
  ];
}

/** So many of them for a first glance: of every kind in turn, in the order in which they stand, so that no kind hides another. */
export function atAGlance(items: readonly InboxItem[], most: number): InboxItem[] {
  const groups = [...Map.groupBy(items, ({ kind }) => kind).values()];
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, round) => groups.flatMap((group) => group[round] ?? [])).flat();
  const chosen = new Set(inTurn.slice(0, most));
  return items.filter((item) => chosen.has(item));
}
