import { momentReader } from '../../district/moment.ts';

export const momentOf = momentReader('economy', ['business_versions', 'indicator_versions']);
