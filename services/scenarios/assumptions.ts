/**
 * Figures of scenarios that are not from a district's own data: dated, with source. None of them was checked against its source's own text in this room:
 * `verified` is false until somebody has. A district that knows better gets another row here.
 */
export interface Assumption<Value = number | number[]> {
  field: string;
  value: Value;
  unit: string;
  source: string;
  verified: boolean;
  vi: string;
  en: string;
}

/** Goes into every model id and input hash: raise it when a number could come out differently. */
export const codeVersion = 'scenario-2';

export const assumptionsDate = '2021-11-21';

const figure = <Value extends number | number[]>(
  field: string,
  value: Value,
  unit: string,
  source: string,
  vi: string,
  en: string,
): Assumption<Value> => ({ field, value, unit, source, verified: false, vi, en });

/** Age groups of the model, first and last year of life. */
export const modelAges = [
  { name: '0-17', from: 0, to: 17 },
  { name: '18-64', from: 18, to: 64 },
  { name: '65+', from: 65, to: 125 },
] as const;

const verity = 'Verity et al. 2020, Lancet Infect Dis 20:669 (by decade of age, weighted to these groups)';
const delta = 'order of the Delta wave; chosen by us, not fitted';

export const populationFigures = {
  ageShares: figure(
    'population.ageShares',
    [0.29, 0.633, 0.077],
    'share',
    'Vietnam census 2019 (0-14: 24.3 %, 65 and over: 7.7 %), 15-17 filled in by us',
    'Tỷ lệ dân số theo nhóm tuổi 0–17, 18–64, từ 65 (cả nước), khi địa bàn chưa công bố',
    'Shares of people aged 0-17, 18-64, 65 and over (national), where the district published none',
  ),
};

export const diseaseFigures = {
  latentDays: figure('disease.latentDays', 3, 'days', delta, 'Thời gian tiềm ẩn trung bình', 'Mean latent period'),
  infectiousDays: figure(
    'disease.infectiousDays',
    6,
    'days',
    delta,
    'Thời gian lây trung bình',
    'Mean infectious period',
  ),
  daysToHospital: figure(
    'disease.daysToHospital',
    6,
    'days',
    delta,
    'Từ lúc lây đến lúc nhập viện',
    'From infectious to hospital',
  ),
  hospitalDays: figure('disease.hospitalDays', 9, 'days', delta, 'Số ngày nằm viện', 'Days in hospital'),
  intensiveCareDays: figure(
    'disease.intensiveCareDays',
    12,
    'days',
    delta,
    'Số ngày hồi sức',
    'Days in intensive care',
  ),
  isolationDays: figure('disease.isolationDays', 10, 'days', delta, 'Số ngày cách ly', 'Days in isolation'),
  isolationPerDay: figure(
    'disease.isolationPerDay',
    0.08,
    'share a day',
    delta,
    'Khả năng mỗi ngày một F0 được phát hiện và cách ly khi không truy vết thêm',
    'Chance a day that a case is found and isolated without more tracing',
  ),
  isolatedInfectiousness: figure(
    'disease.isolatedInfectiousness',
    0.2,
    'share',
    delta,
    'Mức lây còn lại khi cách ly',
    'Infectiousness that remains in isolation',
  ),
  severeShare: figure(
    'disease.severeShare',
    [0.005, 0.035, 0.15],
    'share of infections',
    verity,
    'Tỷ lệ ca nhiễm cần nhập viện theo nhóm tuổi, chưa tiêm',
    'Infections that need a hospital by age group, unvaccinated',
  ),
  intensiveCareShare: figure(
    'disease.intensiveCareShare',
    [0.05, 0.15, 0.3],
    'share of hospital stays',
    verity,
    'Tỷ lệ ca nhập viện cần hồi sức',
    'Hospital stays that need intensive care',
  ),
  deathShare: figure(
    'disease.deathShare',
    [0.2, 0.4, 0.6],
    'share of intensive care',
    verity,
    'Tỷ lệ tử vong trong hồi sức',
    'Deaths of those in intensive care',
  ),
  deathFactorWithoutBed: figure(
    'disease.deathFactorWithoutBed',
    2,
    'times',
    delta,
    'Nguy cơ tử vong tăng khi thiếu giường',
    'How many times likelier death is beyond the beds',
  ),
  protectionInfection: figure(
    'disease.protectionInfection',
    [0.31, 0.7, 0.5],
    'share',
    'Lopez Bernal et al. 2021, NEJM 385:585 (Delta; one dose, two doses of mixed products); waned: chosen by us',
    'Bảo vệ khỏi nhiễm sau 1 liều, 2 liều, và khi đã giảm',
    'Protection against infection after one dose, two doses, and waned',
  ),
  protectionSevere: figure(
    'disease.protectionSevere',
    [0.58, 0.76, 0.7],
    'share',
    'Stowe et al. 2021 (one dose 71 %, two 92 % against admission with Delta), given infection; waned: chosen by us',
    'Bảo vệ khỏi bệnh nặng khi đã nhiễm',
    'Protection against severe disease once infected',
  ),
  vaccineWaningDays: figure(
    'disease.vaccineWaningDays',
    200,
    'days',
    delta,
    'Thời gian trung bình vắc-xin giảm tác dụng',
    'Mean days until two doses have waned',
  ),
  immunityDays: figure(
    'disease.immunityDays',
    0,
    'days (0: never)',
    delta,
    'Miễn dịch sau nhiễm không mất trong thời gian mô phỏng',
    'Immunity after infection does not end within the days computed',
  ),
};

