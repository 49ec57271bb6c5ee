// Legal days, zones, holidays and wording.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addBusinessDays,
  addDays,
  addYearsKeeping,
  calendarDateOf,
  dateFromParts,
  daysBetween,
  parseCalendarDate,
  postBy,
  weekdayOf,
} from '../../src/domain/calendar.ts'
import {
  sayDay,
  sayDaysLeft,
  sayLastDay,
  sayLength,
  sayMoment,
  sayPostBy,
} from '../../src/domain/dates-in-words.ts'
import { federalHolidays, federalHolidaysBetween } from '../../src/domain/holidays.ts'
import {
  dateIn,
  dayBounds,
  endOfDay,
  instantsAt,
  isZone,
  localIso,
  msOf,
  startOfDay,
} from '../../src/domain/zone.ts'

const on = calendarDateOf

describe('dates', () => {
  it.each([
    '2026-02-30',
    '2027-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '2026-11-31',
    '',
    'today',
    '2026-11-18 ',
  ])('%j is no calendar date', (text) => expect(parseCalendarDate(text)).toBeNull())

  it('29 February exists in leap years alone', () => {
    expect([2024, 2028, 2000].map((year) => dateFromParts(year, 2, 29))).not.toContain(null)
    expect([2025, 2026, 2100].map((year) => dateFromParts(year, 2, 29))).toEqual([null, null, null])
  })

  it('adding days and counting them agree, whatever the zone of the machine', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: -4000, max: 4000 }),
        (from, days) => {
          const date = addDays(on('1996-01-01'), from)
          expect(daysBetween(date, addDays(date, days))).toBe(days)
        },
      ),
    )
  })

  it.each<[string, number, string]>([
    ['2026-05-20', 6, '2032-05-20'],
    ['2028-02-29', 6, '2034-03-01'],
    ['2028-02-29', 4, '2032-02-29'],
    ['2027-02-28', 6, '2033-02-28'],
  ])('%s and %i years is %s', (date, years, expected) =>
    expect(addYearsKeeping(on(date), years)).toBe(expected),
  )

  it.each<[string, string, number, string[], string]>([
    ['the start is not counted', '2026-05-07', 1, [], '2026-05-08'],
    ['Friday and one is Monday', '2026-05-08', 1, [], '2026-05-11'],
    ['a Saturday start counts from Monday', '2026-05-09', 1, [], '2026-05-11'],
    ['holidays are skipped', '2026-11-06', 15, ['2026-11-11', '2026-11-26'], '2026-12-01'],
    ['none is the same day', '2026-05-09', 0, [], '2026-05-09'],
  ])('business days: %s', (_, date, days, holidays, expected) =>
    expect(addBusinessDays(on(date), days, holidays)).toBe(expected),
  )

  it.each<[string, string, string[], string]>([
    ['a Sunday is posted by Friday', '2027-01-17', [], '2027-01-15'],
    ['a working day by itself', '2027-01-19', [], '2027-01-19'],
    ['Christmas Day on a Friday by Thursday', '2026-12-25', ['2026-12-25'], '2026-12-24'],
    ['the Sunday after it by Thursday as well', '2026-12-27', ['2026-12-25'], '2026-12-24'],
  ])('post by: %s', (_, date, holidays, expected) => expect(postBy(on(date), holidays)).toBe(expected))
})

describe('federal holidays', () => {
  it('2026 is the published list', () =>
    expect(federalHolidays(2026)).toEqual(
      '2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-12-25'.split(
        ' ',
      ),
    ))

  it("a New Year's Day on a Saturday is observed the year before", () => {
    expect(federalHolidays(2021).at(-1)).toBe('2021-12-31')
    expect(federalHolidays(2022)[0]).toBe('2022-01-17')
  })

  it('Juneteenth begins in 2021', () => {
    expect(federalHolidays(2020)).toHaveLength(10)
    expect(federalHolidays(2021)).toContain('2021-06-18')
  })

  it('never falls on a weekend', () =>
    expect(federalHolidaysBetween(1996, 2100).filter((date) => weekdayOf(date) % 6 === 0)).toEqual([]))
})

