import { defineSubsystem } from '#contracts/subsystem.ts';
import { facesOf } from '#lifecycle/entity/faces.ts';
import { tree } from './tree.ts';

/** Trees on public ground. */
export const trees = defineSubsystem({ name: 'trees', words: { vi: 'Cây xanh', en: 'Trees' }, ...facesOf(tree) });
