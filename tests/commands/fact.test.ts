import { expect, test } from 'vitest'
import { dataOf, desk, kindsOf } from './desk.ts'

/** Declared Fri 20 Nov 2026 22:41: letters by 19 Jan 2027; HHS by 19 Jan or 1 Mar 2027. */
const laptop = (options = {}) => desk({ declared: 'my laptop was stolen', ...options })
const lastDay = (here: ReturnType<typeof desk>, clock: string) => here.state?.clocks[clock]?.lastDay

test.each([
  ['affected 612', { total: 612, byState: {} }],
  ['affected 612 TX 501 OK 111', { total: 612, byState: { TX: 501, OK: 111 } }],
  ['affected 1,612 people: TX 1,501, OK: 111', { total: 1612, byState: { TX: 1501, OK: 111 } }],
  ['affected tx 501', { total: null, byState: { TX: 501 } }],
  ['people 612 PR 12 DC 600', { total: 612, byState: { PR: 12, DC: 600 } }],
  ['affected unknown TX 501', { total: null, byState: { TX: 501 } }],
  ['unsecured yes', { unsecured: true }],
  ['phi yes', { involved: true }],
  ['phi involved yes', { involved: true }],
  ['permitted no', { permitted: false }],
  ['severity HIGH', { severity: 'high' }],
  ['kind ransomware', { kind: 'malware' }],
  ['kind lost or stolen device', { kind: 'lost-device' }],
  ['chat-compromised no', { compromised: false }],
])('the privacy officer records "%s"', (words, value) => {
  const here = laptop()
  const answer = here.run('UDANA', `fact ${words} because it was checked`)
  expect(dataOf(answer, 'fact.recorded')[0]?.value).toEqual(value)
  expect(answer.events.find(({ kind }) => kind === 'fact.recorded')?.text).toEqual({
    reason: 'it was checked',
  })
})

test.each([
  ['affected XX 501', 'affected-unknown-state'],
  ['affected 1000000 Atlantis 1000000', 'affected-unknown-state'],
  ['affected -5', 'affected-negative'],
  ['affected 12.5', 'affected-fraction'],
  ['affected 999999999999', 'affected-large'],
  ['affected 500 TX 501', 'affected-states-exceed-total'],
  ['affected 500 TX', 'affected-state-without-count'],
  ['affected 500 TX OK 3', 'affected-state-without-count'],
  ['affected TX 3 TX 4', 'affected-state-twice'],
  ['affected 500 600', 'affected-number-without-state'],
  ['affected 500 TX 3 600', 'affected-number-without-state'],
  ['affected 🛏', 'affected-unknown-state'],
  ['unsecured maybe', 'unsecured-not-yes-or-no'],
  ['severity awful', 'no-such-severity'],
  ['kind weather', 'no-such-kind'],
  ['discovered tomorrow', 'discovered-in-the-future'],
  ['discovered 12 Mar 1990', 'discovered-before-1996'],
  ['discovered when the cows came home', 'discovered-not-understood'],
  ['notified pigeons 1 Jan 2027', 'notified-clock'],
  ['notified individuals', 'notified-day'],
  ['notified individuals 11 Nov 2026', 'notified-before-discovery'],
  ['notified individuals tomorrow', 'notified-in-the-future'],
  ['notified covered-entity today', 'notified-not-ours'],
  ['notified hhs today', 'notified-which-hhs'],
  ['colour blue', 'no-such-fact'],
  ['phi no at 31 Feb 2026', 'time-no_such_date'],
])('"fact %s" is refused (%s), says what to do and records nothing', (words, reason) => {
  const answer = laptop().run('UDANA', `fact ${words}`)
  expect(answer.refusal?.reason).toBe(reason)
  expect(answer.events).toEqual([])
  expect(answer.reply.length).toBeGreaterThan(20)
})

test.each([
  ['discovered 18 Nov 2026', 'D1'],
  ['severity high', 'D5'],
  ['affected 612', 'D7'],
  ['unsecured yes', 'D8'],
])('"fact %s" ticks %s once', (words, item) => {
  const here = laptop()
  expect(dataOf(here.run('UDANA', `fact ${words}`), 'item.completed')).toEqual([{ item, by: 'command' }])
  expect(dataOf(here.run('UDANA', `fact ${words} because it was checked again`), 'item.completed')).toEqual(
    [],
  )
})

