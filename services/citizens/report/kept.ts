import { type KeptEntity, keptIn } from '#lifecycle/entity/reads.ts';
import { districtClock } from '../../district/moment.ts';
import { report } from './report.ts';

/** Columns by which the clocks of exercises go on while nobody reports (district-clock.ts). */
export const furtherClocks = ['citizens.district_clocks.known_at'] as const;

/** Reports and where they are kept. */
export const keptReports: KeptEntity = {
  ...keptIn('citizens', report),
  ...districtClock(['citizens.report_versions.known_at', ...furtherClocks]),
};
