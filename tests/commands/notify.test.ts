/** The life of a notification: owner, target, draft, approval, sending and proof, each by whom the table allows. */
import { describe, expect, test } from 'vitest'
import { typedNotify } from '../../src/commands/notify-words.ts'
import { dueEvents } from '../../src/domain/due.ts'
import { event } from '../../src/domain/events.ts'
import { applyEvent } from '../../src/domain/incident.ts'
import { incidentClocks, isMetLate } from '../../src/domain/incident-clocks.ts'
import { manners, notificationRule } from '../../src/domain/notification-rules.ts'
import { stageOf } from '../../src/domain/notifications.ts'
import { regulations } from '../../src/domain/regulations.ts'
import { cardText } from '../../src/views/card.ts'
import { metWords } from '../../src/views/clock-words.ts'
import { clocksCard } from '../../src/views/index.ts'
import { noticeSentCard } from '../../src/views/notice-sent.ts'
import { bench } from './bench.ts'
import { dataOf, desk, kindsOf } from './desk.ts'

/** Letters by Tue 19 Jan 2027. Dana is privacy officer, Lee counsel; Kim is in the room. */
const laptop = () => desk({ declared: 'my laptop was stolen' })

const approved = () => {
  const here = laptop()
  here.run('UKIM', 'notify individuals draft the letter in the privacy folder')
  here.run('UDANA', 'notify individuals approve A B C D E')
  here.at = new Date('2027-01-11T15:00:00Z')
  return here
}

const sent = () => {
  const here = approved()
  here.run('UDANA', 'notify individuals sent 8 Jan 2027 to 612 by mail')
  return here
}

const stage = (here: ReturnType<typeof desk>) => stageOf(here.state!, 'hipaa.individual')

test('whoever is to approve reads the draft where the notification is shown, and the form says where that is', () => {
  const here = bench()
  here.run('UKIM', 'notify individuals draft the letter in the privacy folder')
  expect(here.run('UDANA', 'notify individuals').said).toMatch(
    /Draft \(entry \d+, by @UKIM\): the letter in the privacy folder/,
  )
  // In the list of all of them nobody's words are opened.
  expect(here.run('UDANA', 'notify').said).not.toContain('privacy folder')
  const { form } = here.run('UDANA', 'notify individuals approve')
  expect(JSON.stringify(form?.intro)).toMatch(/Read the draft first.*notify individuals/)
})

test('what is owed only once somebody records it says so, with the button that records it', () => {
  const { refusal } = laptop().run('UDANA', 'notify urgent')
  expect(refusal?.refusal).toContain('nobody recorded possible imminent misuse of unsecured PHI')
  expect(refusal?.buttons?.[0]).toMatchObject({ line: 'fact started urgent now' })
})

test('recording what makes it owed answers that it is, and taking it back that it is not', () => {
  const here = laptop()
  const owed = here.run('UDANA', 'fact started urgent now')
  expect(owed.reply).toContain('▲ Urgent telephone notice is owed now: without delay, besides the letters.')
  expect(owed.reply).toContain('[Mark sent…]')
  expect(owed.reply).not.toContain('No last day moved')
  // Another moment of the same changes nothing of what is owed.
  expect(here.run('UDANA', 'fact started urgent today').reply).toContain('No last day moved.')
  expect(here.run('UDANA', 'fact started urgent not so because it was another file').reply).toContain(
    'Urgent telephone notice is no longer owed.',
  )
})

test('it goes from to do to proof attached, a step at a time, and the letter stops its clock', () => {
  const here = laptop()
  const stages = [stage(here)]
  for (const [who, line] of [
    ['UKIM', 'notify individuals draft https://files.test/letter'],
    ['UDANA', 'notify individuals approve A B C D E'],
    ['UDANA', 'notify individuals sent today to 612 by first-class mail'],
    ['UKIM', 'notify individuals proof the receipt in entry 212'],
  ] as const) {
    expect(here.run(who, line).refusal).toBeUndefined()
    stages.push(stage(here))
  }
  expect(stages).toEqual(['to do', 'drafted', 'approved', 'sent', 'proof attached'])
  const clock = incidentClocks(here.state!, here.at).find(({ id }) => id === 'hipaa.individual')
  expect(clock).toMatchObject({ status: 'met', metOn: '2026-11-20', spare: 60 })
})