test('a discovery that waits for the privacy officer leaves D1 open, and States without a total leave D7 open', () => {
  const here = laptop()
  expect(kindsOf(here.run('UKIM', 'fact discovered 18 Nov 2026'))).not.toContain('item.completed')
  expect(dataOf(here.run('UDANA', 'fact discovered confirm'), 'item.completed')).toEqual([
    { item: 'D1', by: 'command' },
  ])
  const earlier = here.run('UKIM', 'fact discovered 17 Nov 2026')
  expect(dataOf(earlier, 'item.reopened')).toEqual([{ item: 'D1' }])
  expect(earlier.reply).toContain('○ Open again: Record who first knew')
  expect(here.state?.lastChange.kind).toBe('fact.recorded')
  expect(kindsOf(here.run('UDANA', 'fact affected TX 41'))).not.toContain('item.completed')
  expect(dataOf(here.run('UDANA', 'fact affected 612'), 'item.completed')).toEqual([
    { item: 'D7', by: 'command' },
  ])
})

test('an earlier discovery by anyone moves every clock, says before and after, and stays provisional', () => {
  const here = laptop()
  const answer = here.run('UKIM', 'fact discovered 18 Nov 2026 because the ticket is from the 18th')
  expect(dataOf(answer, 'fact.recorded')[0]).toMatchObject({
    value: { at: '2026-11-18', confirmed: false },
    before: { confirmed: false },
  })
  expect(answer.reply).toContain(
    'Letters to individuals: Tue 19 Jan 2027 → Sun 17 Jan 2027 (post by Fri 15 Jan)',
  )
  expect(answer.reply).toContain('provisional until the privacy officer confirms it')
  expect(lastDay(here, 'hipaa.individual')).toBe('2027-01-17')
})

test("the privacy officer's discovery is confirmed, and so is the date that stands by confirm", () => {
  const here = laptop()
  expect(dataOf(here.run('UDANA', 'fact discovered 18 Nov 2026'), 'fact.recorded')[0]?.value).toEqual({
    at: '2026-11-18',
    confirmed: true,
  })
  const other = laptop()
  expect(dataOf(other.run('UDANA', 'fact discovered confirm'), 'fact.recorded')[0]?.value).toEqual({
    at: '2026-11-21T03:41:00.000Z',
    confirmed: true,
  })
  expect(laptop().run('UKIM', 'fact discovered confirm').refusal?.reason).toBe('confirm-not-permitted')
})

test('the time of discovery may follow the day after "at"', () => {
  const answer = laptop().run('UDANA', 'fact discovered 18 Nov 2026 at 22:10 by <@UNED>')
  expect(dataOf(answer, 'fact.recorded')[0]).toMatchObject({
    value: { at: '2026-11-19T03:10:00.000Z' },
    byPerson: 'UNED',
  })
})

test('a discovery after the declaration is refused: someone knew when it was declared', () => {
  const here = laptop()
  here.at = new Date('2026-11-25T15:00:00Z')
  const answer = here.run('UDANA', 'fact discovered 23 Nov 2026 because we confirmed it then')
  expect(answer.refusal?.reason).toBe('discovered-after-declared')
})

test('the day of the declaration itself is no later day', () => {
  expect(laptop().run('UDANA', 'fact discovered 20 Nov 2026').refusal).toBeUndefined()
})

test.each([
  ['discovered 20 Nov 2026 because the first ticket was another laptop', 'move three clocks later'],
  ['unsecured no because it was encrypted', 'end three clocks'],
  ['phi no because there was none', 'end three clocks'],
  ['permitted yes because it was treatment', 'end three clocks'],
  ['affected 12 because we counted', 'end one clock'],
])('only the privacy officer or counsel may record "%s"', (words, consequence) => {
  const here = laptop()
  here.run('UDANA', 'fact discovered 18 Nov 2026')
  const answer = here.run('UKIM', `fact ${words}`)
  expect(answer.refusal?.reason).toBe('not-permitted-later')
  expect(answer.reply).toContain(consequence === 'move three clocks later' ? 'later' : consequence)
  expect(answer.reply).toContain('<@UDANA>')
  expect(here.run('ULEE', `fact ${words}`).refusal).toBeUndefined()
})

test('the refusal reads as one calm sentence', () => {
  expect(laptop().run('UKIM', 'fact unsecured no').reply).toBe(
    'Only the privacy officer or counsel can record that the data was secured and the key is safe, because it would end three clocks. <@UDANA> is named privacy officer. <@ULEE> is named legal counsel.',
  )
})

