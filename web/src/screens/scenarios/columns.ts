import type { ScenarioOutcome, ScenarioResult } from '@vungxanh/services/contracts/scenarios.ts';
import type { Draft } from './draft.ts';

/** The column of doing nothing. */
export const nothingKey = 'nothing';

/** One scenario beside the others. */
export interface Column {
  key: string;
  draft?: Draft;
  outcome?: ScenarioOutcome;
  smallest?: ScenarioOutcome;
  avoided?: ScenarioResult['avoided'][number];
  source: 'full' | 'quick';
  /** What is shown is of an earlier state of the levers, or nothing is there yet. */
  computing: boolean;
  milliseconds?: number;
}

/** A column and its place among all, which gives it its colour: also where not all are shown. */
export type ShownColumn = Column & { index: number };

/** Colour of a column: grey for doing nothing, then three that differ in lightness too. Names and letters say it as well. */
export const columnColour = (index: number): string =>
  ['var(--text-soft)', 'var(--scenario-1)', 'var(--scenario-2)', 'var(--scenario-3)'][index] ?? 'var(--bar)';

export const columnName = ({ draft }: Pick<Column, 'draft'>, nothing: string): string =>
  draft ? draft.name.trim() || '?' : nothing;
