/** Counsel's companion room: who may open it and let people in, what follows of it, and that nobody else hears of it. */
import { describe, expect, test } from 'vitest'
import { ChatError, type InboundRoom } from '../../src/chat/port.ts'
import { findCommand } from '../../src/commands/index.ts'
import { afterRefusal } from '../../src/delivery/refused.ts'
import { selecting } from '../../src/domain/bundle-scope.ts'
import { currentCompanion, isCompanion } from '../../src/domain/companion.ts'
import { warRoomGaps } from '../../src/domain/coverage.ts'
import { isCustody } from '../../src/domain/custody.ts'
import { type Event, event } from '../../src/domain/events.ts'
import { currentRoom } from '../../src/domain/incident.ts'
import { isParticipant } from '../../src/domain/permit.ts'
import type { EntryLine } from '../../src/domain/record.ts'
import { outgoingOf } from '../../src/outgoing/outgoing.ts'
import { besides, mayOpenForm } from '../../src/pipeline/beside.ts'
import { roomEvents } from '../../src/pipeline/room-life.ts'
import { say } from '../../src/views/say.ts'
import { type Bench, bench, only } from './bench.ts'

const COUNSEL = 'ULEE'
const ROOM = { platform: 'slack', workspace: 'T1', room: 'C1', name: 'inc-2026-0001' }
const BESIDE = { platform: 'slack', workspace: 'T1', room: 'C2', name: 'inc-2026-0001-counsel' }

function here(): Bench {
  const one = bench()
  one.record('', event('room.opened', ROOM))
  return one
}

/** Opened by counsel for themselves and Dana, who are both in it. */
function opened(): Bench {
  const one = here()
  one.run(COUNSEL, 'privilege room <@UDANA> because the regulator has written')
  const { seq } = one.state.companionWanted!
  one.record('', event('privilege.room_opened', BESIDE, undefined, seq))
  for (const person of [COUNSEL, 'UDANA'])
    one.record(person, event('room.joined', { room: 'C2', person, invited: true, guest: false }))
  return one
}

describe('asking for it', () => {
  test('records counsel, the people and the basis before any platform is asked', () => {
    const asked = here().run(COUNSEL, 'privilege room <@UDANA> <@USAM|sam> <@UDANA> because advice')
    expect(asked.events).toEqual([
      event('privilege.room_requested', { suffix: 'counsel' }, { basis: 'advice' }),
      ...[COUNSEL, 'UDANA', 'USAM'].map((person) => event('privilege.admitted', { room: null, person })),
    ])
  })

  test('by the form records the same', () => {
    const values = { target: 'companion', people: ['UDANA'], reason: 'advice' }
    expect(here().submit(COUNSEL, 'privilege', values).events).toEqual(
      here().run(COUNSEL, 'privilege room <@UDANA> because advice').events,
    )
  })

  test.each([
    ['by the privacy officer', 'UDANA', 'privilege room <@USAM> because advice', 'not-permitted'],
    ['by somebody kept out', 'UEVE', 'privilege room <@USAM> because advice', 'not-a-participant'],
    ['for nobody anybody knows', COUNSEL, 'privilege room @nobody because advice', 'unknown-person'],
    ['for one of two', COUNSEL, 'privilege room <@USAM> @nobody because advice', 'unknown-person'],
    ['for somebody kept out', COUNSEL, 'privilege room <@UEVE> because advice', 'companion-kept-out'],
  ])('is refused %s', (_, who, line, reason) =>
    expect(here().run(who, line)).toMatchObject({ events: [], refusal: { reason } }),
  )

  test('is refused while one is on its way', () => {
    const one = here()
    one.run(COUNSEL, 'privilege room <@UDANA> because advice')
    expect(one.run(COUNSEL, 'privilege room <@USAM> because advice').refusal?.reason).toBe(
      'companion-on-its-way',
    )
  })

  test('without a basis opens the form with the people in it', () => {
    const { form } = here().run(COUNSEL, 'privilege room <@UDANA>')
    expect(form?.fields.map((field) => ('initial' in field ? field.initial : undefined))).toEqual([
      'companion',
      undefined,
      ['UDANA'],
      undefined,
    ])
  })

  test('on Teams is refused in one sentence that says what to do, and its form does not offer it', () => {
    const one = here()
    one.state = { ...one.state, platform: 'teams' }
    const asked = one.run(COUNSEL, 'privilege room <@UDANA> because advice')
    expect(asked.events).toEqual([])
    expect(asked.refusal).toMatchObject({
      reason: 'companion-impossible',
      refusal: expect.stringMatching(
        /mark what is said instead, as a message or a thread\. Nothing was recorded\.$/,
      ),
    })
  })
})

