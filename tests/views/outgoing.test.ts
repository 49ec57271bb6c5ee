/** Who hears of what: the lanes, the upserts, the budget of posts, and the people who are never told. */
import { describe, expect, it } from 'vitest'
import { event } from '../../src/domain/events.ts'
import type { Outgoing } from '../../src/store/unit.ts'
import {
  affected,
  assigned,
  begin,
  decided,
  discovered,
  fridayNight,
  joined,
  opened,
  quietly,
  type Story,
} from './story.ts'

const people = ['SAM', 'DANA', 'PRIYA', 'LEE', 'KIM', 'CARA', 'ELLA', 'MAX']
/** Drawn into a message already sent: nothing new for anybody. */
const isUpdate = ({ args }: Outgoing): boolean => args.update === true
const ofPerson = (rows: readonly Outgoing[], id: string) =>
  rows.filter((row) => row.lane === `person:${id}` && !isUpdate(row))
const said = (rows: readonly Outgoing[]): string[] =>
  rows
    .filter((row) => !isUpdate(row))
    .map(({ lane, verb, view, args }) =>
      [lane.split(':')[0], verb, view, ...(lane.startsWith('person:') ? [args.person] : [])].join(' '),
    )

/** What appears in the room as new: posts, and cards the first time. */
function roomPosts(rows: readonly Outgoing[], known = new Set<string>()): Outgoing[] {
  return rows.filter(({ lane, verb, card }) => {
    if (!lane.startsWith('room:') || verb === 'open-room') return false
    if (verb === 'post' || !card) return true
    const isNew = !known.has(card)
    known.add(card)
    return isNew
  })
}

/** Grouped rows reach a person once. */
const messages = (rows: readonly Outgoing[], id: string): number => {
  const own = ofPerson(rows, id)
  return own.filter(({ card }) => !card).length + new Set(own.flatMap(({ card }) => card ?? [])).size
}

it('sheets already sent follow who holds what, as updates, and stop where the attacker reads', () => {
  const story = begin()
  const updates = (rows: readonly Outgoing[]) => rows.filter(isUpdate).map(({ view, card }) => [view, card])
  expect(updates(story.act('2026-11-21T03:45:00Z', 'LEE', assigned('privacy-officer', 'LEE')))).toEqual([
    ['sheet', 'sheet/inc-2026-0007/LEE'],
    ['sheet', 'sheet/inc-2026-0007/DANA'],
  ])
  const value = { compromised: true }
  story.act(
    '2026-11-21T03:46:00Z',
    'LEE',
    event('fact.recorded', { fact: 'chat-compromised', value, before: null }),
  )
  expect(updates(story.act('2026-11-21T03:47:00Z', 'DANA', assigned('commander', 'DANA')))).toEqual([])
})

describe('the opening', () => {
  it('is four posts in the room, in order, and its dressing is apart', () => {
    const story = begin({ room: false })
    expect(said(story.sent)).toEqual([
      'room open-room room',
      'person direct sheet DANA',
      'person direct sheet LEE',
      'person direct ask-role DANA',
      'person direct ask-role LEE',
    ])
    const rows = story.act('2026-11-21T03:42:00Z', '', opened('C1', 'inc-2026-0007'))
    expect(said(rows)).toEqual([
      'room post notice',
      'room card status',
      'room card clocks',
      'room card checklist',
      'dress nicety topic',
      'dress nicety pin',
      'dress invite invite',
      'history history history',
    ])
    expect(rows.at(-2)?.args.people).toEqual(['SAM', 'DANA', 'PRIYA', 'LEE', 'KIM', 'CARA', 'ELLA'])
    expect(rows.at(-1)?.args.since).toBe(new Date(fridayNight).toISOString())
  })

  it('draws no card while no room is open', () => {
    const story = begin({ room: false })
    const rows = story.act('2026-11-21T03:45:00Z', 'LEE', assigned('privacy-officer', 'LEE'))
    expect(said(rows)).toEqual(['person direct brief LEE'])
  })

  it('announces only where a channel is configured and nobody is kept out', () => {
    const telling = { ...quietly, announceChannels: { slack: 'C9' } }
    expect(said(begin({ telling }).sent)).toContain('announce announce announcement')
    expect(said(begin({ telling, excluded: ['MAX'] }).sent)).not.toContain('announce announce announcement')
    expect(said(begin().sent)).not.toContain('announce announce announcement')
  })

  it('of a successor room invites whom the incident brings in, nobody for having been in the old one, and posts the four again', () => {
    const story = begin()
    story.act('2026-11-21T04:00:00Z', '', joined('C1', 'MAX', false))
    story.act('2026-11-21T05:00:00Z', '', event('room.lost', { room: 'C1', why: 'archived' }))
    const wanted = story.act('2026-11-21T05:01:00Z', 'DANA', event('room.requested', { suffix: '2' }))
    expect(wanted.map(({ args }) => args)).toEqual([{ suffix: '2' }])
    const rows = story.act('2026-11-21T05:02:00Z', '', opened('C2', 'inc-2026-0007-2'))
    const people = rows.find(({ verb }) => verb === 'invite')?.args.people
    expect(people).toContain('DANA')
    expect(people).not.toContain('MAX')
    expect(roomPosts(rows).length).toBe(4)
    expect(rows.flatMap(({ card }) => card ?? []).every((card) => card.startsWith('inc-2026-0007/C2/'))).toBe(
      true,
    )
  })
})

