import { type KeptEntity, keptIn } from '#lifecycle/entity/reads.ts';
import { districtClock } from '../../district/moment.ts';
import { report } from './report.ts';

/** Nobody reports while an exercise is played: its clock here is that of those who hear more, too. */
export const furtherClocks = [
  'incidents.published_incidents.known_at',
  'urban_order.published_violations.known_at',
] as const;

/** Reports and where they are kept. */
export const keptReports: KeptEntity = {
  ...keptIn('citizens', report),
  ...districtClock(['citizens.report_versions.known_at', ...furtherClocks]),
};
