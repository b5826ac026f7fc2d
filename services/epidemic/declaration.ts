import { epidemicAccess } from '#contracts/access/epidemic.ts';
import { capacityReported } from '#contracts/events/epidemic/capacity-reported.ts';
import { caseConfirmed } from '#contracts/events/epidemic/case-confirmed.ts';
import { caseCorrected } from '#contracts/events/epidemic/case-corrected.ts';
import { caseCountPublished } from '#contracts/events/epidemic/case-count-published.ts';
import { caseStatusChanged } from '#contracts/events/epidemic/case-status-changed.ts';
import { doseAdministered } from '#contracts/events/epidemic/dose-administered.ts';
import { capacity, cases, counts, vaccination } from '#contracts/events/epidemic/feeds.ts';
import { personRemoved } from '#contracts/events/epidemic/person-removed.ts';
import { vaccinatedPersonRemoved } from '#contracts/events/epidemic/vaccinated-person-removed.ts';
import { vaccinationCountPublished } from '#contracts/events/epidemic/vaccination-count-published.ts';
import { defineSubsystem } from '#contracts/subsystem.ts';
import { capacity as capacityTable } from './import/capacity.ts';
import { caseCounts } from './import/case-counts.ts';
import { cases as caseList } from './import/cases.ts';
import { vaccination as vaccinationTable } from './import/vaccination.ts';

