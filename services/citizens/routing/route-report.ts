import type { EntityState } from '#lifecycle/entity/state.ts';
import type { Message } from '#platform/append.ts';
import type { Versioned } from '#platform/command.ts';
import type { Database } from '#platform/database.ts';
import { localDay } from '#platform/local-time.ts';
import { type Stamp, stampedFact } from '../../district/stamp.ts';
import { reportRouted } from '../report/report.ts';
import type { Topic } from '../report/topics.ts';
import { placeOnDay } from './place.ts';
import { routeOf } from './routing.ts';

/** Id of the event by which a report is routed for the first time: whoever routes it says the same event. */
const firstRouting = (reportId: string) => `${reportId}/routed/1`;

/** The event that routes a report that was received, by the rules of the day of its receipt; on condition that nothing else was said of it. */
export async function routingOf(
  database: Database,
  stamped: Stamp,
  { state, sequence, subjectSequence = sequence }: Versioned<EntityState>,
): Promise<Message> {
  const reportId = String(state.reportId);
  const day = localDay(Date.parse(state.occurredAt), stamped.timeZone ?? 'Asia/Ho_Chi_Minh');
  const { areaIds, wardId } = await placeOnDay(database, stamped.district, day, {
    location: state.location ?? undefined,
    areaId: state.statedAreaId ?? undefined,
  });
  const { unit, rule } = routeOf({ topic: state.topic as Topic, areaIds, wardId, day });
  const occurredAt =
    Date.parse(stamped.now) > Date.parse(state.statusSince) ? stamped.now : new Date(state.statusSince).toISOString();
  const { message } = stampedFact({ ...stamped, eventId: firstRouting(reportId) }, reportRouted, {
    source: 'citizens',
    time: occurredAt,
    data: { reportId, occurredAt, unit, routingRule: rule },
  });
  return { ...message, expectedSubjectSequence: subjectSequence };
}
