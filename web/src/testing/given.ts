import { render } from '@testing-library/svelte';
import type { Component } from 'svelte';
import { Centre } from '../centre.svelte.ts';
import { type Language, Words } from '../i18n/language.svelte.ts';
import Given from './Given.svelte';
import { areas, district } from './place.ts';

export const languages = ['vi', 'en'] as const satisfies Language[];

/** A centre of its own that looks at the district of place.ts: its areas are there, nothing else is loaded. */
export function newCentre(language: Language = 'vi'): Centre {
  const words = new Words();
  words.choose(language);
  const centre = new Centre(words);
  centre.districts.data = [district];
  centre.districtId = district.district;
  centre.areas.data = areas;
  centre.areasOf = district.district;
  centre.wallMs = Date.parse('2021-08-24T05:00:00Z');
  return centre;
}

/** Mounts a component with a centre around it. */
export function show<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: Props,
  centre: Centre = newCentre(),
): Centre {
  render(Given<Props>, { props: { centre, component, props } });
  return centre;
}