describe('of a clock of hours', () => {
  /** Aware on Friday at noon, so due on Monday at noon, New York time. */
  const aware = () => {
    const here = laptop()
    here.state = { ...here.state!, organisation: { ...here.state!.organisation, regimes: ['gdpr.art33'] } }
    here.run('UDANA', 'fact gdpr 20 Nov 2026 12:00')
    here.at = new Date('2026-11-24T15:00:00Z')
    return here
  }
  const art33 = ({ state, at }: ReturnType<typeof desk>) => {
    const clock = incidentClocks(state!, at).find(({ id }) => id === 'gdpr.art33')!
    return { status: clock.status, late: isMetLate(clock), words: metWords(clock) }
  }

  test.each([
    ['23 Nov 2026 09:30', false, 'sent Mon 23 Nov 2026, 2 hours to spare'],
    ['23 Nov 2026 15:00', true, 'sent Mon 23 Nov 2026, 3 hours late'],
    ['22 Nov 2026', false, 'sent Sun 22 Nov 2026, 1 day to spare'],
    ['24 Nov 2026', true, 'sent Tue 24 Nov 2026, 1 day late'],
  ])('sent %s', (when, late, words) => {
    const here = aware()
    expect(here.run('UDANA', `notify gdpr-art33 sent ${when} by portal`).refusal).toBeUndefined()
    expect(art33(here)).toEqual({ status: 'met', late, words })
  })

  test('the day alone does not do on its last day, and the form asks for the hour', () => {
    const here = aware()
    const { refusal } = here.run('UDANA', 'notify gdpr-art33 sent 23 Nov 2026 by portal')
    expect(refusal).toMatchObject({ reason: 'notified-time', field: 'day' })
    expect(refusal?.refusal).toContain('ends that day at 12:00')
    expect(art33(here).status).toBe('running')
    here.run('UDANA', 'notify gdpr-art33 sent 23 Nov 2026 15:00 by portal')
    const scene = { ...here, state: here.state!, now: here.at, word: '/incident' }
    const told = cardText(
      noticeSentCard(scene, 'gdpr.art33', here.state!.notified['gdpr.art33']!.on, 'UDANA'),
    )
    expect(told).toContain('went out Mon 23 Nov 2026, ▲ 3 hours late')
  })
})

test('sending is the fact that every clock reads, with the number and the manner beside it', () => {
  const here = approved()
  const answer = here.run(
    'UDANA',
    'notify individuals sent 8 Jan 2027 to 1,612 people by email proof entry 212',
  )
  expect(dataOf(answer, 'fact.recorded')).toEqual([
    { fact: 'notified', value: { clock: 'hipaa.individual', on: '2027-01-08' }, before: null },
  ])
  expect(dataOf(answer, 'notification.sent')).toEqual([
    { clock: 'hipaa.individual', on: '2027-01-08', count: 1612, manner: 'email' },
  ])
  expect(answer.events.find(({ kind }) => kind === 'notification.proved')?.text).toEqual({
    proof: 'entry 212',
  })
  expect(answer.reply).toContain('11 days to spare: its last day is Tue 19 Jan 2027.')
})

test('what people wrote is sealed: no draft, proof or reason stands in the structured part', () => {
  const here = laptop()
  const words = 'MRN 44 of Jane Roe'
  const events = [
    here.run('UKIM', `notify individuals draft ${words}`),
    here.run('UDANA', 'notify individuals approve A B C D E'),
    here.run('UDANA', `notify individuals sent today to 1 by mail proof ${words}`),
    here.run('UDANA', `notify individuals withdraw because ${words}`),
  ].flatMap((answer) => answer.events)
  expect(events.map(({ kind }) => kind)).toContain('notification.withdrawn')
  expect(JSON.stringify(events.map(({ data }) => data))).not.toContain('Jane')
  expect(events.filter(({ text }) => JSON.stringify(text ?? '').includes('Jane'))).toHaveLength(3)
})

test('a letter sent to fewer than were affected says how many are left', () => {
  const here = approved()
  here.run('UDANA', 'fact affected 612 because we counted')
  const answer = here.run('UDANA', 'notify individuals sent 8 Jan 2027 to 598 by mail')
  expect(answer.reply).toContain('14 of 612 were not told by it')
})