type Case = readonly [string, (story: Story) => readonly Outgoing[], readonly string[]]
const at = '2026-11-21T04:30:00Z'

const cases: readonly Case[] = [
  [
    'a claimed role briefs its holder, invites them and changes cards',
    (story) => story.act(at, 'MAX', assigned('scribe', 'MAX')),
    ['person direct brief MAX', 'dress invite invite', 'room card status', 'room card checklist'],
  ],
  [
    'a member who takes a role is not invited again',
    (story) => {
      story.act(at, '', joined('C1', 'MAX'))
      return story.act(at, 'MAX', assigned('scribe', 'MAX'))
    },
    ['person direct brief MAX', 'room card status', 'room card checklist'],
  ],
  [
    'a privacy officer answers for the clocks card too',
    (story) => {
      story.act(at, '', joined('C1', 'LEE'))
      return story.act(at, 'LEE', assigned('privacy-officer', 'LEE'))
    },
    ['person direct brief LEE', 'room card status', 'room card clocks', 'room card checklist'],
  ],
  [
    'a handoff is said once in the room',
    (story) => {
      story.act(at, 'SAM', assigned('commander', 'SAM'))
      story.act(at, '', joined('C1', 'DANA'))
      return story.act(at, 'DANA', assigned('commander', 'DANA', 'SAM', 'handoff'))
    },
    ['room post handed-off', 'person direct brief DANA', 'room card status', 'room card checklist'],
  ],
  [
    'somebody who is replaced is told',
    (story) => {
      story.act(at, 'SAM', assigned('commander', 'SAM'))
      story.act(at, '', joined('C1', 'DANA'))
      return story.act(at, 'LEE', assigned('commander', 'DANA', 'SAM', 'assigned'))
    },
    ['person direct brief DANA', 'person direct handed-off SAM', 'room card status', 'room card checklist'],
  ],
  [
    'an offer goes to the person it is made to, and its refusal back',
    (story) => {
      story.act(at, 'SAM', assigned('commander', 'SAM'))
      const offer = story.act(
        at,
        'SAM',
        event('role.offered', { role: 'commander', from: 'SAM', to: 'DANA' }),
      )
      const no = story.act(at, 'DANA', event('role.declined', { role: 'commander', person: 'DANA' }))
      return [...offer, ...no]
    },
    ['person direct offer DANA', 'room card status', 'person direct declined SAM', 'room card status'],
  ],
  [
    'an offer taken back is told to the person it was made to',
    (story) => {
      story.act(at, 'SAM', assigned('commander', 'SAM'))
      story.act(at, 'SAM', event('role.offered', { role: 'commander', from: 'SAM', to: 'DANA' }))
      return story.act(at, 'SAM', event('role.declined', { role: 'commander', person: 'SAM' }))
    },
    ['person direct offer DANA', 'room card status'],
  ],
  [
    'an untaken role is told to one person and shown',
    (story) => story.act(at, '', event('role.escalated', { role: 'commander', step: 1, to: 'PRIYA' })),
    ['person direct escalation PRIYA', 'room card status'],
  ],
  [
    'a note changes the grey line only',
    (story) => story.act(at, 'SAM', event('note.recorded', {}, { body: 'x' })),
    ['room card status'],
  ],
  [
    'a decision is posted',
    (story) => story.act(at, 'SAM', decided(1, 'x', 'y')),
    ['room post decision', 'room card status'],
  ],
  [
    'a severity changes the status card',
    (story) =>
      story.act(
        at,
        'SAM',
        event('fact.recorded', { fact: 'severity', value: { severity: 'high' }, before: null }),
      ),
    ['room card status'],
  ],
  [
    'a count that takes an item off a checklist draws its card anew',
    (story) => {
      story.act(
        at,
        'SAM',
        event('phase.entered', { phase: 'post-incident', from: 'detection', openRequired: [] }),
      )
      return story.act(at, 'LEE', affected(612)).filter(({ view }) => view === 'checklist')
    },
    ['room card checklist'],
  ],
  [
    'an item of a phase left behind draws its own card and the one that names it as still required',
    (story) => {
      const move = { phase: 'containment', from: 'detection', openRequired: ['D6'] } as const
      story.act(at, 'SAM', event('phase.entered', move))
      return story.act(at, 'SAM', event('item.completed', { item: 'D6', by: 'person' }))
    },
    ['room card checklist', 'room card checklist', 'room card status'],
  ],
  [
    'an item of the phase people are in draws its card once',
    (story) => story.act(at, 'SAM', event('item.completed', { item: 'D6', by: 'person' })),
    ['room card checklist', 'room card status'],
  ],
  [
    'a count draws no checklist that does not change',
    (story) => story.act(at, 'LEE', affected(612)).filter(({ view }) => view === 'checklist'),
    [],
  ],
  [
    'a kind corrected draws the checklists of the phases that were entered',
    (story) => {
      story.act(
        at,
        'SAM',
        event('phase.entered', { phase: 'containment', from: 'detection', openRequired: [] }),
      )
      return story.act(
        at,
        'LEE',
        event('fact.recorded', { fact: 'kind', value: { kind: 'malware' }, before: null }),
      )
    },
    ['room card status', 'room card checklist', 'room card checklist'],
  ],
  [
    'a discovery that moves a last day is posted once',
    (story) => story.act(at, 'LEE', discovered('2026-11-18', true, fridayNight)),
    ['room card status', 'room card clocks', 'room post clocks-moved'],
  ],
  [
    'a discovery that moves nothing changes cards',
    (story) => story.act(at, 'LEE', discovered(fridayNight, true, fridayNight)),
    ['room card status', 'room card clocks'],
  ],
  [
    'a phase posts its checklist and closes the one before',
    (story) =>
      story.act(
        at,
        'SAM',
        event('phase.entered', { phase: 'containment', from: 'detection', openRequired: [] }),
      ),
    ['room card checklist', 'room card checklist', 'room card status'],
  ],
  [
    'an acknowledgement posts nothing',
    (story) =>
      story.act(
        at,
        'LEE',
        event('reminder.acknowledged', { clock: 'hipaa.individual', lastDay: '2027-01-19' }),
      ),
    ['room card status'],
  ],
  [
    'whoever is named for a notification hears it once, privately',
    (story) =>
      story.act(
        at,
        'LEE',
        event('notification.owned', { clock: 'hipaa.individual', person: 'SAM', previous: 'LEE' }),
      ),
    ['person direct notification-owned SAM', 'room card status', 'room card clocks'],
  ],
  [
    'whoever takes it on themselves is not told',
    (story) =>
      story.act(
        at,
        'LEE',
        event('notification.owned', { clock: 'hipaa.individual', person: 'LEE', previous: null }),
      ),
    ['room card status', 'room card clocks'],
  ],
  [
    'a notice that is owed at once is said in the room, though no day moved; its reminders begin with its owner',
    (story) =>
      story
        .act(
          at,
          'SAM',
          event('fact.recorded', {
            ...{ fact: 'started', value: { start: 'hipaa.individual.urgent', at }, before: null },
          } as never),
        )
        .filter(({ view }) => view === 'owed-now'),
    ['room post owed-now'],
  ],
  [
    'a draft is handed to whoever may approve it',
    (story) =>
      story.act(
        at,
        'SAM',
        event('notification.drafted', { clock: 'hipaa.individual' }, { draft: 'a draft' }),
      ),
    ['person direct notification-handed LEE', 'room card status', 'room card clocks'],
  ],
  [
    'what the officer drafted is handed to another who may approve it',
    (story) =>
      story.act(
        at,
        'LEE',
        event('notification.drafted', { clock: 'hipaa.individual' }, { draft: 'a draft' }),
      ),
    ['person direct notification-handed KIM', 'room card status', 'room card clocks'],
  ],
  [
    'an approval is handed to whoever owns the notification, unless they gave it',
    (story) => {
      const approved = event('notification.approved', {
        ...{ clock: 'hipaa.individual', contents: ['A'], alone: false },
      })
      return [...story.act(at, 'KIM', approved), ...story.act(at, 'LEE', approved)]
    },
    [
      'person direct notification-handed LEE',
      ...['room card status', 'room card clocks', 'room card status', 'room card clocks'],
    ],
  ],
  [
    'a posting to look at joins that morning’s message',
    (story) =>
      story.act(
        '2027-02-10T13:00:00Z',
        '',
        event('posting.reminded', { through: '2027-04-11', offset: '60', to: ['LEE'] }),
        event('items.prompted', { person: 'LEE', items: ['R9'] }),
      ),
    ['person direct reminders LEE'],
  ],
  [
    'a reminder a month before is private',
    (story) => story.act('2026-12-20T13:00:00Z', '', reminder('30', 0)),
    ['person direct reminders LEE'],
  ],
  [
    'a reminder a week before comes to the room too',
    (story) => story.act('2027-01-12T13:00:00Z', '', reminder('7', 0)),
    ['person direct reminders LEE', 'room post reminder-room'],
  ],
  [
    'a step of its escalation does too, and names whom it asks',
    (story) => story.act('2027-01-12T17:00:00Z', '', reminder('7', 1)),
    ['person direct reminders LEE', 'room post reminder-room'],
  ],
  [
    'a step that far from the last day is private',
    (story) => story.act('2026-12-21T13:00:00Z', '', reminder('30', 1)),
    ['person direct reminders LEE'],
  ],
  [
    'closing is posted and stops no card',
    (story) => story.act(at, 'LEE', event('incident.closed', { outcome: 'no-phi', duplicateOf: null })),
    ['room post closed', 'room card status', 'room card clocks'],
  ],
  [
    'a lost room is told to whoever leads and whoever answers for the clocks',
    (story) => {
      story.act(at, 'DANA', assigned('commander', 'DANA'))
      return story.act(at, '', event('room.lost', { room: 'C1', why: 'archived' }))
    },
    ['person direct room-lost DANA', 'person direct room-lost LEE'],
  ],
  [
    'an uninvited joiner is named to the commander alone, and looked up',
    (story) => {
      story.act(at, 'DANA', assigned('commander', 'DANA'))
      return story.act(
        at,
        'MAX',
        joined('C1', 'MAX', false),
        event('room.alarmed', { room: 'C1', why: 'uninvited', person: 'MAX' }),
      )
    },
    ['dress check-guest guest', 'person direct uninvited DANA'],
  ],
  [
    'whoever declared and is outside the team that sees the room hears where to write',
    (story) =>
      story.act(
        at,
        '',
        event('room.nicety_failed', { step: 'invite SAM', code: 'not_in_team', person: 'SAM' }),
        event('room.nicety_failed', { step: 'invite ELLA', code: 'not_in_team', person: 'ELLA' }),
      ),
    ['room card status', 'person direct not-in-team SAM'],
  ],
  [
    'a room that was made public is said in it',
    (story) => story.act(at, 'MAX', event('room.alarmed', { room: 'C1', why: 'made-public', person: null })),
    ['room post guest', 'person direct guest DANA'],
  ],
  [
    'a role given to a guest is open again: whoever gave it and whoever leads are told, the room and the guest are not',
    (story) => {
      story.act(at, 'DANA', assigned('commander', 'DANA'))
      story.act(at, 'LEE', assigned('scribe', 'MAX', null, 'assigned'))
      return story.act(at, '', event('role.vacated', { role: 'scribe', person: 'MAX', why: 'guest' }))
    },
    ['person direct vacated DANA', 'person direct vacated LEE', 'room card status', 'room card checklist'],
  ],
  [
    'a role a guest claimed is told to whoever leads alone',
    (story) => {
      story.act(at, 'DANA', assigned('commander', 'DANA'))
      story.act(at, 'MAX', assigned('scribe', 'MAX'))
      return story.act(at, '', event('role.vacated', { role: 'scribe', person: 'MAX', why: 'guest' }))
    },
    ['person direct vacated DANA', 'room card status', 'room card checklist'],
  ],
  [
    'a commander who is a guest is told of to whoever handed it on, and to whoever would be asked',
    (story) => {
      story.act(at, 'KIM', assigned('commander', 'KIM'))
      story.act(at, 'MAX', assigned('commander', 'MAX', 'KIM', 'handoff'))
      return story.act(at, '', event('role.vacated', { role: 'commander', person: 'MAX', why: 'guest' }))
    },
    ['person direct vacated DANA', 'person direct vacated KIM', 'room card status', 'room card checklist'],
  ],
  [
    'a gap is posted when it is over',
    (story) => story.act(at, '', event('coverage.gap', { from: fridayNight, to: at, why: 'disconnected' })),
    ['room post gap', 'room card status'],
  ],
  [
    'messages, files and commands make nobody hear anything',
    (story) =>
      story.act(
        at,
        'SAM',
        event('command.ran', { verb: 'note', via: 'slash' }),
        event('file.not_captured', { message: null, file: 'F1', size: 1, why: 'too-large' }),
      ),
    [],
  ],
]

