import { createHash } from 'node:crypto';
import { dayNumber } from '@vungxanh/ml';
import type { Attribution } from '#contracts/new-event.ts';
import type { PlanRequest, ScenarioRequest, ScenarioRun } from '#contracts/scenarios.ts';
import { lastMessage, listDistrictStreams } from '#platform/journal.ts';
import { localDay } from '#platform/local-time.ts';
import { Problem } from '#platform/problem.ts';
import type { ServiceParts } from '#platform/service.ts';
import { type CaseMoment, momentOf } from '../case-history/moment.ts';
import { codeVersion, requestBounds } from './assumptions.ts';
import { computeRun, type RunEnd } from './compute-run.ts';
import { FittedModels } from './fitted-models.ts';
import { type ScenarioMeters, scenarioMeters } from './meters.ts';
import { daysBetweenRecords, recordRequest } from './nothing-record.ts';
import { RunQueue } from './queue.ts';
import {
  listRuns,
  type RunRow,
  readLastRecord,
  readOpenRuns,
  readRun,
  readRunHead,
  readRunOfInput,
  type WholeRunRow,
} from './reads/runs.ts';
import { readBasis, type ScenarioBasis, withheld } from './reads/scenario-basis.ts';
import { checkPlan, checkRequest } from './request-check.ts';
import {
  appendEnd,
  appendRequested,
  causeOf,
  type JournalParts,
  ownAttribution,
  persistently,
  stampOf,
} from './run-journal.ts';

export type Parts = JournalParts & Pick<ServiceParts, 'log' | 'metrics'>;
type Asked = { kind: 'comparison'; request: ScenarioRequest } | { kind: 'plan'; request: PlanRequest };

const catchUpMs = 60_000;

/** Runs of scenarios: asked for in the journal, done in line, ended in the journal. What was pending when the process died is done by the next. */
export class ScenarioRuns {
  readonly models: FittedModels;
  private readonly parts: Parts;
  private readonly queue: RunQueue;
  private readonly meters: ScenarioMeters;
  private readonly listeners = new Map<string, Set<() => void>>();
  private readonly asking = new Map<string, Promise<{ run: ScenarioRun; status: 200 | 202 }>>();
  private readonly stopping = new AbortController();

  constructor(parts: Parts) {
    this.parts = parts;
    this.queue = new RunQueue((id) => this.tell(id));
    this.meters = scenarioMeters(parts.metrics.registry, () => this.queue.length);
    this.models = new FittedModels((seconds) => this.meters.fitted(seconds));
  }

  /**
   * Takes a request, or finds the run that answers it: 200 when the answer is there, 202 when it will be.
   * @param caller who asks, and by which request; left out: this programme itself
   */
  async ask(
    asked: Asked,
    caller: Attribution = ownAttribution(this.parts.newId()),
  ): Promise<{ run: ScenarioRun; status: 200 | 202 }> {
    const { district, asOf } = asked.request;
    const moment = await momentOf(this.parts.database, district, asOf, this.parts.now());
    const basis = await readBasis(this.parts.database, moment);
    if (withheld(basis))
      throw new Problem(409, 'There is no model of this district', {
        detail: basis.detail,
        vietnamese: { title: 'Địa bàn này chưa có mô hình', detail: basis.note.vi },
        errors: [
          { field: 'json.district', value: district, reason: `${basis.reason}: ${basis.detail}`, words: basis.note },
        ],
        extensions: { abstention: basis },
      });
    const errors = asked.kind === 'comparison' ? checkRequest(asked.request, basis) : checkPlan(asked.request, basis);
    if (errors.length > 0) throw new Problem(422, 'The request does not fit', { errors });
    const hash = inputHash(asked, basis);
    const key = `${district} ${hash}`;
    const same = this.asking.get(key);
    if (same) return same;
    const answer = this.request(asked, basis, hash, caller).finally(() => this.asking.delete(key));
    this.asking.set(key, answer);
    return answer;
  }

  /** Keeps a run of "do nothing" for the record, once in seven days of the district's clock. Returns the number of runs asked for. */
  async keepRecord(district: string): Promise<number> {
    const { database, now } = this.parts;
    const moment = await momentOf(database, district, undefined, now());
    if (moment.clock === 'recorded' && !moment.started) return 0;
    const last = await readLastRecord(database, district);
    if (last) {
      const lastDay = localDay(last.getTime(), moment.timeZone);
      if (dayNumber(moment.day) - dayNumber(lastDay) < daysBetweenRecords) return 0;
    }
    if (withheld(await readBasis(database, moment))) return 0;
    const { status } = await this.ask({ kind: 'comparison', request: recordRequest(district) });
    return status === 202 ? 1 : 0;
  }

