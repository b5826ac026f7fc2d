import type { PlanRequest, PlanResult, ScenarioRequest, ScenarioResult } from '#contracts/scenarios.ts';
import type { Database } from '#platform/database.ts';
import { type NothingRun, recordName } from '../nothing-record.ts';

/** A run as the journal has it. */
export interface RunRow {
  district: string;
  runId: string;
  kind: 'comparison' | 'plan';
  status: 'requested' | 'completed' | 'cancelled' | 'failed';
  inputHash: string;
  names: string[];
  clockTime: string;
  requestedAt: string;
  requestedSequence: number;
  endedAt: string | null;
  failure: { reason: string; detail: string } | null;
}

/** Whole, with what was asked and what came out. */
export type WholeRunRow = RunRow &
  (
    | { kind: 'comparison'; request: ScenarioRequest; result: ScenarioResult | null }
    | { kind: 'plan'; request: PlanRequest; result: PlanResult | null }
  );

/** Half a year of weekly runs. */
const mostRunsOfRecord = 26;
const mostDaysOfRecord = 190;

const columns = `district, run_id AS "runId", kind, status, input_hash AS "inputHash", names, clock_time AS "clockTime", requested_at AS "requestedAt",
  requested_sequence AS "requestedSequence", ended_at AS "endedAt", failure`;

type Stored<Row extends RunRow> = Omit<Row, 'clockTime' | 'requestedAt' | 'endedAt'> & {
  clockTime: Date;
  requestedAt: Date;
  endedAt: Date | null;
};
const told = <Row extends RunRow>(row: Stored<Row>): Row =>
  ({
    ...row,
    clockTime: row.clockTime.toISOString(),
    requestedAt: row.requestedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }) as Row;

export async function readRun(database: Database, runId: string): Promise<WholeRunRow | undefined> {
  const { rows } = await database.query<Stored<WholeRunRow>>(
    `SELECT ${columns}, request, result FROM ml.scenario_runs WHERE run_id = $1 ORDER BY district LIMIT 1`,
    [runId],
  );
  return rows[0] && told(rows[0]);
}

/** The same without request and result: for a look every now and then. */
export async function readRunHead(database: Database, runId: string): Promise<RunRow | undefined> {
  const { rows } = await database.query<Stored<RunRow>>(
    `SELECT ${columns} FROM ml.scenario_runs WHERE run_id = $1 ORDER BY district LIMIT 1`,
    [runId],
  );
  return rows[0] && told(rows[0]);
}

/** The run that has the answer to an input, or will: completed before open, newest first. */
export async function readRunOfInput(
  database: Database,
  district: string,
  inputHash: string,
): Promise<WholeRunRow | undefined> {
  const { rows } = await database.query<Stored<WholeRunRow>>(
    `SELECT ${columns}, request, result FROM ml.scenario_runs
     WHERE district = $1 AND input_hash = $2 AND status IN ('completed', 'requested') ORDER BY status = 'completed' DESC, requested_sequence DESC LIMIT 1`,
    [district, inputHash],
  );
  return rows[0] && told(rows[0]);
}

/** Those that nobody has ended, oldest first. */
export async function readOpenRuns(database: Database, district: string): Promise<WholeRunRow[]> {
  const { rows } = await database.query<Stored<WholeRunRow>>(
    `SELECT ${columns}, request, result FROM ml.scenario_runs WHERE district = $1 AND status = 'requested' ORDER BY requested_sequence`,
    [district],
  );
  return rows.map((row) => told<WholeRunRow>(row));
}

/** The district's clock at which a run was last kept for the record, whatever became of it. */
export async function readLastRecord(database: Database, district: string): Promise<Date | undefined> {
  const { rows } = await database.query<{ clockTime: Date }>(
    `SELECT clock_time AS "clockTime" FROM ml.scenario_runs WHERE district = $1 AND names = ARRAY[$2] ORDER BY requested_sequence DESC LIMIT 1`,
    [district, recordName],
  );
  return rows[0]?.clockTime;
}

/**
 * What runs said of doing nothing, one for each first day, newest first. Runs of a past moment were made in hindsight, and are left out.
 * @param instant the district's clock: runs asked for later are not there yet
 */
export async function readNothingRuns(database: Database, district: string, instant: string): Promise<NothingRun[]> {
  const { rows } = await database.query<NothingRun>(
    `SELECT DISTINCT ON (result->>'startDate') result->>'startDate' AS "startDate",
       jsonb_path_query_first(result, '$.outcomes[*] ? (@.kind == "nothing").daily.reported') AS reported
     FROM ml.scenario_runs
     WHERE district = $1 AND kind = 'comparison' AND status = 'completed' AND clock_time BETWEEN $2::timestamptz - interval '${mostDaysOfRecord} days' AND $2 AND request->>'asOf' IS NULL
     ORDER BY result->>'startDate' DESC, requested_sequence DESC LIMIT ${mostRunsOfRecord}`,
    [district, instant],
  );
  return rows;
}

/** A page of a district's runs, newest first. asOf: those asked for by then, as they stood. */
export async function listRuns(
  database: Database,
  district: string,
  asOf: string | undefined,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: RunRow[]; next: string | null }> {
  const { rows } = await database.query<Stored<RunRow>>(
    `SELECT ${columns} FROM ml.scenario_runs
     WHERE district = $1 AND requested_at <= coalesce($2::timestamptz, 'infinity') AND ($3::bigint IS NULL OR requested_sequence < $3) AND names <> ARRAY[$5]
     ORDER BY requested_sequence DESC LIMIT $4`,
    [district, asOf ?? null, page.cursor ?? null, page.limit, recordName],
  );
  const items = rows
    .map((row) => told<RunRow>(row))
    .map((row) =>
      asOf && row.endedAt && Date.parse(row.endedAt) > Date.parse(asOf)
        ? { ...row, status: 'requested' as const, endedAt: null, failure: null }
        : row,
    );
  return { items, next: items.length === page.limit ? String(items.at(-1)!.requestedSequence) : null };
}
