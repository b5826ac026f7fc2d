import { knowledgeReader, momentReader } from '../../district/moment.ts';

const versions = ['business_versions', 'indicator_versions'];
export const momentOf = momentReader('economy', versions);
export const newestKnown = knowledgeReader('economy', versions);