  async read(runId: string): Promise<ScenarioRun> {
    const row = await readRun(this.parts.database, runId);
    if (!row) throw noSuchRun(runId);
    return this.whole(row);
  }

  /** Without request and result. */
  async head(runId: string): Promise<ScenarioRun> {
    const row = await readRunHead(this.parts.database, runId);
    if (!row) throw noSuchRun(runId);
    return this.told(row);
  }

  async list(district: string, asOf: string | undefined, page: { limit: number; cursor?: string | undefined }) {
    const { items, next } = await listRuns(this.parts.database, district, asOf, page);
    return { items: items.map((row) => this.told(row)), next };
  }

  /** Calls back at each change of a run; returns how to stop that. */
  follow(runId: string, listener: () => void): () => void {
    const listeners = this.listeners.get(runId) ?? new Set();
    this.listeners.set(runId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(runId);
    };
  }

  /** First said, then stopped: what is in the journal holds whoever dies in between. */
  async cancel(runId: string, caller: Attribution): Promise<ScenarioRun> {
    const row = await readRun(this.parts.database, runId);
    if (!row) throw noSuchRun(runId);
    if (row.status !== 'requested') throw alreadyEnded(row);
    const { kind } = row;
    if (!(await appendEnd(this.parts, row, 'scenario-cancelled', { runId, kind }, caller)))
      throw alreadyEnded((await readRun(this.parts.database, runId)) ?? row);
    await this.queue.drop(runId, new Error('cancelled'));
    this.meters.ended(kind, 'cancelled');
    this.tell(runId);
    return this.read(runId);
  }

  /** Puts into line what the journal still owes, once the rows are up to it. */
  async resume(): Promise<void> {
    const { database, broker, projection, log } = this.parts;
    await persistently(
      this.stopping.signal,
      async () => {
        for (const { district, stream } of await listDistrictStreams(broker)) {
          const last = await lastMessage(broker, stream, `vx.${district}.ml.scenario.>`);
          if (last) await projection.reached(district, last.sequence, catchUpMs);
          for (const row of await readOpenRuns(database, district)) this.enqueue(row);
        }
      },
      (error) => log.warn({ reason: error.message }, 'pending runs not read yet'),
    ).catch((error) => {
      if (!this.stopping.signal.aborted) log.error({ err: error }, 'pending runs not read');
    });
  }

  async stop(): Promise<void> {
    const reason = new Error('the service is stopping');
    this.stopping.abort(reason);
    this.models.stop();
    await this.queue.stop(reason);
  }

  private async request(
    asked: Asked,
    basis: ScenarioBasis,
    hash: string,
    caller: Attribution,
  ): Promise<{ run: ScenarioRun; status: 200 | 202 }> {
    const { database, newId } = this.parts;
    const { district } = basis.moment;
    const known = await readRunOfInput(database, district, hash);
    if (known?.status === 'completed') {
      this.meters.ended(known.kind, 'cached');
      return { run: { ...this.whole(known), cached: true }, status: 200 };
    }
    if (known) {
      this.enqueue(known);
      return { run: this.whole(known), status: 202 };
    }
    if (this.queue.length >= requestBounds.mostQueued)
      throw new Problem(429, 'Too many runs are waiting', {
        detail: `${this.queue.length} runs wait, at most ${requestBounds.mostQueued}. Ask again when one has ended.`,
        headers: { 'retry-after': '10' },
      });
    const runId = `run-${newId()}`;
    await appendRequested(this.parts, await stampOf(this.parts, district, caller), {
      runId,
      kind: asked.kind,
      inputHash: hash,
      dataHash: basis.question.hash,
      codeVersion,
      names: namesOf(asked),
      clockTime: basis.moment.instant,
      request: asked.request,
    });
    this.meters.ended(asked.kind, 'requested');
    const row = await readRun(database, runId);
    if (!row) throw noSuchRun(runId);
    this.enqueue(row);
    return { run: this.whole(row), status: 202 };
  }

  private enqueue(row: WholeRunRow): void {
    this.queue.add({ id: row.runId, work: (signal, progress) => this.run(row, signal, progress) });
  }

