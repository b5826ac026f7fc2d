/** The thread in which models are fitted. One question at a time, answers by its number. */
import { parentPort } from 'node:worker_threads';
import { forecastOfHistory } from './forecast-of-history.ts';
import type { Question } from './questions.ts';
import { riskOfHistory } from './risk-of-history.ts';
import { scanOfCases } from './scan-of-cases.ts';

function answer(question: Question): unknown {
  if (question.kind === 'risk') return riskOfHistory(question.input);
  if (question.kind === 'forecast') return forecastOfHistory(question.input);
  return scanOfCases(question.input);
}

parentPort!.on('message', async ({ number, question }: { number: number; question: Question }) => {
  try {
    parentPort!.postMessage({ number, answer: await answer(question) });
  } catch (error) {
    parentPort!.postMessage({ number, error: (error as Error).message });
  }
});
