/** The thread in which models are fitted. One question at a time, answers by its number. */
import { parentPort } from 'node:worker_threads';
import { scanOfCases } from './clusters/scan-of-cases.ts';
import { forecastOfSeries } from './forecast/forecast-of-series.ts';
import type { Question } from './questions.ts';
import { riskOfHistory } from './risk/risk-of-history.ts';

async function answer(question: Question): Promise<unknown> {
  if (question.kind === 'risk') return riskOfHistory(question.input);
  if (question.kind === 'forecast') return forecastOfSeries(question.input);
  // boosted trees and TensorFlow.js are loaded by the version that uses them, and go with the thread
  if (question.kind === 'panel-forecast')
    return (await import('./forecast/forecast-of-history.ts')).forecastOfHistory(question.input);
  return scanOfCases(question.input);
}

parentPort!.on('message', async ({ number, question }: { number: number; question: Question }) => {
  try {
    parentPort!.postMessage({ number, answer: await answer(question) });
  } catch (error) {
    parentPort!.postMessage({ number, error: (error as Error).message });
  }
});