test('what went out unapproved is recorded all the same, and said', () => {
  const answer = laptop().run('UDANA', 'notify individuals sent today to 612 by mail')
  expect(answer.reply).toContain('No approval of it is on the record')
  expect(kindsOf(answer)).toContain('fact.recorded')
})

describe('approving', () => {
  const drafted = (by = 'UKIM') => {
    const here = laptop()
    here.run(by, 'notify individuals draft the letter')
    return here
  }

  test.each([
    ['anyone but the privacy officer and counsel', 'UKIM', 'approve A B C D E', 'not-permitted-approve'],
    ['with a content missing', 'UDANA', 'approve A B C E', 'contents-missing'],
    ['with letters of no content', 'UDANA', 'approve X Y', 'contents-missing'],
  ])('is refused to %s', (_, who, line, reason) => {
    expect(drafted().run(who, `notify individuals ${line}`).refusal?.reason).toBe(reason)
  })

  test('without letters opens the form with each content to tick, as 164.404(c)(1) has them', () => {
    const { form } = drafted().run('UDANA', 'notify individuals approve')
    expect(form?.carry).toEqual({ clock: 'individuals', step: 'approve' })
    const [field] = form?.fields ?? []
    expect(field?.kind === 'switches' && field.options.map(({ value }) => value)).toEqual([
      'A',
      'B',
      'C',
      'D',
      'E',
    ])
    expect(form?.intro).toContain('45 CFR 164.404(c)(1)')
  })

  test('ticked in the form it is on the record, with the draft it is of', () => {
    const here = drafted()
    const draft = here.state?.notifications['hipaa.individual']?.drafted?.seq
    const answer = here.submit('ULEE', 'notify', {
      ...{ clock: 'individuals', step: 'approve', contents: ['E', 'D', 'C', 'B', 'A'] },
    })
    expect(answer.events).toMatchObject([
      {
        kind: 'notification.approved',
        ref: draft,
        data: { clock: 'hipaa.individual', contents: ['A', 'B', 'C', 'D', 'E'], alone: false },
      },
    ])
  })

  test('is for somebody else than who drafted it, while there is somebody', () => {
    const here = drafted('UDANA')
    const refused = here.run('UDANA', 'notify individuals approve A B C D E')
    expect(refused.refusal?.reason).toBe('own-draft')
    expect(refused.reply).toContain('<@ULEE>')
    expect(here.run('ULEE', 'notify individuals approve A B C D E').refusal).toBeUndefined()
  })

  test('is for who drafted it where nobody else may, and the record says so', () => {
    const here = drafted('UDANA')
    here.organisation = {
      ...here.organisation,
      roster: { 'privacy-officer': here.organisation.roster['privacy-officer']! },
    }
    const answer = here.run('UDANA', 'notify individuals approve A B C D E')
    expect(dataOf(answer, 'notification.approved')).toMatchObject([{ alone: true }])
  })

  test('ends with another draft', () => {
    const here = drafted()
    here.run('UDANA', 'notify individuals approve A B C D E')
    expect(stage(here)).toBe('approved')
    here.run('UKIM', 'notify individuals draft the second version')
    expect(stage(here)).toBe('drafted')
  })

  test('needs a draft', () => {
    expect(laptop().run('UDANA', 'notify individuals approve A B C D E').refusal?.reason).toBe('no-draft')
  })
})

describe('sending is refused', () => {
  test.each([
    [
      'to somebody who is neither privacy officer nor counsel',
      'UKIM',
      '8 Jan 2027 to 612 by mail',
      'not-permitted-later',
    ],
    ['on a day to come', 'UDANA', '12 Jan 2027 to 612 by mail', 'notified-in-the-future'],
    ['before discovery', 'UDANA', '19 Nov 2026 to 612 by mail', 'notified-before-discovery'],
    ['by a manner nobody knows', 'UDANA', '8 Jan 2027 to 612 by pigeon', 'manner'],
    [
      'by a web posting, which tells nobody by name',
      'UDANA',
      '8 Jan 2027 to 612 by posting',
      'manner-no-notice',
    ],
    ['to nobody', 'UDANA', '8 Jan 2027 to 0 by mail', 'count'],
    ['to how many nobody says', 'UDANA', '8 Jan 2027 by mail', 'count-missing'],
  ])('%s', (_, who, line, reason) => {
    const here = approved()
    expect(here.run(who, `notify individuals sent ${line}`).refusal?.reason).toBe(reason)
    expect(stage(here)).toBe('approved')
  })
})

