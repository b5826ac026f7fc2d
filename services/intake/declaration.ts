import { intakeAccess } from '#contracts/access/intake.ts';
import { defineSubsystem } from '#contracts/subsystem.ts';

/** The door: events and files from outside. */
export const intake = defineSubsystem({
  name: 'intake',
  words: { vi: 'Tiếp nhận', en: 'Intake' },
  schema: null,
  memory: 'flood',
  prefixes: ['/api/events', '/api/imports'],
  access: intakeAccess,
});
