import { both } from '../i18n/both.ts';

/** A field of a form. */
export const fieldWords = both(
  {
    required: 'bắt buộc',
  },
  {
    required: 'required',
  },
);