test('while nobody holds privacy officer the refusal offers to assign it', () => {
  const answer = desk({ declared: 'my laptop was stolen', named: false }).run('UKIM', 'fact unsecured no')
  expect(answer.refusal?.buttons).toMatchObject([{ line: 'assign privacy-officer', form: true }])
})

test('a loosening fact without a reason is refused and offers the form', () => {
  const answer = laptop().run('UDANA', 'fact unsecured no')
  expect(answer.refusal).toMatchObject({ reason: 'reason-needed-later', field: 'reason' })
  expect(answer.refusal?.buttons?.[0]).toMatchObject({ form: true })
})

test('a vanished clock says so and can come back', () => {
  const here = laptop()
  const gone = here.run('UDANA', 'fact unsecured no because full-disk encryption was on')
  expect(gone.reply).toContain('Letters to individuals: Tue 19 Jan 2027 → no longer owed')
  expect(lastDay(here, 'hipaa.individual')).toBeNull()
  const back = here.run('UKIM', 'fact unsecured yes because the key was in the bag')
  expect(back.reply).toContain('Letters to individuals: not owed → Tue 19 Jan 2027')
  expect(lastDay(here, 'hipaa.individual')).toBe('2027-01-19')
})

test('while clocks are ended nobody else may slip in a second exemption, a smaller count or a later date', () => {
  const here = laptop()
  here.run('UDANA', 'fact affected 612')
  here.run('UDANA', 'fact discovered 18 Nov 2026')
  here.run('UDANA', 'fact unsecured no because full-disk encryption was on')
  for (const words of ['phi no', 'permitted yes', 'affected 12', 'discovered 20 Nov 2026'])
    expect(here.run('UKIM', `fact ${words} because I say so`).refusal?.reason).toBe('not-permitted-later')
})

test.each([
  [499, null, '2027-03-01'],
  [500, '2027-01-19', null],
  [501, '2027-01-19', null],
])('with %i affected HHS is by %s or the annual %s', (total, large, small) => {
  const here = laptop()
  here.run('UDANA', `fact affected ${total} because we counted`)
  expect([lastDay(here, 'hipaa.hhs.500plus'), lastDay(here, 'hipaa.hhs.under500')]).toEqual([large, small])
})

test.each([
  ['500 TX 500', undefined],
  ['501 TX 501', '2027-01-19'],
  ['501 TX 500 OK 1', undefined],
  ['600 TX 200 OK 200 NM 200', undefined],
])('the media clock for %s ends %s', (count, media) => {
  const here = laptop()
  here.run('UDANA', `fact affected ${count} because we counted`)
  expect(lastDay(here, 'hipaa.media') ?? undefined).toBe(media)
})

test('anyone may record 612 affected, because the earlier of the two HHS days stays', () => {
  expect(laptop().run('UKIM', 'fact affected 612').refusal).toBeUndefined()
})

test('a number that the law names is said once, when it is crossed', () => {
  const here = desk({ declared: 'my laptop was stolen' })
  const crossing = ['500 or more people are affected now.', 'More than 500 live in OK, TX now.']
  const first = here.run('USAM', 'fact affected 500 TX 500').reply
  expect(crossing.map((line) => first.includes(line))).toEqual([true, false])
  const second = here.run('USAM', 'fact affected 1100 TX 501 OK 502').reply
  expect(crossing.map((line) => second.includes(line))).toEqual([false, true])
  expect(here.run('USAM', 'fact affected 1200 TX 600 OK 502').reply).not.toContain('now.')
  const ranges = desk({ declared: 'my laptop was stolen' })
  const perhaps = ranges.run('UDANA', 'fact affected 400-600 because it was counted').reply
  expect(perhaps).toContain('It may be 500 people or more: both reports to HHS stand.')
  expect(ranges.run('UDANA', 'fact affected 520-600 because it was counted').reply).toContain(crossing[0])
})

test('a total without States keeps the States, and States without a total keep the total', () => {
  const here = laptop()
  here.run('UDANA', 'fact affected 612')
  const states = here.run('UDANA', 'fact affected TX 501 OK 111')
  expect(dataOf(states, 'fact.recorded')[0]?.value).toEqual({ total: 612, byState: { TX: 501, OK: 111 } })
  const total = here.run('UDANA', 'fact affected 700')
  expect(dataOf(total, 'fact.recorded')[0]?.value).toEqual({ total: 700, byState: { TX: 501, OK: 111 } })
  expect(here.run('UDANA', 'fact affected 300 because recounted').refusal?.reason).toBe(
    'affected-states-exceed-total',
  )
})

