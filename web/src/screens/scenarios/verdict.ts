import type { ScenarioOutcome } from '@vungxanh/services/contracts/scenarios.ts';
import type { Language } from '../../i18n/format.ts';
import { formatBand, formatMetric } from './amounts.ts';
import { type MetricName, metrics } from './comparison.ts';
import type { ScenarioWords } from './scenarios.words.ts';

const metricOf = (name: MetricName) => metrics.find((metric) => metric.name === name)!;

/** A scenario against doing nothing in one sentence, in bands: what is said at a meeting. */
export function verdict(
  outcome: ScenarioOutcome,
  nothing: ScenarioOutcome,
  t: ScenarioWords,
  language: Language,
): string {
  const said = (of: ScenarioOutcome, name: MetricName) => {
    const metric = metricOf(name);
    const value = metric.of(of, []);
    return (
      formatBand(value, metric.unit, of.paths, language) ?? formatMetric(value.value, metric.unit, of.paths, language)
    );
  };
  const restricted = said(outcome, 'peopleRestricted');
  const closed = said(outcome, 'businessesClosed');
  return [
    t.verdict.cases(said(outcome, 'cases'), said(nothing, 'cases')),
    t.verdict.deaths(said(outcome, 'deaths'), said(nothing, 'deaths')),
    outcome.mostRestricted > 0 || closed !== '0'
      ? t.verdict.limits(restricted, closed, said(outcome, 'limitedDays'))
      : t.verdict.noLimits,
    t.verdict.cost(said(outcome, 'cost')),
  ].join('; ');
}