describe('zones', () => {
  it.each<[string, string, string, string]>([
    ['a plain winter day', 'America/New_York', '2026-01-19', '2026-01-19T23:59:59-05:00'],
    ['the day the clocks go forward', 'America/New_York', '2026-03-08', '2026-03-08T23:59:59-04:00'],
    ['the day the clocks go back', 'America/New_York', '2026-11-01', '2026-11-01T23:59:59-05:00'],
    ['midnight that does not exist next day', 'America/Sao_Paulo', '2018-11-03', '2018-11-03T23:59:59-03:00'],
    ['the last hour that comes twice', 'America/Sao_Paulo', '2018-02-17', '2018-02-17T23:59:59-03:00'],
    ['midnight that comes twice next day', 'America/Havana', '2026-10-31', '2026-10-31T23:59:59-04:00'],
    ['clocks that go back across midnight', 'America/St_Johns', '2010-11-06', '2010-11-06T23:59:59-03:30'],
    ['the eve of a day that was skipped', 'Pacific/Apia', '2011-12-29', '2011-12-29T23:59:59-10:00'],
    ['a zone of quarter hours', 'Asia/Kathmandu', '2026-05-01', '2026-05-01T23:59:59+05:45'],
  ])('the end of %s', (_, zone, date, dueLocal) =>
    expect(dayBounds(zone, on(date))).toMatchObject({ dueDate: date, dueLocal }),
  )

  it('in every zone a day ends exactly where the next begins', { timeout: 120_000 }, () => {
    const zones = Intl.supportedValuesOf('timeZone')
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 16_000 }), (zone, days) => {
        const date = addDays(on('1996-01-01'), days)
        const end = msOf(endOfDay(zone, date))
        expect(dateIn(zone, end) > date).toBe(true)
        expect(dateIn(zone, end - 1000) <= date).toBe(true)
        expect(msOf(startOfDay(zone, addDays(date, 1)))).toBe(end)
      }),
      { numRuns: 2000 },
    )
  })

  it('a skipped time is at no instant, a repeated one at two', () => {
    expect(instantsAt('America/New_York', on('2026-03-08'), { hour: 2, minute: 30 })).toEqual([])
    expect(instantsAt('America/New_York', on('2026-11-01'), { hour: 1, minute: 30 })).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-01T06:30:00.000Z',
    ])
  })

  it('knows zones from offsets and inventions', () => {
    expect(['America/New_York', 'UTC', 'Pacific/Guam'].map(isZone)).toEqual([true, true, true])
    expect(['Mars/Olympus', '+05:00', '', 'EST or so'].map(isZone)).toEqual([false, false, false, false])
  })

  it('writes an instant with its offset', () =>
    expect(localIso('America/New_York', '2026-03-31T09:00:00Z')).toBe('2026-03-31T05:00:00-04:00'))
})

describe('wording', () => {
  it('says days people can act on', () => {
    expect(sayDay(on('2027-01-19'))).toBe('Tue 19 Jan 2027')
    expect(sayLastDay(on('2026-11-23'), on('2027-01-19'))).toBe('Tue 19 Jan 2027 · 57 days left')
    expect(sayMoment('America/New_York', '2026-11-21T03:41:00Z')).toBe('Fri 20 Nov 22:41')
    expect(sayPostBy(on('2027-01-17'))).toBe('post by Fri 15 Jan')
    expect(sayPostBy(on('2027-01-19'))).toBeNull()
  })

  it.each<[string, string]>([
    ['2026-11-25', '2 days left'],
    ['2026-11-24', '1 day left'],
    ['2026-11-23', 'last day today'],
    ['2026-11-22', '1 day late'],
    ['2026-11-21', '2 days late'],
  ])('%s is %s', (lastDay, said) => expect(sayDaysLeft(on('2026-11-23'), on(lastDay))).toBe(said))

  it.each<[number, string]>([
    [12, '12 minutes'],
    [59, '59 minutes'],
    [60, '1 hour'],
    [1440 * 2, '2 days'],
    [0, 'less than a minute'],
  ])('%i minutes is %s', (minutes, said) => expect(sayLength(minutes * 60_000)).toBe(said))
})
