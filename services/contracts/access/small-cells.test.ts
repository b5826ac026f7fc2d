import { expect, test } from 'vitest';
import { eventDefinitions } from '../catalogue.ts';
import { subsystems } from '../subsystem.ts';
import { figureProtection, layerProtection, protections, smallCellPolicy } from './small-cells.ts';

test('every route of counts says what it tells somebody who may see no rows of persons', () => {
  const silent = subsystems().flatMap(({ access }) =>
    Object.entries(access).flatMap(([route, { dataClass, protection }]) =>
      dataClass === 'aggregate' && (protection === undefined || !protections.includes(protection)) ? [route] : [],
    ),
  );
  expect(silent).toEqual([]);
});

test('a route of persons, or of public data, says nothing of it: it is judged by its data class', () => {
  const wrong = subsystems().flatMap(({ access }) =>
    Object.entries(access).flatMap(([route, { dataClass, protection }]) =>
      dataClass !== 'aggregate' && protection !== undefined ? [route] : [],
    ),
  );
  expect(wrong).toEqual([]);
});

test('what the stream tells everybody of counts: what was published, and what is of no persons', () => {
  const layersOf = (wanted: string) =>
    eventDefinitions().flatMap(({ live, dataClass }) => (live && dataClass === wanted ? [live.feed] : []));
  // Single doses are told in the layer of published ones: it is of persons.
  const persons = new Set(layersOf('person'));
  const layers = new Set(layersOf('aggregate').filter((layer) => !persons.has(layer)));
  // Layers of what is computed of cases are told to those who may see rows.
  expect([...layers].filter((layer) => layerProtection[layer] === undefined).toSorted()).toEqual([
    ...['clusters', 'forecasts', 'models', 'risk', 'scenarios'].filter((layer) => layers.has(layer)),
  ]);
  expect(Object.keys(layerProtection).filter((layer) => !layers.has(layer))).toEqual([]);
  const formulas = subsystems().flatMap(({ figures = [] }) => figures.map(({ id }) => id));
  expect(Object.keys(figureProtection).filter((id) => !formulas.includes(id))).toEqual([]);
});

test('the threshold of the policy', () => {
  expect(smallCellPolicy).toMatchObject({ largestHidden: 4, complementary: true, fewestTogether: 3, periodDays: 7 });
  // A step of a share is more people than a small cell.
  expect(smallCellPolicy.share.leastPeople * smallCellPolicy.share.step).toBeGreaterThan(smallCellPolicy.largestHidden);
});