describe('a law-enforcement delay', () => {
  /** Oral, of 2 Dec 2026: in force until 1 Jan 2027. Written until 15 Feb: the last day is its end. */
  const delayed = (line: string) => {
    const here = approved()
    here.at = new Date('2026-12-02T15:00:00Z')
    const recorded = here.run('UDANA', `${line} by "Agent Ruiz, FBI" because it would impede the case`)
    expect(recorded.refusal).toBeUndefined()
    return here
  }
  const oral = 'fact delay oral 2 Dec 2026'
  const written = 'fact delay written 2 Dec 2026 until 15 Feb 2027'

  test.each([
    ['while an oral one is in force', oral, '2026-12-20', '20 Dec 2026', 'notified-delayed'],
    ['while one in writing is in force', written, '2027-02-14', '14 Feb 2027', 'notified-delayed'],
    [
      'on the day it ends, which is the last day, nothing stands in the way',
      written,
      '2027-02-15',
      'today',
      undefined,
    ],
    ['after thirty days an oral one has ended', oral, '2027-01-01', 'today', undefined],
    ['what went out before the statement did so lawfully', oral, '2026-12-20', '1 Dec 2026', undefined],
  ])('%s', (_, line, today, day, reason) => {
    const here = delayed(line)
    here.at = new Date(`${today}T15:00:00Z`)
    const said = 'to 612 by mail'
    expect(here.run('UDANA', `notify individuals sent ${day} ${said}`).refusal?.reason).toBe(reason)
  })
})

describe('who owns it', () => {
  test('the privacy officer, until somebody is named; then they are what cards say', () => {
    const here = laptop()
    expect(here.run('UDANA', 'notify individuals').reply).toContain('Owner @UDANA')
    const answer = here.run('UDANA', 'notify individuals own <@UKIM>')
    expect(dataOf(answer, 'notification.owned')).toEqual([
      { clock: 'hipaa.individual', person: 'UKIM', previous: 'UDANA' },
    ])
    expect(here.run('UDANA', 'notify individuals').reply).toContain('Owner @UKIM')
    expect(here.run('UDANA', 'notify media').reply).not.toContain('Owner @UKIM')
  })

  test('is reminded of it, with the privacy officer as the next to answer', () => {
    const here = laptop()
    here.run('UDANA', 'claim privacy-officer')
    here.run('UDANA', 'notify individuals own <@UKIM>')
    here.at = new Date('2026-12-20T13:00:00Z')
    const sentTo = () =>
      dueEvents(here.state!, here.at, {}).flatMap((due) =>
        due.kind === 'reminder.sent' ? [[due.data.clock, due.data.step, due.data.to]] : [],
      )
    const first = dueEvents(here.state!, here.at, {})
    expect(sentTo()).toContainEqual(['hipaa.individual', 0, ['UKIM']])
    expect(sentTo()).toContainEqual(['hipaa.hhs.500plus', 0, ['UDANA']])
    here.record('', ...first)
    here.at = new Date('2026-12-24T13:00:00Z')
    expect(sentTo()).toContainEqual(['hipaa.individual', 1, ['UDANA']])
  })

  test('takes part from then on, whether in the room or not', () => {
    const here = laptop()
    here.run('UDANA', 'notify individuals own <@UKIM>')
    here.record('UKIM', event('room.left', { room: 'C1', person: 'UKIM' }))
    expect(here.run('UKIM', 'notify individuals draft the letter').refusal).toBeUndefined()
  })

  test('nobody who takes no part', () => {
    expect(laptop().run('UDANA', 'notify individuals own <@USTRANGER>').refusal?.reason).toBe(
      'owner-not-here',
    )
  })
})

