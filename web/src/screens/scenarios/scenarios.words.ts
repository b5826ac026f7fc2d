import { briefWords } from './brief.words.ts';
import { composingWords } from './composing.words.ts';
import { areasWords, leversWords } from './levers.words.ts';
import { modelWords, sourcesWords } from './model.words.ts';
import { plannerWords } from './planner.words.ts';
import { resultsWords, verdictWords } from './results.words.ts';
import { runsWords, runWords } from './run.words.ts';

const wordsIn = <Language extends 'vi' | 'en'>(language: Language) => ({
  ...composingWords[language],
  levers: leversWords[language],
  areas: areasWords[language],
  sources: sourcesWords[language],
  model: modelWords[language],
  results: resultsWords[language],
  verdict: verdictWords[language],
  run: runWords[language],
  runs: runsWords[language],
  planner: plannerWords[language],
  brief: briefWords[language],
});

/** The scenarios screen as a whole. */
export const scenarioWords = { vi: wordsIn('vi'), en: wordsIn('en') };
export type ScenarioWords = typeof scenarioWords.vi;
