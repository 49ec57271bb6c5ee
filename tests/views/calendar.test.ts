/** The calendar file, read back by a parser that is not the library that wrote it. */
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { calendarFile } from '../../src/views/calendar.ts'
import { type Desk, desk } from '../commands/desk.ts'

const laptop = () => desk({ declared: 'the laptop of Jane Roe was stolen, MRN 00482913' })

const readBack = (here: Desk, version = 7) => {
  const text = calendarFile(here.state!, here.at, version)
  const whole = new ICAL.Component(ICAL.parse(text))
  const events = whole.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
  return { text, whole, events }
}

test('each last day is a day of the calendar, of which only number and clock are told', () => {
  const here = laptop()
  here.run('UDANA', 'fact affected 612 TX 501 OK 111 because Jane Roe counted')
  const { events, text } = readBack(here)
  const told = events.map(({ summary, startDate, endDate, uid, sequence }) => [
    ...[summary, startDate.isDate, startDate.toString(), endDate.toString(), uid, sequence],
  ])
  const at = [true, '2027-01-19', '2027-01-20']
  expect(told).toEqual([
    ['inc-2026-0001: last day, letters to individuals', ...at, 'hipaa.individual.inc-2026-0001@wardroom', 7],
    [
      'inc-2026-0001: last day, report to HHS, 500 or more',
      ...[...at, 'hipaa.hhs.500plus.inc-2026-0001@wardroom', 7],
    ],
    ['inc-2026-0001: last day, notice to the media', ...at, 'hipaa.media.inc-2026-0001@wardroom', 7],
  ])
  expect(text).not.toMatch(/Jane|Roe|00482913|laptop/)
})

test('it rings at eight a week before, the day before and on the day', () => {
  const [first] = readBack(laptop()).events
  const rings = first!.component.getAllSubcomponents('valarm').map((alarm) => {
    const at = first!.startDate.clone()
    at.isDate = false
    at.addDuration(alarm.getFirstPropertyValue('trigger') as ICAL.Duration)
    return at.toString()
  })
  expect(rings).toEqual(['2027-01-12T08:00:00', '2027-01-18T08:00:00', '2027-01-19T08:00:00'])
})

test('a last day that moved keeps its name and has a higher version', () => {
  const here = laptop()
  const before = readBack(here, 7).events[0]!
  here.run('UDANA', 'fact discovered 18 Nov 2026 because the ticket is of that day')
  const after = readBack(here, 9).events[0]!
  expect([after.uid, after.startDate.toString(), after.sequence]).toEqual([before.uid, '2027-01-17', 9])
  expect(after.description).toContain('Post by Fri 15 Jan 2027')
})

test('what was sent is in it no longer', () => {
  const here = laptop()
  here.at = new Date('2027-01-11T15:00:00Z')
  here.run('UDANA', 'fact notified individuals 11 Jan 2027')
  expect(readBack(here).events.map(({ uid }) => uid)).not.toContain('hipaa.individual.inc-2026-0001@wardroom')
})

test.each(['America/New_York', 'Asia/Tokyo', 'Pacific/Pago_Pago'])(
  'a day is that day for a server in %s',
  (zone) => {
    const before = process.env.TZ
    try {
      process.env.TZ = zone
      expect(readBack(laptop()).events[0]!.startDate.toString()).toBe('2027-01-19')
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  },
)

/** A hospital in New York has 72 hours from its determination, to the minute. */
const hospital = () => {
  const here = desk({ declared: 'ransomware', facts: { regimes: ['HIPAA', 'state.ny'] } })
  here.run('UDANA', 'fact started ny-hospital 20 Nov 2026 22:00 because the ward is down')
  return here
}
const hourly = (here: Desk, version = 7) =>
  readBack(here, version).events.find(({ uid }) => uid.startsWith('state.ny.hospital'))!

test('a clock of hours is an instant, in any zone the same, and rings in its last day', () => {
  const event = hourly(hospital())
  expect([event.startDate.isDate, event.startDate.zone.tzid]).toEqual([false, 'UTC'])
  expect(event.startDate.toJSDate().toISOString()).toBe('2026-11-24T03:00:00.000Z')
  expect(event.description.split('\n')[0]).toBe('It ends Mon 23 Nov 2026 22:00, to the hour.')
  expect(event.description).toContain('Days in America/New_York')
  const rings = event.component.getAllSubcomponents('valarm').map((alarm) => {
    const at = event.startDate.clone()
    at.addDuration(alarm.getFirstPropertyValue('trigger') as ICAL.Duration)
    return at.toJSDate().toISOString()
  })
  expect(rings).toEqual(['2026-11-23T03:00:00.000Z', '2026-11-23T19:00:00.000Z', '2026-11-24T01:00:00.000Z'])
})

test('no line is longer than 75 octets, none tears a sign apart, and unfolded they say what was said', () => {
  const { text } = readBack(hospital())
  const lines = text.split('\r\n')
  expect(lines.join('').includes('\n')).toBe(false)
  expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([])
  expect(lines.filter((line) => line.includes('\ufffd'))).toEqual([])
  expect(lines.some((line) => line.startsWith(' '))).toBe(true)
  expect(text.replaceAll('\r\n ', '')).toContain("the room's clocks are what counts.")
})

test('signs beyond ASCII come through, in the name of the calendar and of each event', () => {
  const drill = desk({ declared: 'drill my laptop was stolen' })
  expect(drill.state?.drill).toBe(true)
  const { whole, events } = readBack(drill)
  expect(whole.getFirstPropertyValue('x-wr-calname')).toBe('inc-2026-0001 · DRILL')
  expect(events[0]?.summary).toBe('inc-2026-0001 · DRILL: last day, letters to individuals')
})

test('names are the same whenever it is asked for, and no two are', () => {
  const [first, second] = [readBack(hospital(), 7), readBack(hospital(), 8)]
  const uids = first.events.map(({ uid }) => uid)
  expect(second.events.map(({ uid }) => uid)).toEqual(uids)
  expect(new Set(uids).size).toBe(uids.length)
  expect(first.whole.getFirstPropertyValue('version')).toBe('2.0')
})
