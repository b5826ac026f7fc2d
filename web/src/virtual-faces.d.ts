declare module 'virtual:faces' {
  import type { Faces } from '@vungxanh/services/contracts/faces.ts';

  /** What the services declare for screens; made by faces-plugin.ts when the app is built. */
  const faces: Omit<Faces, 'forms' | 'fields' | 'imports' | 'events'>;
  export default faces;
}

declare module 'virtual:events' {
  import type { Faces } from '@vungxanh/services/contracts/faces.ts';

  /** Line of a ticker, by event type. A module of its own: it comes with news and histories. */
  const events: Faces['events'];
  export default events;
}

declare module 'virtual:forms' {
  import type { Faces } from '@vungxanh/services/contracts/faces.ts';

  /** What people fill in, and the commands that it becomes. A module of its own: it comes with the first form. */
  const forms: Faces['forms'];
  export default forms;
  /** Words of fields, and of kinds of files. */
  export const fields: Faces['fields'];
  export const imports: Faces['imports'];
}
