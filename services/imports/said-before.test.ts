import { describe, expect, test } from 'vitest';
import { importEvent } from './import-event.ts';
import { noOthers, nothingSaid, saidBefore, saidByOthers } from './said-before.ts';

const idOf = (caseId: string, ageYears: number, source = 'import/cases/list.csv') =>
  importEvent(
    {
      type: 'case-confirmed',
      time: '2021-08-20T05:00:00.000Z',
      data: { caseId, confirmedDate: '2021-08-20', ageYears },
    },
    { district: 'q7', clock: 'live', source },
  ).id;
const [a, b] = [idOf('R-1', 40), idOf('R-1', 42)];

/** Files one after the other, each with the ids of its rows; what goes out is in the journal when the next one is handed in. */
function handIn(...files: string[][]) {
  const journal: string[] = [];
  return files.map((ids) => {
    const said = saidBefore(journal);
    const sent = ids.flatMap((id) => said.idOf(id) ?? []);
    journal.push(...sent);
    return sent;
  });
}

describe('what a source has said', () => {
  test('is not sent again, in whatever order its rows are', () => {
    const other = idOf('R-2', 7);
    expect(handIn([a, other], [other, a], [a, other])).toEqual([[a, other], [], []]);
  });

  test('is sent again where it said something else in between, under an id of its own', () => {
    expect(handIn([a], [b], [a], [a], [b], [a])).toEqual([[a], [b], [`${a}-2`], [], [`${b}-2`], [`${a}-3`]]);
  });

  test('of one entity says nothing of another, nor of another source', () => {
    expect(a.slice(0, 12)).toBe(b.slice(0, 12));
    expect(idOf('R-2', 40).slice(0, 12)).not.toBe(a.slice(0, 12));
    expect(idOf('R-1', 40, 'import/cases/other.csv').slice(0, 12)).not.toBe(a.slice(0, 12));
    expect(new Set([a, b]).size).toBe(2);
  });

  test('an interrupted file goes on: what was journalled is not said again', () => {
    const said = saidBefore([a, b]);
    expect(said.idOf(a)).toBe(`${a}-2`);
    // The journal had taken it before the interruption.
    expect(saidBefore([a, b, `${a}-2`]).idOf(a)).toBeUndefined();
  });

  test('two rows of one file that contradict each other end with the second, also when the file comes again', () => {
    expect(handIn([a, b], [a, b]).map((sent) => sent.at(-1)?.slice(0, 32))).toEqual([b, b]);
  });

  test('is nothing at first', () => {
    expect(nothingSaid.idOf(a)).toBe(a);
    expect(saidBefore([]).idOf(a)).toBe(a);
  });
});

describe('what files of other names have said', () => {
  const folder = 'import/cases/';
  const heardOf = (...said: [name: string, age: number][]) =>
    said.map(([name, age]) => `${name} ${idOf('R-1', age, folder + name)}`);
  const isSaid = (heard: string[], age: number, caseId = 'R-1') =>
    saidByOthers(heard, folder, `${folder}today.csv`)((source) => idOf(caseId, age, source));

  test('is said no more; what the newest of them says otherwise, and what none of them tells of, is', () => {
    expect(isSaid(heardOf(['monday.csv', 40]), 40)).toBe(true);
    expect(isSaid(heardOf(['monday.csv', 40]), 41)).toBe(false);
    expect(isSaid(heardOf(['monday.csv', 40]), 40, 'R-2')).toBe(false);
    expect(isSaid(heardOf(['monday.csv', 40], ['tuesday.csv', 41]), 40)).toBe(false);
    expect(isSaid(heardOf(['monday.csv', 40], ['tuesday.csv', 41], ['monday.csv', 42]), 42)).toBe(true);
    expect(isSaid([], 40)).toBe(false);
    expect(noOthers(() => a)).toBe(false);
  });

  test('of its own name is not of another; names may have spaces', () => {
    expect(isSaid(heardOf(['today.csv', 40]), 40)).toBe(false);
    expect(isSaid(heardOf(['ngay 21.csv', 40]), 40)).toBe(true);
  });

  test('a newer file that does not tell of the fact says nothing of it', () => {
    const other = `tuesday.csv ${idOf('R-2', 7, `${folder}tuesday.csv`)}`;
    expect(isSaid([...heardOf(['monday.csv', 40]), other], 40)).toBe(true);
  });
});
