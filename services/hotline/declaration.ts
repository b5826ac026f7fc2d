import { defineFeed } from '#contracts/define-feed.ts';
import { defineSubsystem } from '#contracts/subsystem.ts';
import { callEvents, callerEvents } from './calls/events.ts';
import { dailyCallsSet } from './daily/events.ts';

const read = { action: 'call.read', dataClass: 'public' } as const;
const answer = { action: 'call.answer', dataClass: 'public', area: 'entity' } as const;

export const calls = defineFeed({
  name: 'calls',
  words: { vi: 'Cuộc gọi tổng đài', en: 'Hotline calls' },
  values: {
    ringing: { vi: 'đang đổ chuông', en: 'ringing' },
    missed: { vi: 'không ai trả lời', en: 'nobody answered' },
    answered: { vi: 'đang nói chuyện', en: 'speaking' },
    ended: { vi: 'đã kết thúc', en: 'over' },
    'hung-up': { vi: 'người gọi gác máy', en: 'caller hung up' },
    unanswered: { vi: 'bị lỡ, chờ tiếp nhận', en: 'unanswered, to be taken up' },
    'taken-up': { vi: 'đã tiếp nhận', en: 'taken up' },
    inbound: { vi: 'gọi đến', en: 'inbound' },
    daily: { vi: 'gọi hằng ngày', en: 'daily' },
    symptoms: { vi: 'triệu chứng', en: 'symptoms' },
    health: { vi: 'sức khỏe', en: 'health' },
    order: { vi: 'trật tự', en: 'order' },
    welfare: { vi: 'an sinh', en: 'welfare' },
    other: { vi: 'khác', en: 'other' },
    'no-answer': { vi: 'không trả lời', en: 'no answer' },
    busy: { vi: 'máy bận', en: 'busy' },
    refused: { vi: 'từ chối', en: 'refused' },
    failed: { vi: 'không gọi được', en: 'failed' },
    over: { vi: 'nói chuyện xong', en: 'conversation over' },
    'caller-hung-up': { vi: 'người gọi gác máy', en: 'caller hung up' },
  },
});

/** The hotline 7300 4999: whom a call rings, one after another, and the ledger of it. */
export const hotline = defineSubsystem({
  name: 'hotline',
  words: { vi: 'Tổng đài 7300 4999', en: 'Hotline 7300 4999' },
  reads: ['geography', 'epidemic', 'incidents', 'urban-order', 'officials'],
  access: {
    'GET /api/hotline/rules': { ...read, district: 'none' },
    'GET /api/hotline/calls': { ...read, area: 'query.areaId' },
    'GET /api/hotline/calls/:id': { ...read, area: 'entity' },
    'POST /api/hotline/calls/:id/caller/removal': { action: 'person.remove', dataClass: 'person' },
    'GET /api/hotline/calls/:id/caller': { action: 'call.read-caller', dataClass: 'person', area: 'entity' },
    'POST /api/hotline/calls': { action: 'call.receive', dataClass: 'person', area: 'body.areaId' },
    'GET /api/hotline/daily': read,
    'POST /api/hotline/daily': { action: 'call.set-daily', dataClass: 'public' },
    // By its signature alone; who has no carrier believes nobody.
    'POST /api/hotline/carrier': { action: 'call.tell', dataClass: 'person', district: 'inside' },
    'POST /api/hotline/calls/:id/answer': answer,
    'POST /api/hotline/calls/:id/refuse': answer,
    'POST /api/hotline/calls/:id/hang-up': answer,
    'POST /api/hotline/calls/:id/take-up': { action: 'call.take-up', dataClass: 'public', area: 'entity' },
    'POST /api/hotline/calls/:id/triage': { action: 'call.triage', dataClass: 'person', area: 'entity' },
  },
  events: [...callEvents, ...callerEvents, dailyCallsSet],
  feeds: [calls],
  fields: {
    callId: { vi: 'Mã cuộc gọi', en: 'Call' },
    attempt: { vi: 'Máy thứ', en: 'Telephone' },
    direction: { vi: 'Chiều gọi', en: 'Direction' },
    topic: { vi: 'Lĩnh vực', en: 'Topic' },
    ending: { vi: 'Kết thúc', en: 'Ending' },
    outcome: { vi: 'Kết quả', en: 'Outcome' },
  },
});