const reminder = (offset: string, step: number) =>
  event('reminder.sent', { clock: 'hipaa.individual', lastDay: '2027-01-19', offset, step, to: ['LEE'] })

it.each(cases)('%s', (_name, run, expected) => {
  expect(said(run(begin()))).toEqual(expected)
})

it('roles taken back at once are one message, each giver reading of theirs', () => {
  const story = begin()
  story.act(at, 'DANA', assigned('commander', 'DANA'))
  story.act(at, 'LEE', assigned('scribe', 'MAX', null, 'assigned'))
  story.act(at, 'SAM', assigned('clinical-lead', 'MAX', null, 'assigned'))
  const taken = (['scribe', 'clinical-lead'] as const).map((role) =>
    event('role.vacated', { role, person: 'MAX', why: 'guest' }),
  )
  const told = story.act(at, '', ...taken).filter(({ view }) => view === 'vacated')
  expect(told.map(({ args }) => [args.person, args.roles])).toEqual([
    ['DANA', ['scribe', 'clinical-lead']],
    ['LEE', ['scribe']],
    ['SAM', ['clinical-lead']],
  ])
})

it('says a compromised chat by every path left', () => {
  const story = begin({ telling: { announceChannels: {}, pagerWebhook: true } })
  story.act(at, 'MAX', assigned('scribe', 'MAX'))
  const value = { compromised: true }
  const rows = story.act(at, 'SAM', event('fact.recorded', { fact: 'chat-compromised', value, before: null }))
  expect(said(rows)).toEqual([
    'room post chat-compromised',
    ...['MAX', 'DANA', 'PRIYA', 'LEE', 'KIM'].map((id) => `person direct chat-compromised ${id}`),
    'pager webhook pager',
    'room card status',
  ])
})