  private async run(row: WholeRunRow, signal: AbortSignal, progress: (share: number) => void): Promise<void> {
    const { log } = this.parts;
    const { runId, kind } = row;
    const tryAgain = (error: Error) => log.warn({ run: runId, reason: error.message }, 'run goes on when it can');
    const end = async (result: RunEnd) => {
      const said = await persistently(
        signal,
        async () => {
          const cause = await causeOf(this.parts, row);
          return result.type === 'scenario-completed'
            ? appendEnd(this.parts, row, result.type, result.data, cause)
            : appendEnd(this.parts, row, result.type, result.data, cause);
        },
        tryAgain,
      );
      if (said) this.meters.ended(kind, result.type.slice('scenario-'.length));
    };
    const failed = (reason: keyof typeof failures, message: string) => {
      const detail = message.slice(0, 4000);
      const note = { vi: `${failures[reason]} (${message.slice(0, 1000)})`, en: detail };
      return end({ type: 'scenario-failed', data: { runId, kind, reason, detail, note } });
    };
    const start = performance.now();
    try {
      const result = await persistently(signal, () => this.compute(row, signal, progress), tryAgain);
      const seconds = (performance.now() - start) / 1000;
      if (result.type === 'scenario-completed') {
        result.data.seconds = Number(seconds.toFixed(2));
        this.meters.ran(kind, seconds);
      }
      await end(result);
    } catch (error) {
      if (signal.aborted) return;
      if ((error as { status?: number }).status === 404)
        return log.info({ run: runId }, 'the district of a run is gone');
      log.error({ err: error, run: runId }, 'run failed');
      await failed(error instanceof RangeError ? 'result-too-large' : 'computation', (error as Error).message).catch(
        (unsaid) => log.error({ err: unsaid, run: runId }, 'end of a run not said'),
      );
    }
  }

  private async compute(row: WholeRunRow, signal: AbortSignal, progress: (share: number) => void): Promise<RunEnd> {
    const { database, now } = this.parts;
    const { runId, kind } = row;
    const moment = await momentOf(database, row.district, row.request.asOf, now());
    const basis = await readBasis(database, pinned(moment, row.clockTime));
    if (withheld(basis)) return { type: 'scenario-failed', data: { runId, kind, ...basis } };
    return computeRun(row, basis, inputHash(row, basis), () => unlessAborted(signal, this.models.of(basis.question)), {
      signal,
      progress,
    });
  }

  private whole(row: WholeRunRow): ScenarioRun {
    const asked = { ...this.told(row), request: row.request };
    if (row.result === null) return asked;
    return row.kind === 'comparison' ? { ...asked, comparison: row.result } : { ...asked, plan: row.result };
  }

  private told(row: RunRow): ScenarioRun {
    const standing = row.status === 'requested' ? this.queue.standing(row.runId) : undefined;
    return {
      id: row.runId,
      kind: row.kind,
      district: row.district,
      inputHash: row.inputHash,
      status: row.status === 'requested' ? (standing?.status ?? 'queued') : row.status,
      position: standing?.position ?? null,
      progress: row.status === 'completed' ? 1 : Number((standing?.progress ?? 0).toFixed(3)),
      requestedAt: row.requestedAt,
      endedAt: row.endedAt,
      cached: false,
      names: row.names,
      ...(row.failure ? { failure: row.failure } : {}),
    };
  }

  private tell(runId: string): void {
    for (const listener of this.listeners.get(runId) ?? []) listener();
  }
}

/** The same request on the same data by the same code. */
function inputHash(asked: Asked, basis: ScenarioBasis): string {
  const { asOf: _asOf, ...request } = asked.request;
  return createHash('sha256')
    .update(JSON.stringify([asked.kind, inOrder(request), basis.question.hash, codeVersion]))
    .digest('hex')
    .slice(0, 32);
}

/** Keys by name: a request that was in the database has them in another order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value).sort();
  return keys.map((key) => [key, inOrder((value as Record<string, unknown>)[key])]);
}

const namesOf = (asked: Asked): string[] =>
  asked.kind === 'comparison'
    ? asked.request.scenarios.map(({ name }) => name)
    : [`< ${asked.request.target.ratePer100k} / 100.000, ${asked.request.target.withinDays} d`];

/** The moment at which a run was asked for, looked at again later. */
const pinned = (moment: CaseMoment, clockTime: string): CaseMoment =>
  moment.asOf === undefined
    ? { ...moment, instant: clockTime, day: localDay(Date.parse(clockTime), moment.timeZone) }
    : moment;

/** A fit is shared with whoever else waits for it: it goes on, only this wait ends. */
function unlessAborted<Value>(signal: AbortSignal, value: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    void value.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

const noSuchRun = (runId: string) =>
  new Problem(404, 'No such run', {
    errors: [{ field: 'param.id', value: runId, reason: 'one of GET /api/scenarios?district' }],
  });

const alreadyEnded = ({ runId, status }: RunRow) =>
  new Problem(409, 'The run has ended', {
    detail: `Run ${runId} is ${status}: there is nothing to cancel.`,
    extensions: { status, next: [`GET /api/scenarios/${runId}`, 'POST /api/scenarios'] },
  });

/** Why a run that could begin did not end, before what the programme says of it. */
const failures = {
  'result-too-large': 'kết quả vượt quá mức cho phép',
  computation: 'phép tính gặp lỗi',
};
