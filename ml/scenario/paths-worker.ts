import { answerQuestions, moved } from '../threads/index.ts';
import { dailySeries, openPaths, type PathsOf } from './simulate.ts';
import type { PathQuestion } from './threads.ts';

let current: PathsOf | undefined;

answerQuestions<PathQuestion>((question) => {
  if (question.kind === 'run') {
    current = openPaths(question.district, question.scenario, question.run);
    return;
  }
  if (!current) throw new Error('a thread was asked for paths before it was told the run');
  const paths = current(question.first, question.count);
  return moved(paths, [
    ...dailySeries.map((name) => paths.daily[name].buffer as ArrayBuffer),
    paths.reportedByWard.buffer as ArrayBuffer,
    paths.doses.buffer as ArrayBuffer,
  ]);
});