it('tells whoever leads, and who declared, that the platform made no room', () => {
  const story = begin({ room: false })
  const rows = story.act(at, '', event('room.not_opened', { code: 'forbidden' }))
  expect(said(rows)).toEqual(['DANA', 'SAM'].map((id) => `person direct room-not-opened ${id}`))
})

describe('the managers’ channel', () => {
  const telling = { announceChannels: {}, managersChannels: { slack: 'C8' }, pagerWebhook: true }
  const clock = 'hipaa.individual'
  const lastDay = '2027-01-19'
  const nobody = (step: number) => event('reminder.sent', { clock, lastDay, offset: '30', step, to: [] })
  const told = (rows: readonly Outgoing[]) =>
    rows
      .filter(({ verb }) => verb === 'managers' || verb === 'webhook')
      .map(({ verb, args }) => [verb, { ...args, at: undefined }])

  it('hears at once of three days or less and of what is overdue, and of nothing earlier', () => {
    const story = begin({ telling })
    expect(told(story.act('2027-01-12T13:00:00Z', '', reminder('7', 0)))).toEqual([])
    const near = [['managers', { with: [`near|${clock}`] }]]
    expect(told(story.act('2027-01-16T13:00:00Z', '', reminder('3', 0)))).toEqual(near)
    expect(told(story.act('2027-01-16T17:00:00Z', '', reminder('3', 1)))).toEqual([])
    expect(told(story.act('2027-01-20T13:00:00Z', '', reminder('-1', 0)))).toEqual(near)
  })

  it('hears of what merely came near from the digest of that morning, and at once of a last day and of what is late', () => {
    const story = begin({ telling })
    const near = [['managers', { with: [`near|${clock}`] }]]
    const on = (at: string, offset: string, last: string) =>
      told(story.act(at, '', event('reminder.sent', { clock, lastDay: last, offset, step: 0, to: ['LEE'] })))
    const friday = '2027-01-15T13:00:00Z'
    expect(on(friday, '3', '2027-01-18')).toEqual([])
    expect(on(friday, 'snoozed-2027-01-15', '2027-01-18')).toEqual([])
    expect(on(friday, '0', '2027-01-15')).toEqual(near)
    expect(on(friday, '-1', '2027-01-14')).toEqual(near)
    // Of no morning: it appeared within its offsets. And a Monday that is a holiday, which has no digest.
    expect(on(friday, 'appeared', '2027-01-18')).toEqual(near)
    expect(on('2027-01-18T13:00:00Z', '1', lastDay)).toEqual(near)
  })

  it('is one post for all incidents of a moment', () => {
    const rows = begin({ telling }).act('2027-01-19T13:00:00Z', '', reminder('0', 0))
    expect(rows.find(({ verb }) => verb === 'managers')).toMatchObject({
      card: 'managers/slack',
      lane: 'managers:slack',
    })
  })

  it('that refuses a post is told of to whoever leads', () => {
    const failed = event('post.failed', { delivery: 'x', view: 'managers', to: null, code: 'not_in_channel' })
    const rows = begin({ telling }).act(at, '', failed)
    expect(said(rows)).toEqual(['person direct managers-not-told DANA'])
  })

  it('hears of clocks that appeared or moved, in one post', () => {
    const story = begin({ telling })
    const moves = [
      { clock: 'hipaa.media', before: null, after: lastDay, cause: null },
      { clock, before: lastDay, after: '2027-01-17', cause: null },
    ]
    expect(told(story.act(at, '', event('clocks.changed', { moves })))[0]).toEqual([
      'managers',
      { with: ['moved|hipaa.media', `moved|${clock}`] },
    ])
  })

  it('hears that nobody is reachable once the last step has nobody, and so does the pager', () => {
    const story = begin({ telling })
    story.act(at, '', reminder('30', 0))
    story.act(at, '', event('reminder.unreached', { person: 'LEE', code: 'blocked', clocks: [clock] }))
    expect(told(story.act(at, '', nobody(1), nobody(2)))).toEqual([])
    expect(told(story.act(at, '', nobody(3)))).toEqual([
      ['managers', { with: [`unreached|${clock}`] }],
      ['webhook', { why: 'nobody reachable' }],
    ])
  })

  it('hears of it too where the last one asked could not be told, and not where somebody could', () => {
    const story = begin({ telling })
    const unreached = (person: string) =>
      event('reminder.unreached', { person, code: 'blocked', clocks: [clock] })
    story.act(at, '', reminder('30', 0))
    story.act(at, '', nobody(1), nobody(2))
    story.act(at, '', event('reminder.sent', { clock, lastDay, offset: '30', step: 3, to: ['ELLA'] }))
    expect(told(story.act(at, '', unreached('ELLA')))).toEqual([])
    expect(told(story.act(at, '', unreached('LEE')))).toHaveLength(2)
  })

  it('is told nothing of an incident that somebody is kept out of', () => {
    const story = begin({ telling, excluded: ['MAX'] })
    expect(told(story.act('2027-01-16T13:00:00Z', '', reminder('3', 0)))).toEqual([])
  })
})

