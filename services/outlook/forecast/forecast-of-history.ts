import { isoDate, loadForecasts, weekNumber } from '@vungxanh/ml';
import type { EventData } from '#contracts/catalogue.ts';
import type { ForecastTarget } from '#contracts/events/ml/forecast-issued.ts';
import type { WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import { completedVintages, vintagesOf } from '../history/vintages.ts';
import type { WeeklyHistory } from '../history/weekly-history.ts';

export type IssuedForecast = EventData<'forecast-issued'>;

export interface ForecastQuestion {
  history: WeeklyHistory;
  /** the area that is the sum of the others */
  topAreaId: string | undefined;
  /** present week end as a day number: how stale the last report is */
  onDay: number;
  seed: number;
  /** registered version, goes into the card's id */
  codeVersion: string;
  rules: { leastPeriods: number; mostAge: number; mostGap: number; within: number };
}

const mostVintages = 40;

/** Weekly cases of every area, and of all together, one to four weeks ahead; areas that cannot be forecast say why. */
export async function forecastOfHistory(question: ForecastQuestion): Promise<IssuedForecast[]> {
  const { history, topAreaId, seed, codeVersion, rules } = question;
  const vintages = completedVintages(vintagesOf(history, topAreaId));
  const present = vintages.pop()!;
  const { forecastPanel, ForecastAbstainedError } = await loadForecasts();
  const dataThroughDate = isoDate(history.lastOrigin);
  const idOf = (hash: string) => `forecast-${codeVersion}-${dataThroughDate}-${hash.slice(0, 12)}`;
  try {
    const answer = await forecastPanel({
      panel: present.panel,
      period: 'week',
      now: weekNumber(isoDate(question.onDay)),
      horizonWeeks: 4,
      earlier: vintages.slice(-mostVintages),
      total: topAreaId,
      seed,
      codeVersion,
      rules,
    });
    const cardId = idOf(answer.card.dataHash);
    const card = { ...answer.card, kind: 'forecast-combination', nowcast: answer.nowcast } as Record<string, unknown>;
    const said = answer.areas.map(
      (area): IssuedForecast => ({
        areaId: area.area,
        target: 'cases',
        dataThroughDate,
        cardId,
        method: area.method,
        ...(area.reason === null ? {} : { reason: area.reason }),
        horizons: area.periods.map(({ quantiles, baseline }, h) => ({
          weeks: h + 1,
          targetDate: isoDate(history.lastOrigin + 7 * (h + 1)),
          quantiles: rising(quantiles),
          baseline: rising(baseline),
        })),
      }),
    );
    said[0] = { ...said[0]!, card: JSON.parse(JSON.stringify(card)) };
    return [...said, ...abstainingAreas(answer.abstentions, 'cases', dataThroughDate, cardId)];
  } catch (error) {
    if (error instanceof ForecastAbstainedError)
      return abstainingAreas(error.abstentions, 'cases', dataThroughDate, idOf('none'));
    throw error;
  }
}

/** Areas that cannot be forecast, each with its reason. */
export const abstainingAreas = (
  abstentions: readonly (WordedAbstention & { area: string })[],
  target: ForecastTarget,
  dataThroughDate: string,
  cardId: string,
): IssuedForecast[] =>
  abstentions.map(({ area, reason, detail, note }) => ({
    areaId: area,
    target,
    dataThroughDate,
    cardId,
    abstention: { reason, detail, note },
  }));

/** Two decimals of a case are enough to say; rounding must not make quantiles cross. */
export const rising = (quantiles: Float64Array) =>
  Array.from(quantiles, (value) => Number(Math.max(0, value).toFixed(2)));
