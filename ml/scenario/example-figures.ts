import type { Disease } from './district.ts';

/** Where a figure of the example's disease comes from. `verified`: read in the paper named, its abstract, or a paper that tables it; else an estimate, or told by the press. */
export interface FigureSource {
  source: string;
  verified: boolean;
}

const verity =
  'Verity et al., Lancet Infect Dis 2020, table 1: share of the infected taken to hospital by ten years of age (0, 0.04, 1.04, 3.43, 4.25, 8.16, 11.8, 16.6, 18.4 %; read in PMC7229979, table 2, rounded), weighted to three groups by us; the virus of 2020, Delta was no milder';
const england =
  'Kirwan et al. 2021 (SARI-Watch, England 2020): median stay outside intensive care until discharge 6.1 to 9.3 days';

/** The Delta wave of 2021 before most were vaccinated, as far as published figures were found. */
export const exampleFigures: { [Key in keyof Disease]: { value: Disease[Key] } & FigureSource } = {
  reproductionNumber: {
    value: 4,
    source:
      'our estimate for a city that wears masks; published for Delta with nothing done: 6.83 (3.98–10.44) in Guangzhou in the week to 2021-05-27 (Li et al., PLoS Negl Trop Dis 2022)',
    verified: false,
  },
  latentDays: {
    value: 4,
    source:
      'Kang et al., Guangdong, May–June 2021: symptoms 5.8 days after infection, 1.8 days after the first positive test (read in reports on the preprint of 2021-08-13)',
    verified: false,
  },
  infectiousDays: {
    value: 6,
    source: 'our estimate; found and isolated earlier as isolationPerDay says',
    verified: false,
  },
  daysToHospital: { value: 6, source: 'our estimate', verified: false },
  hospitalDays: { value: 9, source: england, verified: true },
  intensiveCareDays: {
    value: 15,
    source: 'Shryane et al., Int J Popul Data Sci 2022, England March–May 2020: mean 15.4 days after 7 April',
    verified: true,
  },
  isolationDays: { value: 10, source: 'our estimate of the rule then in force', verified: false },
  isolationPerDay: { value: 0.08, source: 'our estimate', verified: false },
  isolatedInfectiousness: { value: 0.2, source: 'our estimate', verified: false },
  severeShare: { value: [0.0003, 0.045, 0.15], source: verity, verified: true },
  intensiveCareShare: {
    value: [0.05, 0.12, 0.44],
    source:
      'Ferguson et al. 2020 (Imperial report 9): share of hospital cases that need critical care by ten years of age (5, 5, 5, 5, 6.3, 12.2, 27.4, 43.2, 70.9 %; read in PMC8143904, table 3), weighted by hospital cases to three groups by us',
    verified: true,
  },
  deathShare: {
    value: [0.59, 0.59, 0.59],
    source: 'PMC7237242, table 2: of those who need critical care 58.9 to 59.6 % die, standardised to 16 countries',
    verified: true,
  },
  deathFactorWithoutBed: {
    value: 1.6,
    source: 'our estimate: nearly all who need critical care and find none die',
    verified: false,
  },
  protectionInfection: {
    value: [0.33, 0.6, 0.4],
    source:
      'Public Health England, May 2021: 33 % after one dose, 60 % after two of AstraZeneca, against symptoms from Delta (read in the press); waned: our estimate',
    verified: false,
  },
  protectionSevere: {
    value: [0.71, 0.92, 0.8],
    source:
      'Public Health England, June 2021 (Stowe et al.): 71 % after one dose, 92 % after two of AstraZeneca, against hospital with Delta (read in the press); waned: our estimate',
    verified: false,
  },
  vaccineWaningDays: { value: 200, source: 'our estimate', verified: false },
  immunityDays: { value: 0, source: 'none lost within the months that a scenario covers', verified: false },
  reportedShare: { value: 0.5, source: 'our estimate; a fit draws it', verified: false },
};
