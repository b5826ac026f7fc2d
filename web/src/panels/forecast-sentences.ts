import type { ForecastAnswer, TrackRecord } from '../api/outlook-answers.ts';
import type { ForecastWords } from './ForecastText.words.ts';

type Number = (value: number, digits?: number) => string;
/** Sentences of the service that have words here (ml/forecast, whyBaseline); others are passed on as they are. */
const worse = /^over the last (\d+) weeks the model's score was ([\d.]+) times/;
const perfect = /^over the last (\d+) weeks the flat baseline made no error at all/;
const untried = /^no track record yet: (\d+) past forecasts scored, at least (\d+)/;
const untriedWeeks = /^no track record yet: forecasts of ([\d.]+) weeks scored, at least (\d+)/;

/** Where some weeks show the baseline and others do not, each is named. */
const ofWeek = /^week (\d): (.+)$/;

/** Why the baseline is shown, in the language of the screen. */
export function reasonSentence(
  reason: ForecastAnswer['reason'],
  t: ForecastWords['why'],
  number: Number,
): string | undefined {
  if (!reason) return undefined;
  const weeks = reason.split('; ').map((part) => ofWeek.exec(part));
  if (weeks.every((week) => week !== null))
    return weeks.map((week) => t.inWeek(week[1]!, reasonSentence(week[2]!, t, number) ?? '')).join(' ');
  const lost = worse.exec(reason);
  if (lost) return t.worse(lost[1]!, number(Number(lost[2]), 2));
  const flat = perfect.exec(reason);
  if (flat) return t.perfect(flat[1]!);
  const fresh = untried.exec(reason);
  if (fresh) return t.untried(fresh[1]!, fresh[2]!);
  const young = untriedWeeks.exec(reason);
  if (young) return t.untriedWeeks(number(Number(young[1]), 1), young[2]!);
  return t.other(reason);
}

/** How far the error is from the baseline's, in words. Within one percent the two are the same. */
export function relativeSentence(
  relative: number | null,
  t: { better: (percent: string) => string; worse: (percent: string) => string; equal: string },
  share: (value: number) => string,
): string | undefined {
  if (relative === null || !Number.isFinite(relative)) return undefined;
  if (Math.abs(relative - 1) < 0.01) return t.equal;
  return relative < 1 ? t.better(share(1 - relative)) : t.worse(share(relative - 1));
}

/** Records that something can be said of. */
export const saidRecords = (records: TrackRecord[]): TrackRecord[] =>
  records.filter(({ sentence }) => sentence !== null);
