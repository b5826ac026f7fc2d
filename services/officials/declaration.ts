import { defineSubsystem } from '#contracts/subsystem.ts';
import { officialsAccess, officialsPermissions } from './access.ts';
import { directiveEvents } from './directives/events.ts';
import { disputeDecided, evaluationDisputed } from './evaluation/events.ts';
import { officerRegistered, shiftSet } from './register/events.ts';

/** Officials: who serves where, what was asked of them, and what the ledgers say of it. */
export const officials = defineSubsystem({
  name: 'officials',
  words: { vi: 'Cán bộ và chỉ đạo', en: 'Officials and directives' },
  reads: ['geography', 'hotline', 'citizens', 'incidents', 'urban-order'],
  permissions: officialsPermissions,
  access: officialsAccess,
  events: [officerRegistered, shiftSet, ...directiveEvents, evaluationDisputed, disputeDecided],
  fields: {
    officerId: { vi: 'Mã cán bộ', en: 'Officer' },
    shiftId: { vi: 'Mã ca trực', en: 'Shift' },
    directiveId: { vi: 'Mã chỉ đạo', en: 'Directive' },
    disputeId: { vi: 'Mã khiếu nại', en: 'Dispute' },
  },
});
