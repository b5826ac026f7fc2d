/** Somebody was at a place; RFC 3339 in UTC with milliseconds, half-open. */
export interface Presence {
  subjectId: string;
  placeId: string;
  from: string;
  until: string;
}

/** A case and the span in which it may have been infected. */
export interface ExposureWindow {
  caseId: string;
  from: string;
  until: string;
}

interface Span {
  from: string;
  until: string;
}
const overlap = (one: Span, other: Span): boolean => one.from < other.until && other.from < one.until;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Who else was at a place at the same time as the subject, once for each pair of presences: the subject's, then the other's. */
export const sharedPlaces = (subjectId: string, presences: readonly Presence[]): [Presence, Presence][] =>
  presences
    .filter((own) => own.subjectId === subjectId)
    .flatMap((own) =>
      presences
        .filter((other) => other.subjectId !== subjectId && other.placeId === own.placeId && overlap(own, other))
        .map((other): [Presence, Presence] => [own, other]),
    );

export interface ProbableSource {
  placeId: string;
  /** The cases who were there in their exposure window, each once; their number is the score. */
  caseIds: string[];
}

/** Places by the number of cases who were there in their exposure window, most first; then by id. A place without one is left out. */
export function probableSources(windows: readonly ExposureWindow[], presences: readonly Presence[]): ProbableSource[] {
  const cases = new Map<string, Set<string>>();
  for (const window of windows)
    for (const presence of presences)
      if (presence.subjectId === window.caseId && overlap(presence, window))
        cases.set(presence.placeId, (cases.get(presence.placeId) ?? new Set()).add(window.caseId));
  return [...cases]
    .map(([placeId, ids]) => ({ placeId, caseIds: [...ids].sort(compare) }))
    .sort((one, other) => other.caseIds.length - one.caseIds.length || compare(one.placeId, other.placeId));
}

export interface Question {
  caseId: string;
  placeId: string;
}

/**
 * The question whose "yes" moves a place past most others in the ranking; of equals, that of the higher place, then of the first case by id. A case is asked about a place that it has not
 * been named at and was not said to have been away from.
 *
 * @param answeredNo what was asked already and denied
 * @returns null when every case has answered for every ranked place
 */
export function nextQuestion(
  ranked: readonly ProbableSource[],
  windows: readonly ExposureWindow[],
  answeredNo: readonly Question[],
): Question | null {
  const denied = new Set(answeredNo.map(({ caseId, placeId }) => JSON.stringify([caseId, placeId])));
  const caseIds = windows.map(({ caseId }) => caseId).sort(compare);
  let best: { question: Question; passed: number } | null = null;
  for (const [rank, { placeId, caseIds: there }] of ranked.entries()) {
    const caseId = caseIds.find((id) => !there.includes(id) && !denied.has(JSON.stringify([id, placeId])));
    if (caseId === undefined) continue;
    const passed = ranked.slice(0, rank).filter((above) => above.caseIds.length <= there.length).length;
    if (!best || passed > best.passed) best = { question: { caseId, placeId }, passed };
  }
  return best?.question ?? null;
}
