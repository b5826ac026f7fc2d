import { drillAccess } from '#contracts/access/drill.ts';
import { defineSubsystem } from '#contracts/subsystem.ts';

/** The exercise. */
export const drill = defineSubsystem({
  name: 'drill',
  words: { vi: 'Diễn tập', en: 'Exercise' },
  schema: null,
  access: drillAccess,
});
