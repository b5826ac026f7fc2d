import { describe, expect, it } from 'vitest';
import { emptyPanel, lastReported, panelUntil, valueAt } from './panels.ts';

describe('panels', () => {
  const panel = emptyPanel(['a', 'b'], 10, 3);
  panel.values.set([1, 2, Number.NaN, 4, 5, 6]);
  it('answers NaN outside, and cuts after a period', () => {
    expect(valueAt(panel, 1, 12)).toBe(6);
    expect(valueAt(panel, 1, 13)).toBeNaN();
    const cut = panelUntil(panel, 11);
    expect([...cut.values]).toEqual([1, 2, 4, 5]);
  });
  it('knows the last report of each area', () => {
    expect([lastReported(panel, 0), lastReported(panel, 1)]).toEqual([11, 12]);
  });
});
