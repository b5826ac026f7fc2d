import { lifecycleContract } from '#lifecycle/testing/contract.ts';
import { declaredEntity } from '#lifecycle/testing/declared.ts';
import app from './app.ts';
import { trees } from './declaration.ts';
import { tree } from './tree.ts';

const species = tree.feed.points.categories;
lifecycleContract(
  'a tree',
  declaredEntity(trees, app(), tree, (below) => ({
    species: species[below(species.length)],
    ...(below(3) && { heightMetres: below(30) }),
  })),
);