describe('once it is open', () => {
  test('it is none of the war rooms, and privileged as a whole from the request', () => {
    const { state } = opened()
    expect(currentRoom(state)?.room).toBe('C1')
    expect(currentCompanion(state)).toMatchObject({ room: 'C2', by: COUNSEL, admitted: [COUNSEL, 'UDANA'] })
    expect(state.privilege).toMatchObject([{ target: 'room', room: 'C2', by: COUNSEL, lifted: null }])
    expect(state.lastChange).toEqual(here().state.lastChange)
    expect(state.members).not.toContain('UDANA')
  })

  test('whoever is in it takes part, and whoever left is let in anew', () => {
    const one = opened()
    one.run(COUNSEL, 'privilege room <@UOUT>')
    one.record('UOUT', event('room.joined', { room: 'C2', person: 'UOUT', invited: true, guest: false }))
    expect(isParticipant(one.state, one.organisation, 'UOUT')).toBe(true)
    one.record('UOUT', event('room.left', { room: 'C2', person: 'UOUT' }))
    expect(isParticipant(one.state, one.organisation, 'UOUT')).toBe(false)
    expect(currentCompanion(one.state)?.admitted).toEqual([COUNSEL, 'UDANA'])
    expect(only(one.run(COUNSEL, 'privilege room <@UOUT>'), 'privilege.admitted')).toHaveLength(1)
  })

  test('whoever could not be invited may be named again', () => {
    const one = opened()
    one.run(COUNSEL, 'privilege room <@UOUT>')
    one.record('', event('privilege.not_admitted', { room: 'C2', person: 'UOUT', code: 'guest' }))
    expect(currentCompanion(one.state)?.admitted).toEqual([COUNSEL, 'UDANA'])
    expect(one.run(COUNSEL, 'privilege room <@UOUT>').refusal).toBeUndefined()
  })

  test('whoever is counsel by now is let in with whom they let in', () => {
    const one = opened()
    one.give({ counsel: 'UKIM' })
    const asked = one.run('UKIM', 'privilege room <@USAM>')
    expect(only(asked, 'privilege.admitted').map(({ data }) => data.person)).toEqual(['USAM', 'UKIM'])
  })

  test.each([
    ['somebody new, without saying why again', 'privilege room <@USAM>', [{ room: 'C2', person: 'USAM' }]],
    ['only whoever is new', 'privilege room <@UDANA> <@USAM>', [{ room: 'C2', person: 'USAM' }]],
  ])('it lets in %s', (_, line, data) =>
    expect(only(opened().run(COUNSEL, line), 'privilege.admitted').map((each) => each.data)).toEqual(data),
  )

  test.each([
    ['lets nobody in twice', 'privilege room <@UDANA>', 'companion-let-in'],
    ['lets nobody in who is kept out', 'privilege room <@UEVE>', 'companion-kept-out'],
  ])('it %s', (_, line, reason) => expect(opened().run(COUNSEL, line).refusal?.reason).toBe(reason))

  test('a lost one is followed by another, on the same chain', () => {
    const one = opened()
    one.record('', event('room.lost', { room: 'C2', why: 'archived' }))
    expect(currentRoom(one.state)?.room).toBe('C1')
    const [asked] = only(
      one.run(COUNSEL, 'privilege room <@UDANA> because advice'),
      'privilege.room_requested',
    )
    expect(asked?.data).toEqual({ suffix: 'counsel-2' })
  })

  test('its life is kept apart: renamed, moved, lost and found again', () => {
    const one = opened()
    one.record('', event('room.renamed', { room: 'C2', neutral: false }, { name: 'x' }))
    const gap = { from: '2026-11-21T03:00:00Z', to: '2026-11-21T03:30:00Z', why: 'sweep' }
    one.record('', event('coverage.gap', { ...gap, room: 'C2' }))
    one.record('', event('room.moved', { room: 'C2', newRoom: 'C3' }))
    expect(isCompanion(one.state, 'C3')).toBe(true)
    // Its gaps and its mark follow it, or they would be the war room's to show.
    expect(warRoomGaps(one.state)).toEqual([])
    expect(one.state.privilege).toMatchObject([{ room: 'C3' }])
    expect(one.state.rooms).toMatchObject([{ room: 'C1', renamed: null, lost: null }])
  })

  test('custody names who asked, that it opened and who was let in', () =>
    expect(
      ['privilege.room_requested', 'privilege.room_opened', 'privilege.admitted'].map(isCustody),
    ).toEqual([true, true, true]))
})

