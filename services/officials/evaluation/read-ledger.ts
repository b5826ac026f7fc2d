import type { Reads } from '#platform/database.ts';
import type { Moment } from '../../district/moment.ts';
import { readDirectives } from '../directives/read-directives.ts';
import type { Officer } from '../register/read-officers.ts';
import type { LedgerRow } from './evaluate.ts';

/** Local days, both within, YYYY-MM-DD. */
export interface Period {
  from: string;
  to: string;
}
type Plain = Omit<LedgerRow, 'dispute'>;

/** Rings of a telephone while the officer was on call there. */
async function ringRows(
  reads: Reads,
  { district, timeZone }: Moment,
  officerId: string,
  period: Period,
): Promise<Plain[]> {
  const { rows } = await reads.query<{
    call_id: string;
    attempt: number;
    rang_at: Date;
    ended_at: Date;
    outcome: string;
  }>(
    `SELECT DISTINCT r.call_id, r.attempt, r.rang_at, r.ended_at, r.outcome FROM hotline.published_rings r
     JOIN officials.published_shifts s ON s.district = r.district AND s.target_id = r.target_id AND s.from_at <= r.rang_at AND r.rang_at < s.until_at
     WHERE r.district = $1 AND s.officer_id = $2 AND r.outcome IS NOT NULL
       AND (r.rang_at AT TIME ZONE $3)::date BETWEEN $4::date AND $5::date ORDER BY r.rang_at, r.call_id, r.attempt`,
    [district, officerId, timeZone, period.from, period.to],
  );
  return rows.flatMap(({ call_id, attempt, rang_at, ended_at, outcome }): Plain[] => {
    const common = { rowId: `call/${call_id}/${attempt}`, at: rang_at.toISOString(), said: outcome };
    const answered = outcome === 'answered';
    return [
      {
        ...{ ...common, formula: 'call-answered', value: answered ? 1 : 0 },
        leftOut: outcome === 'caller-hung-up' ? 'caller-hung-up' : outcome === 'failed' ? 'carrier-failed' : null,
      },
      {
        ...{ ...common, formula: 'call-time-to-answer', leftOut: answered ? null : 'not-answered' },
        value: Math.round((ended_at.getTime() - rang_at.getTime()) / 1000),
      },
    ];
  });
}

/** Directives that were addressed to the officer and fell due. */
async function directiveRows(
  reads: Reads,
  { district, timeZone, instant }: Moment,
  officerId: string,
  period: Period,
): Promise<Plain[]> {
  const { rows } = await reads.query<{ directive_id: string }>(
    `SELECT directive_id FROM officials.directives WHERE district = $1 AND data->'addressees' ? $2 AND (data->>'dueAt')::timestamptz <= $3::timestamptz
       AND ((data->>'dueAt')::timestamptz AT TIME ZONE $4)::date BETWEEN $5::date AND $6::date`,
    [district, officerId, instant, timeZone, period.from, period.to],
  );
  const directives = await readDirectives(
    reads,
    district,
    rows.map(({ directive_id }) => directive_id),
  );
  return [...directives.values()].map(({ directiveId, dueAt, addressees, withdrawnAt }): Plain => {
    const doneAt = addressees.find((one) => one.officerId === officerId)?.doneAt ?? null;
    return {
      ...{ formula: 'directive-on-time', rowId: `directive/${directiveId}`, at: dueAt },
      value: doneAt !== null && Date.parse(doneAt) <= Date.parse(dueAt) ? 1 : 0,
      leftOut: withdrawnAt !== null ? 'withdrawn' : null,
      said: doneAt === null ? 'not-done' : 'done',
    };
  });
}

/** Citizens' reports that the unit answered first, or has and did not answer. */
async function reportRows(
  reads: Reads,
  { district, timeZone, instant }: Moment,
  unit: string,
  period: Period,
): Promise<Plain[]> {
  const { rows } = await reads.query<{
    report_id: string;
    occurred_at: Date;
    first_closed_by: string | null;
    first_in_time: boolean | null;
    first_outcome: string | null;
    reopenings: number;
  }>(
    `SELECT report_id, occurred_at, first_closed_by, first_in_time, first_outcome, reopenings FROM citizens.published_reports
     WHERE district = $1 AND known_until = 'infinity' AND COALESCE(first_closed_by, unit) = $2 AND (first_closed_at IS NOT NULL OR due_at <= $3::timestamptz)
       AND (occurred_at AT TIME ZONE $4)::date BETWEEN $5::date AND $6::date ORDER BY occurred_at, report_id`,
    [district, unit, instant, timeZone, period.from, period.to],
  );
  return rows.flatMap(
    ({ report_id, occurred_at, first_closed_by, first_in_time, first_outcome, reopenings }): Plain[] => {
      const common = { rowId: `report/${report_id}`, at: occurred_at.toISOString(), said: first_outcome };
      const leftOut: Plain['leftOut'] = first_outcome === 'not-our-duty' ? 'not-our-duty' : null;
      return [
        { ...common, formula: 'report-on-time', value: first_in_time ? 1 : 0, leftOut },
        ...(first_closed_by === null
          ? []
          : [{ ...common, formula: 'report-reopened' as const, value: reopenings > 0 ? 1 : 0, leftOut }]),
      ];
    },
  );
}