export const mixingFigures = {
  contacts: figure(
    'mixing.contacts',
    [6, 4, 0.5, 2, 7, 0.8, 1, 4, 2],
    'relative, row by row',
    'shape of Prem, Cook, Jit 2017, PLoS Comput Biol 13:e1005697, folded to three groups by us',
    'Tiếp xúc giữa các nhóm tuổi',
    'Contacts between age groups',
  ),
  ownWardShare: figure(
    'mixing.ownWardShare',
    0.7,
    'share',
    delta,
    'Tỷ lệ tiếp xúc trong phường mình',
    'Share of contacts in the own ward',
  ),
  distanceKm: figure(
    'mixing.distanceKm',
    3,
    'km',
    delta,
    'Khoảng cách mà tiếp xúc giảm e lần',
    'Distance over which contacts elsewhere fall by e',
  ),
};

/** When facilities have reported nothing, and for what they do not report. */
export const capacityFigures = {
  bedsPer1000: figure(
    'capacity.bedsPer1000',
    2.8,
    'beds per 1,000 people',
    'order of Vietnam, World Bank SH.MED.BEDS.ZS',
    'Giường bệnh trên 1.000 dân khi chưa có báo cáo năng lực',
    'Beds per 1,000 people where no facility has reported',
  ),
  intensiveCarePer1000: figure(
    'capacity.intensiveCarePer1000',
    0.05,
    'beds per 1,000 people',
    delta,
    'Giường hồi sức trên 1.000 dân khi chưa có báo cáo',
    'Intensive care beds per 1,000 people where no facility has reported',
  ),
  isolationPlacesPer1000: figure(
    'capacity.isolationPlacesPer1000',
    10,
    'places per 1,000 people',
    `${delta}; no event tells isolation places`,
    'Chỗ cách ly trên 1.000 dân, tại nhà và tập trung',
    'Places to isolate per 1,000 people, at home and in centres',
  ),
};

const price = (text: string) => `${text}; order of 2021, chosen by us`;
export const costFigures = {
  dose: figure('costs.dose', 150_000, 'đ', price('vaccine and injection'), 'Một liều vắc-xin', 'One dose'),
  traced: figure(
    'costs.traced',
    300_000,
    'đ',
    price('a rapid and half a PCR test at the ceilings of Thông tư 16/2021/TT-BYT'),
    'Truy vết và xét nghiệm một người',
    'Tracing and testing one person',
  ),
  bedDay: figure('costs.bedDay', 1_500_000, 'đ', price('hospital day with medicine'), 'Một ngày giường', 'One bed day'),
  intensiveCareDay: figure(
    'costs.intensiveCareDay',
    8_000_000,
    'đ',
    price('intensive care day'),
    'Một ngày hồi sức',
    'One day of intensive care',
  ),
  restrictedPersonDay: figure(
    'costs.restrictedPersonDay',
    130_000,
    'đ',
    price('a third of the city’s product a head and day'),
    'Một người một ngày bị hạn chế đi lại',
    'One person restricted for a day',
  ),
  closedBusinessDay: figure(
    'costs.closedBusinessDay',
    1_500_000,
    'đ',
    price('value added of a small business a day'),
    'Một cơ sở đóng cửa một ngày',
    'One business closed for a day',
  ),
  workersPerBusiness: figure(
    'costs.workersPerBusiness',
    5,
    'people',
    price('mean of enterprises and household businesses'),
    'Số lao động mỗi cơ sở',
    'Workers in a business',
  ),
  workingShare: figure(
    'costs.workingShare',
    [0, 0.75, 0.1],
    'share',
    price('labour force participation'),
    'Tỷ lệ đi làm theo nhóm tuổi',
    'Share that works by age group',
  ),
};