describe('a bundle', () => {
  const line = (seq: number, kind: string, data: object, more: object = {}) =>
    ({
      ...{ seq, kind, data, ref: null, at: '2026-11-21T03:41:00.000Z', commit: 'x' },
      ...{ actor: { id: 'U', kind: 'human' }, source: null },
      ...more,
    }) as unknown as EntryLine
  const requested = line(2, 'privilege.room_requested', { suffix: 'counsel' })
  const made = line(4, 'privilege.room_opened', BESIDE, { ref: 2 })
  const typedThere = {
    source: { platform: 'slack', workspace: 'T1', room: 'C2', message: null, thread: null },
  }

  test.each([
    [
      'a message of it',
      line(5, 'message.posted', { room: 'C2', message: '1.0', thread: null }),
      'privileged',
    ],
    ['a file of it', line(6, 'file.added', { message: '1.0', file: 'F' }, { ref: 5 }), 'privileged'],
    ['a note typed in it', line(5, 'note.recorded', {}, typedThere), 'privileged'],
    ['a new name of it', line(5, 'room.renamed', { room: 'C2', neutral: false }), 'privileged'],
    [
      'a message of the war room',
      line(5, 'message.posted', { room: 'C1', message: '2.0', thread: null }),
      'opened',
    ],
    ['why it is kept back', requested, 'opened'],
  ])('withholds nothing else than the words said there: %s', (_, about, verdict) => {
    const all = [
      requested,
      made,
      line(5, 'message.posted', { room: 'C2', message: '1.0', thread: null }),
      about,
    ]
    const select = selecting({ kind: 'full', from: null, to: null })
    for (const each of all) select.note(each)
    const [found] = all
      .map((each) => [each, select.verdict(each)] as const)
      .filter(([each]) => each === about)
    expect(found?.[1]).toBe(verdict)
    if (verdict === 'privileged') expect(select.privilegedBy(about)).toBe(2)
  })

  test('opens it once counsel lifted the mark', () => {
    const select = selecting({ kind: 'full', from: null, to: null })
    const said = line(5, 'message.posted', { room: 'C2', message: '1.0', thread: null })
    const lifted = line(6, 'privilege.lifted', { target: 'room', room: 'C2', message: null }, { ref: 2 })
    for (const each of [requested, made, said, lifted]) select.note(each)
    expect(select.verdict(said)).toBe('opened')
  })
})