test('a notice that went out meets its clock, by the privacy officer only', () => {
  const here = laptop()
  here.at = new Date('2027-01-11T15:00:00Z')
  expect(here.run('UKIM', 'fact notified individuals 11 Jan 2027').refusal?.reason).toBe(
    'not-permitted-later',
  )
  const answer = here.run('UDANA', 'fact notified individuals 11 Jan 2027')
  expect(dataOf(answer, 'fact.recorded')[0]?.value).toEqual({ clock: 'hipaa.individual', on: '2027-01-11' })
  expect(answer.reply).toContain('letters to individuals sent Mon 11 Jan 2027')
  expect(answer.reply).toContain('Report to HHS, 500 or more: Tue 19 Jan 2027 → Mon 11 Jan 2027')
})

test('a second notice is no correction of the first; each says whether it was in time and what is still to send', () => {
  const here = laptop()
  here.run('UDANA', 'fact affected 630 NY 540 NJ 90')
  here.at = new Date('2027-01-20T15:00:00Z')
  const letters = here.run('UDANA', 'fact notified individuals 19 Jan 2027')
  expect(letters.reply).toContain('That is its last day.')
  expect(letters.reply).toContain('Still to send: report to HHS, 500 or more, last day Tue 19 Jan 2027.')
  const hhs = here.run('UDANA', 'fact notified hhs 20 Jan 2027')
  expect(dataOf(hhs, 'fact.recorded')[0]?.before).toBeNull()
  expect(hhs.reply).not.toContain('Before:')
  expect(hhs.reply).toContain('1 day late: its last day was Tue 19 Jan 2027.')
  expect(hhs.reply).toContain('Still to send: notice to the media')
  const withdrawn = here.run('UDANA', 'fact notified individuals not sent because the pallet never left')
  expect(dataOf(withdrawn, 'fact.recorded')[0]?.before).toEqual({
    clock: 'hipaa.individual',
    on: '2027-01-19',
  })
  expect(withdrawn.reply).toContain('Before: letters to individuals sent Tue 19 Jan 2027.')
})

test('"hhs" means whichever of the two HHS clocks runs', () => {
  const here = laptop()
  here.run('UDANA', 'fact affected 12 because we counted')
  here.at = new Date('2027-01-11T15:00:00Z')
  const answer = here.run('UDANA', 'fact notified hhs 11 Jan 2027')
  expect(dataOf(answer, 'fact.recorded')[0]?.value).toEqual({ clock: 'hipaa.hhs.under500', on: '2027-01-11' })
})

test('a late entry keeps when it happened and who said so, beside the recording', () => {
  const answer = laptop().run(
    'UKIM',
    'fact unsecured yes at yesterday 22:10 by "Officer Ortiz" because it was unlocked',
  )
  const recorded = answer.events.find(({ kind }) => kind === 'fact.recorded')
  expect(recorded?.data).toMatchObject({ occurredAt: '2026-11-20T03:10:00.000Z' })
  expect(recorded?.text).toEqual({ reason: 'it was unlocked', by: 'Officer Ortiz' })
})

test('chat-compromised asks once for a reason while nobody holds commander, then offers a new room', () => {
  const here = laptop()
  expect(here.run('UKIM', 'fact chat-compromised yes').refusal?.askReasonFor).toBe('commander')
  const answer = here.run('UKIM', 'fact chat-compromised yes because the attacker posted here')
  expect(kindsOf(answer)).toEqual(['role.acted', 'fact.recorded'])
  expect(answer.reply).toContain('[Open a new room]')
})

test('"fact" opens the list, and a named fact its own form', () => {
  const here = laptop()
  const list = here.run('UKIM', 'fact').form
  expect(list?.fields.map(({ name }) => name)).toEqual(['fact', 'value', 'reason'])
  for (const id of [
    'discovered',
    'affected',
    'unsecured',
    'phi',
    'permitted',
    'severity',
    'kind',
    'notified',
    'chat-compromised',
  ]) {
    const form = here.run('UKIM', `fact ${id}`).form
    expect(form?.carry).toEqual({ fact: id })
    expect(form?.title.length).toBeLessThanOrEqual(24)
    expect(form?.fields[0]?.name).toBe('value')
  }
})

