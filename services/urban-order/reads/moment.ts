import { momentReader } from '../../district/moment.ts';

export const momentOf = momentReader('urban_order', ['violation_versions']);
