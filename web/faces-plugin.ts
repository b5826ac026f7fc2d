import type { Plugin } from 'vite';
import type { Faces } from '../services/contracts/faces.ts';

const ids = {
  'virtual:faces': '\0virtual:faces',
  'virtual:forms': '\0virtual:forms',
  'virtual:events': '\0virtual:events',
} as const;
const isOurs = (source: string): source is keyof typeof ids => source in ids;

/**
 * The declarations of the services as data of the app: `import faces from 'virtual:faces'`, and what people fill in, which comes only with a form: `import forms from
 * 'virtual:forms'`; and the words of events, which come with news and histories: `import events from 'virtual:events'`. None of their code comes along.
 */
export const facesPlugin = (): Plugin => ({
  name: 'vung-xanh-faces',
  resolveId: (source) => (isOurs(source) ? ids[source] : undefined),
  load: async (loaded) => {
    if (!Object.values<string>(ids).includes(loaded)) return undefined;
    const { forms, fields, imports, events, ...faces } = await readFaces();
    if (loaded === ids['virtual:events']) return `export default ${JSON.stringify(events)}`;
    return loaded === ids['virtual:forms']
      ? `export default ${JSON.stringify(forms)}; export const fields = ${JSON.stringify(fields)}; export const imports = ${JSON.stringify(imports)};`
      : `export default ${JSON.stringify(faces)}`;
  },
});

/** By Node itself, which runs the list as it is written. */
async function readFaces(): Promise<Faces> {
  const services = new URL('../services/', import.meta.url);
  await import(new URL('services.ts', services).href);
  const { faces } = (await import(new URL('contracts/faces.ts', services).href)) as { faces: () => Faces };
  return faces();
}