/** Cases, counts, vaccination and treatment capacity. */
export const epidemic = defineSubsystem({
  name: 'epidemic',
  words: { vi: 'Dịch bệnh', en: 'Epidemic' },
  memory: 'flood',
  access: epidemicAccess,
  events: [
    capacityReported,
    caseConfirmed,
    caseCorrected,
    caseCountPublished,
    caseStatusChanged,
    doseAdministered,
    vaccinatedPersonRemoved,
    personRemoved,
    vaccinationCountPublished,
  ],
  feeds: [cases, counts, vaccination, capacity],
  figures: [
    { id: 'incidence-7d', words: { vi: 'Ca mới 7 ngày / 100.000 dân', en: 'New cases, 7 days / 100,000' }, main: true },
    { id: 'cases-7d', words: { vi: 'Ca mới trong 7 ngày', en: 'New cases in 7 days' }, main: true },
    {
      id: 'incidence-14d',
      words: { vi: 'Ca mới 14 ngày / 100.000 dân', en: 'New cases, 14 days / 100,000' },
      main: true,
    },
    { id: 'active-cases', words: { vi: 'Ca đang điều trị', en: 'Cases in care' }, main: true },
    { id: 'beds-free', words: { vi: 'Giường trống', en: 'Free beds' }, main: true },
    {
      id: 'coverage-one-dose-18',
      words: { vi: 'Từ 18 tuổi: đã tiêm ít nhất một mũi', en: 'Aged 18+: at least one dose' },
      main: true,
    },
    {
      id: 'coverage-full-18',
      words: { vi: 'Từ 18 tuổi: đã tiêm đủ liều', en: 'Aged 18+: fully vaccinated' },
      main: true,
    },
    {
      id: 'coverage-full-50',
      words: { vi: 'Từ 50 tuổi: đã tiêm đủ liều', en: 'Aged 50+: fully vaccinated' },
      main: true,
    },
    {
      id: 'coverage-full-65',
      words: { vi: 'Từ 65 tuổi: đã tiêm đủ liều', en: 'Aged 65+: fully vaccinated' },
      main: true,
    },
    { id: 'coverage-one-dose', words: { vi: 'Đã tiêm ít nhất một mũi', en: 'At least one dose' }, main: true },
    { id: 'coverage-full', words: { vi: 'Đã tiêm đủ liều', en: 'Fully vaccinated' }, main: true },
    {
      id: 'coverage-one-dose-50',
      words: { vi: 'Từ 50 tuổi: đã tiêm ít nhất một mũi', en: 'Aged 50+: at least one dose' },
    },
    {
      id: 'coverage-one-dose-65',
      words: { vi: 'Từ 65 tuổi: đã tiêm ít nhất một mũi', en: 'Aged 65+: at least one dose' },
    },
    { id: 'cases-14d', words: { vi: 'Ca mới trong 14 ngày', en: 'New cases in 14 days' } },
  ],
  fields: {
    caseId: { vi: 'Mã ca', en: 'Case' },
    confirmedDate: { vi: 'Ngày có kết quả dương tính', en: 'Confirmed' },
    eventDate: { vi: 'Ngày lấy mẫu', en: 'Specimen' },
    onsetDate: { vi: 'Ngày khởi phát', en: 'Onset' },
    specimenDate: { vi: 'Ngày lấy mẫu', en: 'Specimen' },
    exposure: { vi: 'Nguồn phát hiện', en: 'Found in' },
    ageYears: { vi: 'Tuổi', en: 'Age' },
    sex: { vi: 'Giới', en: 'Sex' },
    facilityId: { vi: 'Mã cơ sở', en: 'Facility' },
    bedsTotal: { vi: 'Tổng giường', en: 'Beds' },
    bedsOccupied: { vi: 'Giường đang dùng', en: 'Beds in use' },
    bedsFree: { vi: 'Giường trống', en: 'Free beds' },
    intensiveCareTotal: { vi: 'Giường hồi sức', en: 'Intensive care beds' },
    intensiveCareOccupied: { vi: 'Hồi sức đang dùng', en: 'Intensive care in use' },
    ageGroup: { vi: 'Nhóm tuổi', en: 'Age group' },
    asOfDate: { vi: 'Tính đến ngày', en: 'As of' },
    denominator: { vi: 'Dân số', en: 'Population' },
    peopleAtLeastOneDose: { vi: 'Ít nhất một mũi', en: 'At least one dose' },
    peopleFullCourse: { vi: 'Đủ liều', en: 'Full course' },
    peopleAdditionalDose: { vi: 'Mũi bổ sung', en: 'Additional dose' },
    ratePer100k: { vi: 'Trên 100.000 dân', en: 'Per 100,000' },
    cases: { vi: 'Số ca', en: 'Cases' },
    doseNumber: { vi: 'Mũi', en: 'Dose' },
    oxygenPoints: { vi: 'Điểm thở ô-xy', en: 'Oxygen points' },
    staff: { vi: 'Nhân viên y tế', en: 'Staff' },
    administeredDate: { vi: 'Ngày tiêm', en: 'Given' },
  },
  units: {
    cases: { vi: 'ca', en: 'cases' },
    'cases/100,000/week': { vi: 'ca / 100.000 dân / tuần', en: 'cases / 100,000 people / week' },
    'per 100,000 in 7 days': { vi: 'ca / 100.000 dân / 7 ngày', en: 'cases / 100,000 people / 7 days' },
    'per 100,000 in 14 days': { vi: 'ca / 100.000 dân / 14 ngày', en: 'cases / 100,000 people / 14 days' },
    share: { vi: '', en: '' },
    beds: { vi: 'giường', en: 'beds' },
    people: { vi: 'người', en: 'people' },
  },
  forms: [
    {
      kind: 'case',
      words: { vi: 'Báo ca bệnh', en: 'Report a case' },
      path: '/api/epidemic/cases',
      idField: 'caseId',
      makesId: true,
      feed: 'cases',
      fields: [
        {
          name: 'confirmedDate',
          type: 'date',
          required: true,
          begins: 'today',
          words: { vi: 'Ngày có kết quả dương tính', en: 'Day confirmed' },
        },
        { name: 'onsetDate', type: 'date', words: { vi: 'Ngày khởi phát', en: 'Day of onset' } },
        { name: 'areaId', type: 'area' },
        { name: 'location', type: 'place' },
        { name: 'ageYears', type: 'number', words: { vi: 'Tuổi', en: 'Age' } },
        {
          name: 'sex',
          type: 'choice',
          options: ['female', 'male', 'other', 'unknown'],
          words: { vi: 'Giới', en: 'Sex' },
        },
        {
          name: 'exposure',
          type: 'choice',
          options: cases.points.categories,
          words: { vi: 'Nguồn phát hiện', en: 'Found in' },
        },
        {
          name: 'status',
          type: 'choice',
          options: cases.points.openStatuses,
          words: { vi: 'Trạng thái', en: 'Status' },
        },
      ],
    },
    {
      kind: 'case-status',
      of: 'case',
      words: { vi: 'Chuyển trạng thái', en: 'Change the status' },
      path: '/api/epidemic/cases/{caseId}/status',
      idField: 'caseId',
      feed: 'cases',
      fields: [
        {
          name: 'status',
          type: 'choice',
          required: true,
          lawfulOnly: true,
          options: cases.points.statuses,
          words: { vi: 'Trạng thái mới', en: 'New status' },
        },
        { name: 'since', type: 'instant', words: { vi: 'Từ lúc', en: 'Since' } },
        { name: 'reason', type: 'longText', words: { vi: 'Lý do', en: 'Reason' } },
      ],
    },
    {
      kind: 'case-correction',
      of: 'case',
      begins: 'changed',
      words: { vi: 'Đính chính', en: 'Correct' },
      path: '/api/epidemic/cases/{caseId}/correction',
      idField: 'caseId',
      feed: 'cases',
      fields: [
        { name: 'areaId', type: 'area' },
        { name: 'location', type: 'place' },
        { name: 'ageYears', type: 'number', words: { vi: 'Tuổi', en: 'Age' } },
        { name: 'confirmedDate', type: 'date', words: { vi: 'Ngày có kết quả dương tính', en: 'Day confirmed' } },
        { name: 'onsetDate', type: 'date', words: { vi: 'Ngày khởi phát', en: 'Day of onset' } },
        {
          name: 'specimenDate',
          type: 'date',
          knownAs: 'eventDate',
          words: { vi: 'Ngày lấy mẫu', en: 'Day of specimen' },
        },
        {
          name: 'exposure',
          type: 'choice',
          options: cases.points.categories,
          words: { vi: 'Nguồn phát hiện', en: 'Found in' },
        },
        { name: 'reason', type: 'longText', words: { vi: 'Lý do', en: 'Reason' } },
      ],
    },
    {
      kind: 'capacity',
      of: 'facility',
      begins: 'whole',
      alsoByNumber: true,
      words: { vi: 'Báo cáo năng lực điều trị', en: 'Report treatment capacity' },
      path: '/api/epidemic/capacity',
      idField: 'facilityId',
      feed: 'capacity',
      fields: [
        {
          name: 'facilityId',
          type: 'text',
          required: true,
          words: { vi: 'Mã cơ sở điều trị', en: 'Number of the facility' },
        },
        { name: 'name', type: 'text', required: true, words: { vi: 'Tên', en: 'Name' } },
        {
          name: 'kind',
          type: 'choice',
          required: true,
          options: ['hospital', 'field-hospital', 'health-station', 'mobile-station', 'care-team'],
          words: { vi: 'Loại', en: 'Kind' },
        },
        { name: 'areaId', type: 'area' },
        { name: 'bedsTotal', type: 'number', required: true, words: { vi: 'Tổng giường', en: 'Beds' } },
        { name: 'bedsOccupied', type: 'number', required: true, words: { vi: 'Giường đang dùng', en: 'Beds in use' } },
        { name: 'intensiveCareTotal', type: 'number', words: { vi: 'Giường hồi sức', en: 'Intensive care beds' } },
        {
          name: 'intensiveCareOccupied',
          type: 'number',
          words: { vi: 'Hồi sức đang dùng', en: 'Intensive care in use' },
        },
        { name: 'oxygenPoints', type: 'number', words: { vi: 'Điểm thở ô-xy', en: 'Oxygen points' } },
        { name: 'staff', type: 'number', words: { vi: 'Nhân viên y tế', en: 'Staff' } },
      ],
    },
    {
      kind: 'count',
      words: { vi: 'Công bố số ca', en: 'Publish a count' },
      path: '/api/epidemic/counts',
      idField: 'areaId',
      feed: 'counts',
      fields: [
        { name: 'areaId', type: 'area', required: true },
        {
          name: 'measure',
          type: 'choice',
          required: true,
          options: ['new-cases', 'cumulative-cases', 'deaths', 'tests', 'admissions'],
          words: { vi: 'Chỉ số', en: 'What is counted' },
        },
        { name: 'periodStart', type: 'date', required: true, begins: 'today', words: { vi: 'Từ ngày', en: 'From' } },
        {
          name: 'periodEnd',
          type: 'date',
          required: true,
          begins: 'today',
          words: { vi: 'Đến hết ngày', en: 'To the end of' },
        },
        { name: 'cases', type: 'number', required: true, words: { vi: 'Số', en: 'Count' } },
        { name: 'note', type: 'longText', words: { vi: 'Ghi chú', en: 'Note' } },
      ],
    },
  ],
  imports: [caseList, caseCounts, vaccinationTable, capacityTable],
});
