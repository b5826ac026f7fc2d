// Every screen of the app on an exercise, by its address: what is photographed for docs/screens, and what is asked by axe.

/** A screen as an address opens it. `hash`: what stands after the district, the language and the theme. */
export interface View {
  name: string;
  hash: string;
  /** There when what people look for is there. */
  ready: string;
  /** The page of whoever has no account: its address begins otherwise. */
  ofCitizens?: true;
  /** Where it is seen; left out: on a desk and on a phone. */
  seenAt?: readonly SizeName[];
  /** English people are shown it, too. */
  telling?: true;
}

export const sizes = {
  desktop: { width: 1440, height: 900 },
  wall: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
} as const;
export type SizeName = keyof typeof sizes;
export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** What the pages of things are opened with: the numbers of things that there are. */
export interface Known {
  areaId: string;
  violationId: string;
  reportId: string;
  caseId: string;
  incidentId: string;
}

const screen = (name: string, ready: string, more: Partial<View> = {}): View => ({
  name,
  hash: `&screen=${name}`,
  ready,
  ...more,
});

export const viewsOf = ({ areaId, violationId, reportId, caseId, incidentId }: Known): readonly View[] => [
  {
    ...{ name: 'operations', hash: '', ready: '[data-formula]', telling: true },
    seenAt: ['desktop', 'wall', 'phone'],
  },
  { name: 'area-card', hash: `&area=${areaId}`, ready: 'article[data-area]' },
  { name: 'area', hash: `&thing=area.${areaId}&view=page`, ready: '[data-area-page]' },
  screen('epidemic', '[data-row]', { seenAt: ['desktop', 'wall', 'phone'], telling: true }),
  screen('order', 'main h2', { seenAt: ['desktop', 'wall', 'phone'], telling: true }),
  { name: 'violation', hash: `&screen=order&thing=violation.${violationId}&view=page`, ready: '[data-event]' },
  screen('hotline', 'main h2'),
  screen('reports', 'main [data-row], main table', { telling: true }),
  { name: 'report', hash: `&screen=reports&thing=report.${reportId}&view=page`, ready: '[data-event]' },
  screen('economy', 'main h2'),
  screen('scenarios', '[data-preset]'),
  screen('leader', 'main h2', { telling: true }),
  screen('data', 'main h2'),
  screen('wall', 'main, [data-page]', { seenAt: ['wall'] }),
  screen('entry', 'form'),
  screen('import', 'input[type="file"]'),
  screen('models', 'h2'),
  screen('account', 'h2'),
  { name: 'case', hash: `&thing=case.${caseId}`, ready: '[data-event]' },
  { name: 'incident', hash: `&thing=incident.${incidentId}`, ready: '[data-event]' },
  { name: 'citizens-page', hash: '', ready: 'form', ofCitizens: true },
];

export const isSeenAt = ({ seenAt = ['desktop', 'phone'] }: View, size: SizeName): boolean => seenAt.includes(size);

export const addressOf = (
  { hash, ofCitizens }: View,
  district: string,
  { language, theme }: { language: 'vi' | 'en'; theme: Theme },
): string => `#${ofCitizens ? 'phan-anh&' : ''}district=${district}&lang=${language}&theme=${theme}${hash}`;
