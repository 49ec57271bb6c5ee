// What people type for a date or a time. Now is Monday 23 November 2026, 09:00 in New York.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sayDay, sayMoment } from '../../src/domain/dates-in-words.ts'
import { parseWhen, type WhenReason } from '../../src/domain/when.ts'
import { dateIn } from '../../src/domain/zone.ts'

const now = '2026-11-23T14:00:00Z'
const zone = 'America/New_York'
const past = (text: string) => parseWhen(text, { now, zone })
const future = (text: string) => parseWhen(text, { now, zone, tense: 'future' })

describe('a day that was', () => {
  it.each<[string, string]>([
    ['2026-11-18', '2026-11-18'],
    ['11/18/2026', '2026-11-18'],
    ['1/2/2026', '2026-01-02'],
    ['18 Nov 2026', '2026-11-18'],
    ['18 november 2026', '2026-11-18'],
    ['18-Nov-2026', '2026-11-18'],
    ['Nov 18, 2026', '2026-11-18'],
    ['November 18th 2026', '2026-11-18'],
    ['Wed 18 Nov 2026', '2026-11-18'],
    ['18 Nov', '2026-11-18'],
    ['24 Nov', '2025-11-24'],
    ['29 feb', '2024-02-29'],
    ['yesterday', '2026-11-22'],
    [' TODAY ', '2026-11-23'],
    ['3 days ago', '2026-11-20'],
    ['a week ago', '2026-11-16'],
    ['fri', '2026-11-20'],
    ['monday', '2026-11-23'],
    ['last monday', '2026-11-16'],
    ['1996-01-01', '1996-01-01'],
  ])('%j is %s', (text, date) => expect(past(text)).toEqual({ kind: 'date', date }))
})

describe('a time that was', () => {
  it.each<[string, string]>([
    ['08:30', '2026-11-23T13:30:00.000Z'],
    ['yesterday 22:10', '2026-11-23T03:10:00.000Z'],
    ['yesterday at 10:10 pm', '2026-11-23T03:10:00.000Z'],
    ['10pm yesterday', '2026-11-23T03:00:00.000Z'],
    ['22:10 on 18 nov 2026', 'not_understood'],
    ['22:10 fri', '2026-11-21T03:10:00.000Z'],
    ['22:10 2026-11-18', '2026-11-19T03:10:00.000Z'],
    ['fri 22:10', '2026-11-21T03:10:00.000Z'],
    ['Fri 20 Nov 22:41', '2026-11-21T03:41:00.000Z'],
    ['mon 08:00', '2026-11-23T13:00:00.000Z'],
    ['mon 23:00', '2026-11-17T04:00:00.000Z'],
    ['2026-11-18 22:10', '2026-11-19T03:10:00.000Z'],
    ['2026-11-18T22:10', '2026-11-19T03:10:00.000Z'],
    ['2026-11-18T22:10:00-05:00', '2026-11-19T03:10:00.000Z'],
    ['2026-11-18T22:10:00Z', '2026-11-18T22:10:00.000Z'],
    ['2026-11-01T01:30:00-05:00', '2026-11-01T06:30:00.000Z'],
    ['11/18/2026 12am', '2026-11-18T05:00:00.000Z'],
    ['yesterday noon', '2026-11-22T17:00:00.000Z'],
    ['2 hours ago', '2026-11-23T12:00:00.000Z'],
    ['now', '2026-11-23T14:00:00.000Z'],
  ])('%j', (text, expected) => {
    const when = past(text)
    expect(when.kind === 'instant' ? when.at : when.kind === 'refused' ? when.reason : when.date).toBe(
      expected,
    )
  })
})

describe('a refusal says why and what to type', () => {
  it.each<[string, WhenReason]>([
    ['22:10', 'in_the_future'],
    ['today 22:10', 'in_the_future'],
    ['tomorrow', 'in_the_future'],
    ['2027-01-01', 'in_the_future'],
    ['2026-11-23T14:00:01Z', 'in_the_future'],
    ['1995-12-31', 'before_1996'],
    ['12/31/1995 10:00', 'before_1996'],
    ['9999-12-31', 'too_far_away'],
    ['2026-11-01 01:30', 'ambiguous_local_time'],
    ['2026-03-08 02:30', 'skipped_local_time'],
    ['2026-02-30', 'no_such_date'],
    ['31 feb', 'no_such_date'],
    ['20/11/2026', 'no_such_date'],
    ['Sat 20 Nov 2026', 'no_such_date'],
    ['2026-02-30T10:00:00Z', 'no_such_date'],
    ['25:00', 'not_understood'],
    ['13pm', 'not_understood'],
    ['soon', 'not_understood'],
    ['18 nov 2026 9', 'not_understood'],
    ['', 'not_understood'],
    ['🚑', 'not_understood'],
    ['אתמול', 'not_understood'],
  ])('%j: %s', (text, reason) => {
    const when = past(text)
    expect(when).toMatchObject({ kind: 'refused', reason })
    expect(when.kind === 'refused' && when.message).toMatch(/Type /)
  })

  it('a repeated time is answered with both instants, which are then understood', () => {
    const when = past('2026-11-01 01:30')
    const offered = when.kind === 'refused' ? (when.message.match(/\d{4}-\S+-0\d:00/g) ?? []) : []
    expect(offered).toHaveLength(2)
    for (const text of offered) expect(past(text).kind).toBe('instant')
  })
})

describe('a day to come', () => {
  it.each<[string, string]>([
    ['tomorrow', '2026-11-24'],
    ['today', '2026-11-23'],
    ['fri', '2026-11-27'],
    ['next mon', '2026-11-30'],
    ['in 3 days', '2026-11-26'],
    ['1 dec', '2026-12-01'],
    ['18 nov', '2027-11-18'],
  ])('%j is %s', (text, date) => expect(future(text)).toEqual({ kind: 'date', date }))

  it('a day that has passed is refused', () =>
    expect(future('yesterday')).toMatchObject({ reason: 'in_the_past' }))
})

describe('hostile input', () => {
  it('never throws and never answers with the future', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'grapheme', maxLength: 70 })), (text) => {
        const when = past(text)
        if (when.kind !== 'refused') expect(when.date <= '2026-11-23').toBe(true)
      }),
    )
    expect(past('9'.repeat(40_000))).toMatchObject({ reason: 'not_understood' })
  })

  it('what the bot writes it also reads', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_767_225_600, max: 1_795_000_000 }), (seconds) => {
        const at = seconds * 1000
        expect(past(sayDay(dateIn(zone, at)))).toMatchObject({ date: dateIn(zone, at) })
        const when = past(sayMoment(zone, at))
        if (when.kind !== 'refused') expect(when.date).toBe(dateIn(zone, at))
        else expect(when.reason).toBe('ambiguous_local_time')
      }),
    )
  })
})