const failed = (to: string | null, code: string, view = 'reminders') =>
  event('post.failed', { delivery: 'd', view, to, code })

it.each([
  ['who blocked the app is told of to whoever leads', [failed('LEE', 'blocked')], ['DANA']],
  ['about whoever leads it is told to the next', [failed('DANA', 'blocked')], ['PRIYA']],
  ['a guest is told of by nobody', [failed('GUS', 'guest')], []],
  ['a post in the room reached everybody or nobody', [failed(null, 'too_long')], []],
  ['that it could not be told is not told in turn', [failed('DANA', 'blocked', 'unreached')], []],
  [
    'an open role says it by itself',
    [
      failed('DANA', 'deactivated'),
      event('role.vacated', { role: 'scribe', person: 'DANA', why: 'deactivated' }),
    ],
    [],
  ],
])('unreached: %s', (_name, events, told) => {
  const rows = begin().act(at, '', ...events)
  expect(said(rows).filter((row) => row.includes('unreached'))).toEqual(
    told.map((id) => `person direct unreached ${id}`),
  )
})

it('groups the reminders of one morning by person, over clocks and incidents', () => {
  const story = begin()
  const other = begin({ incident: 'inc-2026-0008' })
  const hhs = event('reminder.sent', {
    ...{ clock: 'hipaa.hhs.500plus', lastDay: '2027-01-19', offset: '14', step: 0 },
    to: ['LEE', 'DANA'],
  })
  const morning = '2027-01-05T13:00:00Z'
  const rows = [
    ...story.act(morning, '', reminder('14', 0), hhs),
    ...other.act(morning, '', reminder('14', 0)),
  ]
  expect(new Set(ofPerson(rows, 'LEE').map(({ card }) => card))).toEqual(
    new Set(['reminders/LEE/2027-01-05']),
  )
  expect(rows.every(({ afterMs }) => afterMs === 2000)).toBe(true)
})

