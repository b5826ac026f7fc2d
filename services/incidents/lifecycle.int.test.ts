import fc from 'fast-check';
import { lifecycleContract } from '#lifecycle/testing/contract.ts';
import { declaredEntity } from '#lifecycle/testing/declared.ts';
import define from './app.ts';
import { incidents } from './declaration.ts';
import { incident } from './incident.ts';

const kinds = incident.feed.points.categories;
const declared = declaredEntity(incidents, define(), incident, (below) => ({
  kind: kinds[below(kinds.length)],
  severity: 1 + below(4),
  ...(below(2) && { description: 'words of whoever called' }),
}));

lifecycleContract('an incident', {
  ...declared,
  filters: {
    ...declared.filters,
    severity: fc.subarray([1, 2, 3, 4], { minLength: 2 }).map((chosen) => chosen.join(',')),
  },
});
