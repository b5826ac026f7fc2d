/** The thread in which models are fitted. */
import { answerQuestions } from '@vungxanh/ml/threads';
import { clustersOfCases } from './clusters/scan-of-cases.ts';
import { forecastOfSeries } from './forecast/forecast-of-series.ts';
import { networkFor } from './forecast/network-of-question.ts';
import type { Question } from './questions.ts';
import { riskOfHistory } from './risk/risk-of-history.ts';

answerQuestions<Question>(async (question) => {
  if (question.kind === 'risk') return riskOfHistory(question.input);
  if (question.kind === 'forecast') return forecastOfSeries(question.input, await networkFor(question.input));
  // boosted trees and TensorFlow.js are loaded by the version that uses them, and go with the thread
  if (question.kind === 'panel-forecast')
    return (await import('./forecast/forecast-of-history.ts')).forecastOfHistory(question.input);
  return clustersOfCases(question.input);
});