it('whoever declares and is on the roster is asked like anybody, and has the sheet', () => {
  const story = begin({ by: 'LEE' })
  expect(said(story.sent)).toContain('person direct sheet LEE')
  expect(said(story.sent)).toContain('person direct ask-role LEE')
})

describe('people kept out', () => {
  it('are not asked: the deputy is', () => {
    const story = begin({ excluded: ['DANA'] })
    expect(said(story.sent)).toContain('person direct ask-role PRIYA')
    expect(ofPerson(story.sent, 'DANA')).toEqual([])
  })

  it('are among nobody’s targets, whatever is recorded', () => {
    for (const out of people.filter((id) => id !== 'SAM')) {
      const story = begin({
        excluded: [out],
        telling: { announceChannels: { slack: 'C9' }, pagerWebhook: true },
      })
      for (const [, run] of cases) run(story)
      story.act(at, '', event('sheet.sent', { on: '2026-11-21' }))
      story.act(at, '', event('items.prompted', { person: out, items: ['D1'] }))
      story.act(at, '', event('role.escalated', { role: 'commander', step: 2, to: out }))
      story.act(at, '', opened('C2', 'inc-2026-0007-2'))
      expect(ofPerson(story.sent, out)).toEqual([])
      const invited = story.sent.filter(({ verb }) => verb === 'invite').flatMap(({ args }) => args.people)
      expect(invited).not.toContain(out)
    }
  })

  it('who are in the room already are named to whoever leads', () => {
    const story = begin()
    story.act(at, '', joined('C1', 'MAX'))
    const rows = story.act(at, 'LEE', event('person.excluded', { person: 'MAX' }))
    expect(said(rows)).toEqual(['person direct uninvited DANA'])
  })
})