describe('a target', () => {
  test('is set for one notification, and never stands after the last day, however that moves', () => {
    const here = laptop()
    const target = () =>
      incidentClocks(here.state!, here.at).find(({ id }) => id === 'hipaa.individual')?.target
    expect(target()).toBe('2027-01-04')
    here.run('UDANA', 'notify individuals target 18 Jan 2027')
    expect(target()).toBe('2027-01-18')
    here.run('UDANA', 'fact discovered 10 Nov 2026 because the ticket is from the 10th')
    expect(target()).toBe('2027-01-09')
  })

  test.each([
    ['after the last day', 'target 20 Jan 2027', 'target-past-last-day'],
    ['behind us', 'target 2 Nov 2026', 'target-in-the-past'],
  ])('%s is refused', (_, line, reason) => {
    expect(laptop().run('UDANA', `notify individuals ${line}`).refusal?.reason).toBe(reason)
  })
})

describe('a mistake', () => {
  test('is taken back a step at a time, with a reason, and the clock runs again', () => {
    const here = sent()
    expect(here.run('UDANA', 'notify individuals withdraw').form?.fields[0]?.name).toBe('reason')
    const answer = here.run('UDANA', 'notify individuals withdraw because the printer never sent them')
    expect(dataOf(answer, 'notification.withdrawn')).toEqual([{ clock: 'hipaa.individual', step: 'sent' }])
    expect(stage(here)).toBe('approved')
    here.run('UDANA', 'notify individuals withdraw because the draft was wrong')
    expect(stage(here)).toBe('drafted')
  })

  test('told as a fact, it takes the proof with it', () => {
    const here = sent()
    here.run('UKIM', 'notify individuals proof entry 212')
    here.run('UDANA', 'fact notified individuals not sent because the printer never sent them')
    here.run('UDANA', 'fact notified individuals 11 Jan 2027')
    expect(stage(here)).toBe('sent')
  })
})

test('each clock of the table has contents to tick, and no manner is named twice', () => {
  for (const { id } of regulations)
    expect(
      notificationRule(id)
        .contents.map((content) => content.id)
        .join(''),
    ).toMatch(/^AB(CDE?)?$/)
  const words = manners.flatMap(({ id, label, words: others }) => [id, label, ...others])
  expect(new Set(words).size).toBe(words.length)
})

test.each([
  ['notify hhs draft the report', 'hipaa.hhs.500plus'],
  ['notify hhs annual draft the report', 'hipaa.hhs.under500'],
  ['notification media draft the release', 'hipaa.media'],
])('"%s" is about %s', (line, clock) => {
  expect(dataOf(laptop().run('UDANA', line), 'notification.drafted')).toEqual([{ clock }])
})

test.each([
  ['notify pigeons draft x', 'no-such-notification'],
  ['notify individuals dance', 'no-such-step'],
  ['notify covered-entity draft x', 'notification-not-owed'],
  ['notify draft x', 'which-notification'],
  ['notify individuals proof entry 1', 'not-sent'],
])('"%s" is refused: %s', (line, reason) => {
  expect(laptop().run('UDANA', line).refusal?.reason).toBe(reason)
})

test('bare, it shows every notification with its owner and state, and records nothing', () => {
  const here = sent()
  const answer = here.run('UKIM', 'notify')
  expect(answer.events).toEqual([])
  expect(answer.reply).toContain('1 of 3 sent')
  expect(answer.reply).toContain('To 612 by first-class mail.')
  expect(answer.reply).toContain('State: sent, no proof yet.')
})

test('a state folds the same whatever is not there yet', () => {
  const here = laptop()
  const folded = applyEvent(
    here.state!,
    {
      ...{ kind: 'notification.proved', data: { clock: 'hipaa.media' } },
      ...{ seq: 99, at: here.at.toISOString(), actor: 'UKIM' },
    },
    'inc-2026-0001',
  )
  expect(folded.notifications['hipaa.media']).toMatchObject({ owner: null, proved: { by: 'UKIM', seq: 99 } })
})

