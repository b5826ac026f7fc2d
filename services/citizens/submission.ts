import { turnsDirection } from '#contracts/primitives.ts';
import type { EntityData } from '#lifecycle/entity/entity.ts';
import { decideReport, type EntityState } from '#lifecycle/entity/state.ts';
import { projectionWaitMs } from '#lifecycle/run-command.ts';
import { appendProblem, runCommand } from '#platform/command.ts';
import { Problem } from '#platform/problem.ts';
import { type Stamp, stamp, stampedFact } from '../district/stamp.ts';
import { type CitizenParts, readReport } from './parts.ts';
import { type Reference, referenceOf } from './reference.ts';
import { reportContactGiven } from './report/contact-given.ts';
import { contactOf } from './report/contacts.ts';
import { report } from './report/report.ts';
import { routingOf } from './routing/route-report.ts';

/** What somebody reports, and who he is as far as he says it. */
export interface Submission {
  /** Random text of at least 122 bits: what is sent again with the same one is the same report. */
  submission: string;
  said: Omit<EntityData, 'occurredAt'>;
  contact: Partial<Record<'name' | 'phone' | 'email' | 'deviceId' | 'accountId', string>>;
}

/** A report that is in the journal. */
export interface Submitted extends Reference {
  /** False: it was sent before. */
  isNew: boolean;
  state: EntityState | undefined;
}

/**
 * Takes a report in: who it is from, the report itself, and its routing, in this order. Whatever dies in between, sending it again goes on where it ended: a contact
 * without a report is nothing, and a report without routing is routed by whoever leads the rows.
 *
 * @throws Problem 404 for a district that there is not, 409 while its clock stands nowhere, 422 for what cannot be
 */
export async function submit(
  parts: CitizenParts,
  district: string,
  attribution: Pick<Stamp, 'actor' | 'correlationId'>,
  { submission, said, contact }: Submission,
): Promise<Submitted> {
  const { appender, kept, database, projection } = parts;
  const stamped = await stamp(parts, district, attribution, (of) => kept.newestKnown(database, of));
  const reference = referenceOf(district, submission);
  const { reportId, secretHash } = reference;
  const known = await readReport(parts, district, reportId);
  if (known?.state.reported) {
    // Forty bits are public: another's number may be hit, by chance or on purpose. It is not told, and not taken for the same report.
    const held = (await contactOf(database, district, reportId))?.secretHash;
    if (held !== undefined && held !== secretHash) throw numberTaken();
    return { ...reference, isNew: false, state: known.state };
  }

  const data: EntityData = { ...inOneDirection(said), reportId, occurredAt: stamped.now };
  const received = (current: Awaited<ReturnType<typeof readReport>>) => {
    const { definition, ...fact } = decideReport(report, current, data, stamped.now);
    return stampedFact({ ...stamped, eventId: `${reportId}/received` }, definition, { source: 'citizens', ...fact })
      .message;
  };
  // Judged before anything is said.
  received(undefined);
  const { message } = stampedFact({ ...stamped, eventId: `${reportId}/contact` }, reportContactGiven, {
    source: 'citizens',
    data: { reportId, secretHash, ...inOneDirection(contact) },
  });
  const contactResult = await appender.append(message);
  if (!contactResult.ok) throw appendProblem(contactResult);
  const { sequence } = await runCommand<EntityState>({
    ifMatch: undefined,
    read: () => readReport(parts, district, reportId),
    decide: received,
    appender,
    projected: (through) => projection.reached(district, through, projectionWaitMs),
  });
  await routeReceived(parts, stamped, reportId, sequence);
  return { ...reference, isNew: true, state: (await readReport(parts, district, reportId))?.state };
}

/** Texts without the characters that turn their direction: telephones paste them in, and in a list they turn the words of others around. */
const inOneDirection = <Said extends object>(said: Said): Said => {
  const all = new RegExp(turnsDirection, 'g');
  const plain = Object.entries(said).map(([field, value]) => [
    field,
    typeof value === 'string' ? value.replace(all, '') : value,
  ]);
  return Object.fromEntries(plain) as Said;
};

const numberTaken = () =>
  new Problem(409, 'This number is taken', {
    detail: 'Send it again with another submission: nothing was kept.',
    vietnamese: { title: 'Mã này đã có', detail: 'Xin gửi lại: chưa có gì được ghi nhận.' },
  });

/** Routes a report that was just received; when its rows are late it is left to whoever leads them. */
async function routeReceived(parts: CitizenParts, stamped: Stamp, reportId: string, sequence: number): Promise<void> {
  const current = await readReport(parts, stamped.district, reportId);
  if (!current || current.sequence !== sequence) return;
  const result = await parts.appender.append(await routingOf(parts.database, stamped, current));
  if (result.ok) await parts.projection.reached(stamped.district, result.sequence, projectionWaitMs);
}