it.each([
  ['containment', 'detection', '2026-11-24T03:00:00Z', ['items']],
  ['eradication', 'containment', '2026-11-24T03:00:00Z', []],
  ['eradication', 'containment', '2026-11-24T16:00:00Z', ['items']],
] as const)('entering %s from %s at %s tells its holders %j', (phase, from, when, told) => {
  const story = begin()
  story.act('2026-11-21T03:50:00Z', 'DANA', assigned('commander', 'DANA'))
  const rows = story.act(when, 'DANA', event('phase.entered', { phase, from, openRequired: [] }))
  expect(ofPerson(rows, 'DANA').map(({ view }) => view)).toEqual(told)
})

describe('the noise budget', () => {
  it('holds on a busy day: ten posts in the room, three messages a person', () => {
    const story = begin()
    const known = new Set<string>()
    const openingPosts = roomPosts(story.sent, known)
    expect(openingPosts.length).toBeLessThanOrEqual(4)
    const from = story.sent.length
    const act = story.act
    act('2026-11-21T12:10:00Z', 'DANA', assigned('commander', 'DANA'))
    act('2026-11-21T12:12:00Z', 'LEE', assigned('privacy-officer', 'LEE'))
    for (const person of ['DANA', 'LEE', 'PRIYA', 'MAX'])
      act('2026-11-21T12:13:00Z', '', joined('C1', person))
    act('2026-11-21T12:15:00Z', 'LEE', discovered('2026-11-18', true, fridayNight))
    act('2026-11-21T12:20:00Z', 'DANA', assigned('containment-lead', 'MAX', null, 'assigned'))
    for (const item of ['D2', 'D5', 'D6', 'D8', 'D10', 'D11'])
      act('2026-11-21T13:00:00Z', 'DANA', event('item.completed', { item, by: 'person' }))
    act('2026-11-21T13:10:00Z', 'DANA', event('item.skipped', { item: 'D12' }))
    act('2026-11-21T13:20:00Z', 'DANA', decided(1, 'a', 'b'))
    act(
      '2026-11-21T13:30:00Z',
      'DANA',
      event('phase.entered', { phase: 'containment', from: 'detection', openRequired: [] }),
    )
    act('2026-11-21T14:00:00Z', 'MAX', event('item.completed', { item: 'C2', by: 'person' }))
    act('2026-11-21T15:00:00Z', 'DANA', decided(2, 'a', 'b'))
    act('2026-11-21T16:00:00Z', 'LEE', affected(612, { TX: 501, OK: 111 }))
    act('2026-11-21T17:00:00Z', 'SAM', event('note.recorded', {}))
    act(
      '2026-11-21T17:10:00Z',
      'DANA',
      event('role.offered', { role: 'commander', from: 'DANA', to: 'PRIYA' }),
    )
    act('2026-11-21T17:20:00Z', 'PRIYA', assigned('commander', 'PRIYA', 'DANA', 'handoff'))
    act('2026-11-21T18:00:00Z', 'PRIYA', decided(3, 'a', 'b'))
    act(
      '2026-11-21T19:00:00Z',
      'PRIYA',
      event('phase.entered', { phase: 'eradication', from: 'containment', openRequired: ['C1'] }),
    )
    act('2026-11-21T20:00:00Z', 'MAX', event('item.completed', { item: 'E1', by: 'person' }))
    const day = story.sent.slice(from)
    expect(roomPosts(day, known).length).toBeLessThanOrEqual(10)
    for (const person of people) expect(messages(day, person)).toBeLessThanOrEqual(3)
  })

  it('holds on the day of declaring for the people who are asked: ask, sheet, brief', () => {
    const story = begin()
    story.act('2026-11-21T03:50:00Z', 'DANA', assigned('commander', 'DANA'))
    story.act('2026-11-21T03:51:00Z', 'LEE', assigned('privacy-officer', 'LEE'))
    for (const person of people) expect(messages(story.sent, person)).toBeLessThanOrEqual(3)
  })

  it('holds on a quiet day: no post in the room, and the sheet', () => {
    const story = begin()
    story.act('2026-11-21T03:50:00Z', 'LEE', assigned('privacy-officer', 'LEE'))
    const from = story.sent.length
    story.act('2026-11-24T13:00:00Z', '', event('sheet.sent', { on: '2026-11-24' }))
    const day = story.sent.slice(from)
    expect(roomPosts(day)).toEqual([])
    for (const person of people) expect(messages(day, person)).toBeLessThanOrEqual(1)
  })

  it('holds on a quiet working morning: the sheet, the prompt and the reminder are one message', () => {
    const story = begin()
    story.act('2026-11-21T03:50:00Z', 'LEE', assigned('privacy-officer', 'LEE'))
    const from = story.sent.length
    story.act(
      '2026-12-21T13:00:00Z',
      '',
      reminder('30', 0),
      event('items.prompted', { person: 'LEE', items: ['D1'] }),
      event('sheet.sent', { on: '2026-12-21' }),
    )
    const day = story.sent.slice(from)
    expect(messages(day, 'LEE')).toBe(1)
    expect(ofPerson(day, 'LEE').map(({ args }) => args.with)).toEqual([['last-days', 'items', 'sheet']])
    expect(roomPosts(day)).toEqual([])
  })

  it('holds on the last quiet day: one post for all clocks', () => {
    const story = begin()
    const from = story.sent.length
    const hhs = event('reminder.sent', {
      ...{ clock: 'hipaa.hhs.500plus', lastDay: '2027-01-19', offset: '0', step: 0 },
      to: ['LEE'],
    })
    story.act('2027-01-19T13:00:00Z', '', reminder('0', 0), hhs)
    const day = story.sent.slice(from)
    expect(roomPosts(day).length).toBe(1)
    expect(messages(day, 'LEE')).toBe(1)
  })
})