describe('substitute notice', () => {
  const card = (here: ReturnType<typeof desk>) => cardText(clocksCard(sceneOf(here)))
  const sceneOf = ({ state, organisation, at }: ReturnType<typeof desk>) => ({
    ...{ state: state!, organisation, now: at, word: '/incident', text: () => ({}) },
  })

  test('for nine people is another form, for ten a posting of 90 days', () => {
    const here = sent()
    expect(card(here)).not.toContain('Substitute notice')
    here.run('UKIM', 'fact no-address 9')
    expect(card(here)).toContain('9 without an address that works: another written form')
    here.run('UKIM', 'fact no-address 10')
    expect(card(here)).toContain('for 90 days, with a toll-free line')
  })

  test('says through which day it stays posted: ninety whole days after that of the posting', () => {
    const here = sent()
    here.run('UKIM', 'fact no-address 14')
    expect(here.run('UKIM', 'fact substitute 11 Jan 2027').refusal).toBeUndefined()
    expect(card(here)).toContain('at least through Sun 11 Apr 2027')
  })

  test('is no more where everybody has an address after all', () => {
    const here = sent()
    here.run('UKIM', 'fact no-address 14')
    here.run('UKIM', 'fact no-address 0 because the new addresses are in')
    expect(card(here)).not.toContain('Substitute notice')
  })

  test('is recorded as taken down, and says so where that was too early', () => {
    const here = sent()
    here.run('UKIM', 'fact no-address 14')
    expect(here.run('UKIM', 'fact taken-down 12 Jan 2027').refusal?.reason).toBe('taken-down-not-posted')
    here.run('UKIM', 'fact substitute 11 Jan 2027')
    expect(here.run('UKIM', 'fact taken-down 11 Jan 2027').refusal?.reason).toBe('taken-down-before-posting')
    expect(here.run('UKIM', 'fact taken-down not').refusal?.reason).toBe('taken-down-not-recorded')
    here.at = new Date('2027-03-01T15:00:00Z')
    const early = here.run('UKIM', 'fact taken-down 1 Mar 2027')
    expect(early.reply).toContain('41 days before its 90 days are over. Post it again')
    expect(here.run('UKIM', 'fact taken-down not because it is still there').refusal).toBeUndefined()
    here.at = new Date('2027-04-14T15:00:00Z')
    expect(here.run('UKIM', 'fact taken-down 12 Apr 2027').reply).toContain('after its 90 days')
  })

  test.each([
    ['fact no-address many', 'no-address-count'],
    ['fact no-address -3', 'no-address-count'],
    ['fact no-address 1.5', 'no-address-count'],
    ['fact no-address 613', 'no-address-too-many'],
  ])('"%s" is refused', (line, reason) => {
    const here = laptop()
    here.run('UDANA', 'fact affected 612 because we counted')
    expect(here.run('UKIM', line).refusal?.reason).toBe(reason)
  })
})

test('urgent telephone notice stands beside the letters once misuse may be imminent, and never instead of them', () => {
  const here = laptop()
  expect(here.run('UDANA', 'notify urgent draft the script').refusal?.reason).toBe('notification-not-owed')
  here.run('UDANA', 'fact started urgent today')
  expect(here.run('UDANA', 'notify urgent').reply).toContain('Urgent telephone notice')
  here.run('UKIM', 'notify urgent draft the script for the calls')
  here.run('UDANA', 'notify urgent approve A B')
  expect(here.run('UDANA', 'notify urgent sent today to 612 by telephone').refusal).toBeUndefined()
  const clocks = incidentClocks(here.state!, here.at)
  expect(clocks.find(({ id }) => id === 'hipaa.individual.urgent')?.status).toBe('met')
  expect(clocks.find(({ id }) => id === 'hipaa.individual')?.status).toBe('running')
})

test.each([
  [
    'individuals sent 8 Jan 2027 to 1,612 people by first-class mail because it was ready proof entry 9 because it says so',
    {
      ...{ clock: 'individuals', step: 'sent', day: '8 Jan 2027', count: '1612', manner: 'first-class mail' },
      ...{ reason: 'it was ready', words: 'entry 9 because it says so' },
    },
  ],
  ['hhs annual own me', { clock: 'hhs annual', step: 'own', person: 'UKIM' }],
  [
    'media own <@ULEE|lee> because Dana is away',
    { clock: 'media', step: 'own', person: 'ULEE', reason: 'Dana is away' },
  ],
  ['tx-ag target by Friday', { clock: 'tx-ag', step: 'target', day: 'Friday' }],
  ['individuals approve a, b and c', { clock: 'individuals', step: 'approve' }],
  ['individuals approve a b', { clock: 'individuals', step: 'approve', contents: ['A', 'B'] }],
  ['individuals withdraw because no', { clock: 'individuals', step: 'withdraw', reason: 'no' }],
  ['draft', { step: 'draft' }],
  ['', {}],
])('"notify %s" is read whole', (typed, read) => expect(typedNotify(typed, 'UKIM')).toEqual(read))