describe('who hears of it', () => {
  const telling = { announceChannels: { slack: 'C0ALL' }, pagerWebhook: true }
  const heard = (one: Bench, ...events: Event[]) => {
    const before = one.state
    const seq = 900
    const recorded = events.map((each, at) => ({
      ...each,
      seq: seq + at,
      at: one.at.toISOString(),
      actor: '',
    }))
    one.record('', ...events)
    return outgoingOf(recorded as never, one.state, before, one.organisation, telling).map(
      ({ verb, view, lane, args }) => [verb, view, lane.split(':')[0], args.person ?? args.why ?? null],
    )
  }
  const alarm = ['direct', 'companion-alarm', 'person', COUNSEL]

  test.each<[string, Event, unknown[]]>([
    ['lost', event('room.lost', { room: 'C2', why: 'archived' }), [alarm]],
    ['renamed', event('room.renamed', { room: 'C2', neutral: false }, { name: 'x' }), [alarm]],
    ['shared', event('room.alarmed', { room: 'C2', why: 'shared', person: null }), [alarm]],
    ['joined by somebody', event('room.alarmed', { room: 'C2', why: 'uninvited', person: 'UKIM' }), [alarm]],
    [
      'a gap that ended',
      event('coverage.gap', {
        from: '2026-11-21T03:00:00Z',
        to: '2026-11-21T03:30:00Z',
        why: 'sweep',
        room: 'C2',
      }),
      [alarm],
    ],
    [
      'nobody could be let in',
      event('privilege.not_admitted', { room: 'C2', person: 'UX', code: 'guest' }),
      [alarm],
    ],
    ['a neutral name', event('room.renamed', { room: 'C2', neutral: true }, { name: 'inc-2026-0001-c' }), []],
    [
      'whose privilege is lifted: whoever writes there',
      event('privilege.lifted', { target: 'room', room: 'C2', message: null }, { reason: 'waived' }, 1),
      [['companion-post', 'companion-privilege', 'companion', null]],
    ],
    ['somebody in it is kept out from now on', event('person.excluded', { person: 'UDANA' }), [alarm]],
    ['somebody left', event('room.left', { room: 'C2', person: 'UDANA' }), []],
  ])('of a companion room, %s: counsel alone, or the room itself', (_, what, told) =>
    expect(heard(opened(), what)).toEqual(told),
  )

  test('of its opening: the room itself, and whom it is for', () => {
    const one = here()
    one.run(COUNSEL, 'privilege room <@UDANA> because advice')
    const { seq } = one.state.companionWanted!
    expect(heard(one, event('privilege.room_opened', BESIDE, undefined, seq))).toEqual([
      ['companion-post', 'companion-notice', 'companion', null],
      ['admit', 'invite', 'companion', null],
      ['history', 'history', 'history', null],
    ])
  })

  test('what is told of the war room goes where it went', () => {
    const posts = heard(
      opened(),
      event('decision.recorded', { number: 1, message: null }, { what: 'x', why: 'y' }),
    )
    expect(posts.map(([verb, view, lane]) => [verb, view, lane])).toEqual([
      ['post', 'decision', 'room'],
      ['card', 'status', 'room'],
    ])
  })
})

