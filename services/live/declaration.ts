import { liveAccess } from '#contracts/access/live.ts';
import { defineSubsystem } from '#contracts/subsystem.ts';

/** The edge: the stream, the web app, and everything else through it. */
export const live = defineSubsystem({
  name: 'live',
  words: { vi: 'Truyền trực tiếp', en: 'Live' },
  memory: 'beside',
  schema: null,
  prefixes: [],
  access: liveAccess,
});
