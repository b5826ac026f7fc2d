import forms, { fields } from 'virtual:forms';
import { dictionary } from '../../faces.ts';

const place = { areaId: { vi: 'Phường', en: 'Ward' }, location: { vi: 'Vị trí', en: 'Place' } };

/** Names of the forms of data entry, and of the fields of one. */
export const entryKinds = dictionary(Object.fromEntries(forms.map(({ kind, words }) => [kind, words])));
export const entryFields = (kind: string) =>
  dictionary(
    place,
    fields,
    Object.fromEntries(
      (forms.find((form) => form.kind === kind)?.fields ?? []).flatMap(({ name, words }) =>
        words ? [[name, words]] : [],
      ),
    ),
  );