describe('what the platform says of it', () => {
  const row = {
    ...{ id: 'd1', incident: 'inc-2026-0001', lane: 'companion:inc-2026-0001', view: 'invite', attempt: 1 },
    ...{ verb: 'admit', args: { room: 'C2', people: ['UDANA', 'USAM'] } },
  }
  const at = new Date('2026-11-21T04:00:00Z')
  const said = (given: Partial<typeof row>, error: ChatError, state = opened().state) => {
    const { events, ...rest } = afterRefusal({ ...row, ...given }, error, state, at)
    return { ...rest, events: events.map(({ kind, data }) => [kind, data]) }
  }

  test('a room it refuses is asked for again, and counsel hears of each reason once', () => {
    const one = here()
    one.run(COUNSEL, 'privilege room <@UDANA> because advice')
    const refusal = new ChatError('refused', 'restricted_action')
    const open = { verb: 'open-companion', view: 'room', args: {} as typeof row.args }
    const [first] = said(open, refusal, one.state).events
    expect(first).toEqual(['privilege.room_not_opened', { code: 'restricted_action' }])
    one.record('', event('privilege.room_not_opened', { code: 'restricted_action' }))
    expect(said(open, refusal, one.state)).toEqual({ waitMs: 2000, why: 'restricted_action', events: [] })
  })

  test('people it does not let in are named, each', () =>
    expect(said({}, new ChatError('refused', 'restricted_action')).events).toEqual(
      ['UDANA', 'USAM'].map((person) => [
        'privilege.not_admitted',
        { room: 'C2', person, code: 'restricted_action' },
      ]),
    ))

  test('a post into a room that is gone loses that room, and not the war room', () => {
    const post = { verb: 'companion-post', view: 'companion-closed' }
    const { events } = said(post, new ChatError('gone', 'is_archived'))
    expect(events.slice(1)).toEqual([
      ['room.lost', { room: 'C2', why: 'is_archived' }],
      ['coverage.gap', expect.objectContaining({ room: 'C2', to: null })],
    ])
  })

  const told = (change: InboundRoom['change'], person?: string, state = opened().state) =>
    roomEvents(state, {
      ...{
        type: 'room',
        key: '',
        platform: 'slack',
        workspace: 'T1',
        room: 'C2',
        actor: '',
        actorKind: 'system',
      },
      ...{ at, change, ...(person ? { person } : {}) },
    }).map(({ kind, data }) => [kind, 'why' in data ? data.why : 'invited' in data ? data.invited : null])

  test.each<[string, unknown[], unknown[]]>([
    ['somebody counsel let in', told('joined', 'UDANA'), [['room.joined', true]]],
    [
      'the commander, whom nobody let in',
      told('joined', 'USAM'),
      [
        ['room.joined', false],
        ['room.alarmed', 'uninvited'],
      ],
    ],
    [
      'somebody kept out',
      told('joined', 'UEVE'),
      [
        ['room.joined', false],
        ['room.alarmed', 'kept-out'],
      ],
    ],
    [
      'archived',
      told('archived'),
      [
        ['room.lost', 'archived'],
        ['coverage.gap', 'archived'],
      ],
    ],
    ['the bot added where it was', told('bot-added'), []],
  ])('of its life: %s', (_, events, expected) => expect(events).toEqual(expected))

  test('a loss told twice is one loss', () => {
    const one = opened()
    one.record('', event('room.lost', { room: 'C2', why: 'archived' }))
    expect(told('deleted', undefined, one.state)).toEqual([])
    expect(told('bot-added', undefined, one.state)).toEqual([['room.restored', null]])
  })
})

describe('what is typed in it', () => {
  const at = { isBeside: true, present: true }
  const row = (verb: string) => findCommand(verb)!
  const reply = say('x', ['x'])
  const words = { events: [event('note.recorded', {}, { body: 'words' })], reply }
  const noWords = { events: [event('role.declined', { role: 'scribe', person: 'USAM' })], reply }

  test.each([
    ['a note', 'note', { body: 'x' }, words, true],
    ['a message as evidence', 'evidence', { do: 'record', body: 'x' }, words, true],
    ['an exhibit with words', 'evidence', { do: 'add' }, words, false],
    ['a decision', 'decide', {}, words, false],
    ['a reason for closing', 'close', {}, words, false],
    ['a role, without words', 'decline', {}, noWords, true],
  ])('%s', (_, verb, args, decided, stays) =>
    expect(besides(at, row(verb), args, decided) === decided).toBe(stays),
  )

  test('elsewhere nothing of this holds', () =>
    expect(besides({ isBeside: false, present: true }, row('decide'), {}, words)).toBe(words))

  test.each([
    ['note', true],
    ['privilege', true],
    ['export', true],
    ['declare', true],
    ['decide', false],
    ['close', false],
    ['check', false],
    ['roster', false],
  ])('the form of %s opens: %s', (verb, opens) => expect(mayOpenForm(at, row(verb))).toBe(opens))

  test('another incident is told nothing of it, not even in a note', () => {
    const another = { isBeside: true, present: false }
    expect(besides(another, row('note'), { body: 'x' }, words)).not.toBe(words)
    expect(besides(another, row('decline'), {}, noWords)).toBe(noWords)
    expect(mayOpenForm(another, row('note'))).toBe(false)
  })

  test('a message of it declares no other incident', () =>
    expect(mayOpenForm(at, row('declare'), { about_text: 'advice' })).toBe(false))
})