/** Judgements of reporters on answers of the unit. */
async function ratingRows(
  reads: Reads,
  { district, timeZone }: Moment,
  unit: string,
  period: Period,
): Promise<Plain[]> {
  const { rows } = await reads.query<{ rating: string; report_id: string; satisfaction: number; occurred_at: Date }>(
    `SELECT md5(event_key) AS rating, report_id, satisfaction, occurred_at FROM citizens.published_ratings
     WHERE district = $1 AND unit = $2 AND (occurred_at AT TIME ZONE $3)::date BETWEEN $4::date AND $5::date ORDER BY occurred_at, event_key`,
    [district, unit, timeZone, period.from, period.to],
  );
  return rows.map(({ rating, satisfaction, occurred_at }) => ({
    ...{ formula: 'report-satisfaction', rowId: `rating/${rating}`, at: occurred_at.toISOString(), leftOut: null },
    ...{ value: satisfaction >= 4 ? 1 : 0, said: String(satisfaction) },
  }));
}

export interface Dispute {
  disputeId: string;
  officerId: string;
  formula: string;
  rowId: string;
  reason: string;
  disputedAt: string;
  disputedBy: string | null;
  /** null: not decided. */
  accepted: boolean | null;
  decision: string | null;
  decidedAt: string | null;
}

/** Disputes, the oldest first. `asOf` (RFC 3339): as known then; left out: now. */
export async function readDisputes(
  reads: Reads,
  district: string,
  {
    officerId,
    disputeId,
    asOf,
  }: { officerId?: string | undefined; disputeId?: string | undefined; asOf?: string | undefined } = {},
): Promise<Dispute[]> {
  const { rows } = await reads.query<
    Omit<Dispute, 'disputedAt' | 'decidedAt'> & { disputedAt: Date; decidedAt: Date | null }
  >(
    `SELECT d.dispute_id AS "disputeId", d.officer_id AS "officerId", d.formula, d.row_id AS "rowId", d.reason, d.disputed_at AS "disputedAt", d.disputed_by AS "disputedBy",
       c.accepted, c.reason AS decision, c.decided_at AS "decidedAt"
     FROM officials.disputes d LEFT JOIN officials.dispute_decisions c
       ON c.district = d.district AND c.dispute_id = d.dispute_id AND ($4::timestamptz IS NULL OR c.known_at <= $4)
     WHERE d.district = $1 AND ($4::timestamptz IS NULL OR d.known_at <= $4) AND ($2::text IS NULL OR d.officer_id = $2) AND ($3::text IS NULL OR d.dispute_id = $3) ORDER BY d.disputed_at, d.dispute_id LIMIT 1000`,
    [district, officerId ?? null, disputeId ?? null, asOf ?? null],
  );
  return rows.map((one) => ({
    ...one,
    disputedAt: one.disputedAt.toISOString(),
    decidedAt: one.decidedAt?.toISOString() ?? null,
  }));
}

/** Every row behind the numbers of an officer over a period, with what was said against it. */
export async function readLedger(
  reads: Reads,
  moment: Moment,
  { officerId, unit }: Pick<Officer, 'officerId' | 'unit'>,
  period: Period,
): Promise<LedgerRow[]> {
  const rows = [
    ...(await ringRows(reads, moment, officerId, period)),
    ...(await directiveRows(reads, moment, officerId, period)),
    ...(await reportRows(reads, moment, unit, period)),
    ...(await ratingRows(reads, moment, unit, period)),
  ];
  const disputes = new Map(
    (await readDisputes(reads, moment.district, { officerId })).map((one) => [`${one.formula} ${one.rowId}`, one]),
  );
  return rows.map((row) => {
    const found = disputes.get(`${row.formula} ${row.rowId}`);
    return {
      ...row,
      dispute: found
        ? {
            ...{ disputeId: found.disputeId, reason: found.reason, decision: found.decision },
            state: found.accepted === null ? 'open' : found.accepted ? 'accepted' : 'rejected',
          }
        : null,
    };
  });
}