export const leverFigures = {
  effect5K: figure(
    'lever.effect5K',
    0.35,
    'share',
    delta,
    '5K được làm đúng bớt phần tiếp xúc này',
    'Contacts avoided where 5K is kept',
  ),
  yieldShare: figure(
    'lever.yieldShare',
    0.12,
    'share',
    delta,
    'Tỷ lệ F1 được truy vết đang lây bệnh',
    'Share of traced people who are infectious',
  ),
  contactsPerCase: figure(
    'lever.contactsPerCase',
    10,
    'people',
    delta,
    'Số F1 của mỗi ca được kể ra và tìm được: truy vết không thể vượt số ca nhân với số này',
    'Contacts of a case that are named and reached: no more can be traced than cases have',
  ),
  protectionDelayDays: figure(
    'lever.protectionDelayDays',
    14,
    'days',
    'two weeks, as in the trials and in QĐ 4800/QĐ-BYT of 2021 (at least 14 days after the dose)',
    'Số ngày từ lúc tiêm đến lúc được bảo vệ',
    'Days from a dose until it protects',
  ),
  movementContactShare: figure(
    'lever.movementContactShare',
    0.5,
    'share',
    delta,
    'Phần tiếp xúc phụ thuộc vào đi lại',
    'Share of contacts that depend on moving about',
  ),
  businessContactShare: figure(
    'lever.businessContactShare',
    0.25,
    'share',
    delta,
    'Phần tiếp xúc tại cơ sở kinh doanh',
    'Share of contacts made in businesses',
  ),
};

/** Histories that are tried; priors are uniform. */
export const fitFigures = {
  reproductionNumber: figure(
    'fit.reproductionNumber',
    [0.4, 7],
    'prior from, to',
    'Delta with anything from a lockdown to nothing done; chosen by us',
    'Khoảng thử của hệ số lây, với các biện pháp đang có',
    'Range tried for the reproduction number under the measures in force',
  ),
  reportedShare: figure(
    'fit.reportedShare',
    [0.15, 0.8],
    'prior from, to',
    'chosen by us: case counts alone cannot tell it from the size of the outbreak',
    'Khoảng thử của tỷ lệ ca nhiễm được báo cáo',
    'Range tried for the share of infections that are reported',
  ),
};

/** Most histories drawn, and how many are kept; `drift`: how far the reproduction number may have moved since the mean of the last two weeks, relative. */
export const fitSettings = { particles: 200, kept: 32, seed: 2021, drift: 0.1 } as const;

/** What makes a fit possible; reports of the last days count when so much of them is thought to have come in. */
export const fitRules = {
  leastDays: 14,
  mostDays: 56,
  /** before the first observed day the fit lets its level build up by itself: reports of these days are not counted twice */
  runInDays: 28,
  leastCases: 20,
  leastComplete: 0.7,
  /** share of the cases whose ward is known */
  leastPlaced: 0.7,
  mostDaysLeftOut: 10,
  /** days without any report of cases after which nothing is said of the present; weekly publications come later */
  mostAgeDays: 10,
  mostWeeklyAgeDays: 21,
} as const;

/** Bounds of what a request may ask for. */
export const requestBounds = {
  bedsPer1000: 20,
  intensiveCarePer1000: 2,
  /** of one scenario; two are held in memory at a time */
  pathsTimesDays: 450_000,
  mostQueued: 8,
} as const;