test('the form of affected takes the total and the States apart, and shows what stands', () => {
  const here = laptop()
  const answer = here.submit('UDANA', 'fact', { fact: 'affected', value: '612', more: 'TX 501 OK 111' })
  expect(dataOf(answer, 'fact.recorded')[0]?.value).toEqual({ total: 612, byState: { TX: 501, OK: 111 } })
  const [total, states] = here.form('UDANA', 'fact', { words: 'affected' })?.fields ?? []
  expect([total?.initial, states?.initial]).toEqual(['612', 'TX 501 OK 111'])
})

test('the form of notified submits a clock and a day', () => {
  const here = laptop()
  here.at = new Date('2027-01-11T15:00:00Z')
  const answer = here.submit('UDANA', 'fact', {
    fact: 'notified',
    value: 'hipaa.individual',
    more: '2027-01-11',
  })
  expect(dataOf(answer, 'fact.recorded')[0]?.value).toEqual({ clock: 'hipaa.individual', on: '2027-01-11' })
})

test('the form of discovery submitted unchanged by the privacy officer confirms it', () => {
  const here = laptop()
  const initial = here.form('UDANA', 'fact', { words: 'discovered' })?.fields[0]?.initial
  const answer = here.submit('UDANA', 'fact', { fact: 'discovered', value: String(initial) })
  expect(dataOf(answer, 'fact.recorded')[0]?.value).toEqual({
    at: '2026-11-21T03:41:00.000Z',
    confirmed: true,
  })
})

test('somebody kept out finds no incident to record a fact in', () => {
  const here = desk({ declared: 'chart opened keep out <@UEVE>' })
  expect(here.run('UEVE', 'fact phi yes').refusal?.reason).toBe('not-a-participant')
})

test('a typo in the fact offers the fact', () => {
  const answer = laptop().run('UKIM', 'fact afected 12')
  expect(answer.reply).toContain('Did you mean affected?')
})

test('no reply or summary holds what a person typed', () => {
  const here = laptop()
  const answer = here.run('UDANA', 'fact severity high because Mrs Jones of bed 4')
  expect(answer.reply).not.toContain('Jones')
  expect(answer.card?.summary).not.toContain('Jones')
})

test.each([
  ['secured yes', 'unsecured', { unsecured: false }],
  ['secured no', 'unsecured', { unsecured: true }],
  ['impermissible yes', 'permitted', { permitted: false }],
  ['impermissible no', 'permitted', { permitted: true }],
])('"fact %s" asks the opposite question and is recorded the right way round', (words, id, value) => {
  const answer = laptop().run('UDANA', `fact ${words} because it was checked`)
  expect(dataOf(answer, 'fact.recorded')[0]).toMatchObject({ fact: id, value })
})

test('"fact encrypted yes" never ends a clock by itself: the form asks about the key', () => {
  const form = laptop().run('UDANA', 'fact encrypted yes because BitLocker was on').form
  expect(form?.carry).toEqual({ fact: 'encryption' })
  expect(JSON.stringify(form?.intro)).toContain('key')
  expect(form?.fields[0]?.initial).toBeUndefined()
})

test('the button that asks for the reason keeps what was typed', () => {
  const here = laptop()
  const line = here.run('UDANA', 'fact affected 12').refusal?.buttons?.[0]?.line ?? ''
  const form = here.form('UDANA', 'fact', { words: line.replace('fact ', '') })
  expect(form?.fields[0]?.initial).toBe('12')
})

test('half a character pair is replaced, so that the record can hold it', () => {
  const answer = laptop().run('UDANA', 'fact severity high because \ud83d')
  expect(answer.events[0]?.text?.reason).toBe('\ufffd')
})

test('a count that rules an item out says so, and a recount that brings it back says that', () => {
  const here = laptop()
  const log = 'Fewer than 500 people: enter the breach in the annual log (X4)'
  const many = here.run('UDANA', 'fact affected 612 because it was counted')
  expect(many.reply).toContain(`Off the checklist now:\n– ${log}`)
  const same = here.run('UDANA', 'fact affected 700 because it was counted again')
  expect(same.reply).not.toContain('checklist now')
  const few = here.run('UDANA', 'fact affected 400 because two lists were one')
  expect(few.reply).toContain(`On the checklist now:\n○ ${log}`)
})

test('a kind corrected says which items came and went', () => {
  const answer = laptop().run('UDANA', 'fact kind snooping because the laptop was here')
  expect(answer.reply).toContain(
    'On the checklist now:\n○ Look for the same signs everywhere else; if found, go back (E6)',
  )
  expect(answer.reply).toContain('Off the checklist now: D8, D12, E4, R1, R7.')
})
