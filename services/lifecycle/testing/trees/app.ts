import { entityService } from '#lifecycle/entity/service.ts';
import { trees } from './declaration.ts';
import { tree } from './tree.ts';

export default () => entityService(trees, tree, import.meta.url);
