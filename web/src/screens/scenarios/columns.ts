import type { Column } from './workbench.svelte.ts';

/** Colour of a column: grey for doing nothing, then three that differ in lightness too. Names and letters say it as well. */
export const columnColour = (index: number): string =>
  ['var(--text-soft)', 'var(--scenario-1)', 'var(--scenario-2)', 'var(--scenario-3)'][index] ?? 'var(--bar)';

export const columnName = ({ draft }: Pick<Column, 'draft'>, nothing: string): string =>
  draft ? draft.name.trim() || '?' : nothing;
