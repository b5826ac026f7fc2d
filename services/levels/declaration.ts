import { defineSubsystem } from '#contracts/subsystem.ts';
import { levelsAccess } from './access.ts';
import { levelsFeed } from './events/feed.ts';
import { levelAssessed } from './events/level-assessed.ts';
import { levelDeclared } from './events/level-declared.ts';
import { levelPolicyAdjusted } from './events/level-policy-adjusted.ts';
import { levelWithdrawn } from './events/level-withdrawn.ts';

/** The official level of areas: computed, explained, declared. */
export const levels = defineSubsystem({
  name: 'levels',
  words: { vi: 'Cấp độ dịch', en: 'Epidemic levels' },
  reads: ['geography', 'epidemic', 'ml'],
  access: levelsAccess,
  events: [levelDeclared, levelWithdrawn, levelPolicyAdjusted, levelAssessed],
  feeds: [levelsFeed],
});
