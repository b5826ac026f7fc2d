import { isJudgedWithCase } from '#contracts/events/epidemic/case-state.ts';
import type { CaseChangeFaults } from '#contracts/http/epidemic.ts';
import { type Gateway, GatewayError } from '#platform/gateway.ts';
import type { WordedError } from '#platform/problem.ts';

/** An event that was taken, as far as its case is asked about it. */
export interface TakenEvent {
  type: string;
  district: string;
  id: string;
  source: string;
  time: string;
  recordedtime: string;
  authid?: string;
  authtype?: string;
  data: Record<string, unknown>;
}

/** What of the events of a district contradicts what is known of their cases and what stands before them, in their order. */
export type JudgeChanges = (district: string, changes: readonly TakenEvent[]) => Promise<WordedError[][]>;

const patienceMs = 1000;
/** After an answer that did not come, events are taken unasked for so long: a service that is away must not make the door slow. */
const restMs = 5000;

/**
 * Asks epidemic, which has the rows of cases. Whatever it does not answer within a second is taken: facts come in while PostgreSQL is away.
 * @param now milliseconds, of a clock that does not run back
 */
export function askEpidemic(gateway: Pick<Gateway, 'post'>, now: () => number = () => performance.now()): JudgeChanges {
  let restsUntil = Number.NEGATIVE_INFINITY;
  return async (district, changes) => {
    if (now() < restsUntil) return [];
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((done) => {
      timer = setTimeout(done, patienceMs, undefined);
    });
    const asked = gateway
      .post<CaseChangeFaults>(`/api/epidemic/case-changes/judgement?district=${district}`, {
        changes: changes.map(({ type, data, id, source, time, recordedtime, authid, authtype }) => ({
          ...{ type, data, id, source, time, recordedtime },
          ...(authid ? { authid } : {}),
          ...(authtype ? { authtype } : {}),
        })),
      })
      .catch((error: unknown): CaseChangeFaults | undefined =>
        // It has an answer, if not to this: a district of which it has heard nothing.
        error instanceof GatewayError && error.status < 500 ? { faults: [] } : undefined,
      );
    const answer = await Promise.race([asked, late]);
    clearTimeout(timer);
    if (answer === undefined) restsUntil = now() + restMs;
    return answer?.faults ?? [];
  };
}

const ofCases = ['case-confirmed', 'case-corrected', 'case-status-changed'];

/**
 * Which of the events that were taken contradict their cases, by index. All that the batch says of such a case goes along, in its order.
 * @param messages of what was taken @param indexes place of each in the batch
 */
export async function contradicted(
  { messages, indexes }: { messages: readonly { payload: string }[]; indexes: readonly number[] },
  typeAt: (index: number) => unknown,
  judgeChanges: JudgeChanges,
): Promise<Map<number, WordedError[]>> {
  const found = new Map<number, WordedError[]>();
  const taken = indexes.flatMap((index, place) => {
    const type = String(typeAt(index));
    return ofCases.includes(type) ? [{ index, type, payload: messages[place]!.payload }] : [];
  });
  // A flood of confirmations is not read again.
  if (taken.every(({ type }) => type === 'case-confirmed')) return found;
  const changes = taken.map(({ index, payload }) => ({ index, event: JSON.parse(payload) as TakenEvent }));
  const caseOf = ({ district, data }: TakenEvent) => `${district} ${data.caseId}`;
  const isAsked = ({ event: { type, data } }: { event: TakenEvent }) => isJudgedWithCase(type, data);
  const asked = new Set(changes.filter(isAsked).map(({ event }) => caseOf(event)));
  const ofAsked = changes.filter(({ event }) => asked.has(caseOf(event)));
  for (const [district, of] of Map.groupBy(ofAsked, ({ event }) => event.district)) {
    const faults = await judgeChanges(
      district,
      of.map(({ event }) => event),
    );
    for (const [place, { index }] of of.entries()) {
      const own = faults[place] ?? [];
      if (own.length > 0)
        found.set(
          index,
          own.map((fault) => ({ ...fault, field: `data.${fault.field}` })),
        );
    }
  }
  return found;
}
