import { knowledgeReader, momentReader } from '../../district/moment.ts';

const versions = ['violation_versions'];
export const momentOf = momentReader('urban_order', versions);
export const newestKnown = knowledgeReader('urban_order', versions);
