/** What the golden files draw: every view in the state it is sent in, the answers views give, and every form. */

import type { Context } from '../../src/commands/command.ts'
import { commands } from '../../src/commands/index.ts'
import { isCustody } from '../../src/domain/custody.ts'
import { type Event, event } from '../../src/domain/events.ts'
import { facts as factRows } from '../../src/domain/facts.ts'
import type { EntryLine } from '../../src/domain/record.ts'
import { refuse } from '../../src/domain/refusal.ts'
import { supposed } from '../../src/domain/what-if.ts'
import type { Card, Form } from '../../src/views/card.ts'
import { custodyCard } from '../../src/views/custody.ts'
import { digestCard } from '../../src/views/digest.ts'
import { exhibitsCard } from '../../src/views/exhibits.ts'
import {
  assessmentCard,
  clockLawCard,
  clocksAllCard,
  helpCard,
  helpVerbCard,
  homeCard,
  lateCard,
  listCard,
  statusReply,
  views,
} from '../../src/views/index.ts'
import { managersCard } from '../../src/views/managers.ts'
import { managersUntoldCard } from '../../src/views/managers-untold.ts'
import { reasonForm } from '../../src/views/reason.ts'
import { refusalCard } from '../../src/views/say.ts'
import { whatIfCard } from '../../src/views/what-if.ts'
import { crowded } from './crowded.ts'
import {
  affected,
  assigned,
  begin,
  decided,
  discovered,
  facts,
  fridayNight,
  joined,
  note,
  organisation,
  type Story,
} from './story.ts'

export type Platform = 'slack' | 'teams'

export const words: Readonly<Record<Platform, string>> = { slack: '/incident', teams: '@Wardroom' }

const laterThatNight = '2026-11-21T04:06:00Z'
const whatAndWhy = [
  'Wipe the laptop remotely now.',
  'BitLocker state unknown, last seen online 22:10.',
] as const
const ticket = 'The help-desk ticket is from the 18th.'

const just = (platform: Platform): Story => begin({ platform })

/** The first night, as it goes. */
function underWay(platform: Platform): Story {
  const story = just(platform)
  const { act } = story
  for (const person of ['SAM', 'DANA', 'LEE', 'PRIYA']) act(fridayNight, '', joined('C1', person))
  act(laterThatNight, 'DANA', assigned('commander', 'DANA'))
  act(laterThatNight, 'LEE', assigned('privacy-officer', 'LEE'))
  act(laterThatNight, 'LEE', discovered('2026-11-18', true, fridayNight, ticket))
  act(laterThatNight, 'LEE', affected(612, { TX: 501, OK: 111 }))
  act(laterThatNight, 'SAM', decided(1, ...whatAndWhy))
  act(laterThatNight, 'DANA', event('role.offered', { role: 'scribe', from: 'DANA', to: 'SAM' }))
  act(
    laterThatNight,
    'DANA',
    event('phase.entered', { phase: 'containment', from: 'detection', openRequired: ['D1'] }),
  )
  return story
}

const and = (story: Story, at: string, actor: string, ...events: Event[]): Story => {
  story.act(at, actor, ...events)
  return story
}

const remindedOn = '2027-01-10T13:00:00Z'
const reminded = (platform: Platform): Story =>
  and(
    underWay(platform),
    remindedOn,
    '',
    ...['hipaa.individual', 'hipaa.hhs.500plus'].map((clock) =>
      event('reminder.sent', { clock, lastDay: '2027-01-17', offset: '7', step: 0, to: ['LEE'] }),
    ),
  )

/** Lee, who holds privacy officer, cannot be reached; Kim is asked, whom the roster names for Lee. */
const escalated = (platform: Platform): Story => {
  const clocks = ['hipaa.individual', 'hipaa.hhs.500plus']
  const story = reminded(platform)
  story.act(remindedOn, '', event('reminder.unreached', { person: 'LEE', code: 'deactivated', clocks }))
  const step = { lastDay: '2027-01-17', offset: '7', step: 1, to: ['KIM'] }
  return and(story, remindedOn, '', ...clocks.map((clock) => event('reminder.sent', { clock, ...step })))
}

const closing = event(
  'incident.closed',
  { outcome: 'breach-notified', duplicateOf: null },
  { reason: 'All notices are out.' },
)

/** The last row of a view that was really sent, as delivery draws it. */
const sent = (story: Story, view: string) => story.sent.findLast((row) => row.view === view)?.args ?? {}

type Told = (platform: Platform) => {
  readonly story: Story
  readonly args?: Readonly<Record<string, unknown>>
}

const asSent =
  (view: string, tell: (platform: Platform) => Story): Told =>
  (platform) => {
    const story = tell(platform)
    return { story, args: sent(story, view) }
  }

const suspect = { author: 'SAM', kinds: ['ssn'], carrier: 'message', at: laterThatNight, room: 'C1', seq: 9 }

const told: Readonly<Record<string, Told>> = {
  notice: (platform) => ({
    story: and(just(platform), fridayNight, '', joined('C1', 'SAM'), joined('C1', 'DANA')),
  }),
  'clocks-picture': asSent('clocks-picture', (platform) =>
    and(underWay(platform), laterThatNight, 'SAM', event('picture.requested', {})),
  ),
  'record-damaged': (platform) => ({
    story: underWay(platform),
    args: { person: 'DANA', parts: 3, entries: [12, 40] },
  }),
  'export-kept': (platform) => ({
    story: just(platform),
    args: {
      person: 'LEE',
      host: 'records-1',
      path: '/var/lib/wardroom/exports/inc-2026-0007-export-212.zip',
      sha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
      bytes: 1_240_000_000,
    },
  }),
  'export-failed': asSent('export-failed', (platform) =>
    and(
      just(platform),
      laterThatNight,
      '',
      event('export.failed', { code: 'fault', step: 'make', to: 'LEE' }),
    ),
  ),
  'phi-nudge': (platform) => ({
    story: just(platform),
    args: { ...suspect, person: 'SAM', url: 'https://chat.test/archives/C1/p1' },
  }),
  'phi-gone': (platform) => ({
    story: just(platform),
    args: { ...suspect, person: 'LEE', change: 'deleted', goneAt: laterThatNight },
  }),
  'phi-told': (platform) => ({
    story: just(platform),
    args: { ...suspect, person: 'LEE', url: 'https://chat.test/archives/C1/p1' },
  }),
  'companion-notice': (platform) => ({ story: beside(platform), args: { room: 'C7' } }),
  'companion-closed': (platform) => ({
    story: and(
      beside(platform),
      laterThatNight,
      'DANA',
      event(
        'incident.closed',
        { outcome: 'false-alarm', duplicateOf: null },
        { reason: 'It was in the safe.' },
      ),
    ),
  }),
  'companion-privilege': (platform) => {
    const story = beside(platform)
    const [mark] = story.state.privilege
    const place = { target: 'room', room: 'C7', message: null } as const
    const lifted = event('privilege.lifted', place, { reason: 'Waived.' }, mark?.seq)
    return { story: and(story, laterThatNight, 'LEE', lifted), args: { room: 'C7' } }
  },
  'companion-alarm': (platform) => ({
    story: beside(platform),
    args: { person: 'LEE', why: 'uninvited', who: 'MAX', room: 'C7' },
  }),
  'not-in-team': (platform) => ({ story: just(platform), args: { person: 'SAM' } }),
  status: (platform) => ({ story: underWay(platform) }),
  clocks: (platform) => ({ story: underWay(platform) }),
  checklist: (platform) => ({ story: underWay(platform) }),
  brief: (platform) => ({ story: underWay(platform), args: { role: 'commander' } }),
  items: (platform) => ({ story: underWay(platform), args: { person: 'DANA' } }),
  'ask-role': (platform) => ({ story: just(platform), args: { role: 'commander' } }),
  offer: (platform) => ({ story: underWay(platform), args: { role: 'scribe', from: 'DANA' } }),
  declined: (platform) => ({
    story: and(
      underWay(platform),
      laterThatNight,
      'SAM',
      event('role.declined', { role: 'scribe', person: 'SAM' }),
    ),
    args: { role: 'scribe', by: 'SAM' },
  }),
  'handed-off': asSent('handed-off', (platform) =>
    and(underWay(platform), laterThatNight, 'PRIYA', assigned('commander', 'PRIYA', 'DANA', 'handoff')),
  ),
  escalation: (platform) => ({
    story: and(
      just(platform),
      laterThatNight,
      '',
      event('role.escalated', { role: 'commander', step: 2, to: 'ELLA' }),
    ),
    args: { role: 'commander' },
  }),
  decision: asSent('decision', underWay),
  'clocks-moved': asSent('clocks-moved', underWay),
  'notification-owned': (platform) => ({
    story: and(
      underWay(platform),
      laterThatNight,
      'LEE',
      event('notification.owned', { clock: 'hipaa.individual', person: 'SAM', previous: 'LEE' }),
      event('notification.drafted', { clock: 'hipaa.individual' }, { draft: 'a draft' }),
    ),
    args: { clock: 'hipaa.individual', by: 'LEE', person: 'SAM' },
  }),
  'notification-handed': (platform) => ({
    story: and(
      underWay(platform),
      laterThatNight,
      'SAM',
      event('notification.drafted', { clock: 'hipaa.individual' }, { draft: 'a draft' }),
    ),
    args: { clock: 'hipaa.individual', by: 'SAM', step: 'drafted', person: 'LEE' },
  }),
  'proof-lost': (platform) => ({
    story: and(
      underWay(platform),
      laterThatNight,
      'SAM',
      event(
        'notification.file_given',
        {
          ...{ clock: 'hipaa.individual', message: null },
          files: [{ file: 'F1', mime: 'application/pdf', size: 9 }],
        },
        { 'file:F1': 'receipt of Jane Roe.pdf' },
      ),
    ),
    args: { clock: 'hipaa.individual', why: 'too-large', seq: 1, person: 'SAM' },
  }),
  'owed-now': (platform) => ({
    story: and(
      underWay(platform),
      laterThatNight,
      'LEE',
      event('fact.recorded', {
        ...{ fact: 'started', value: { start: 'hipaa.individual.urgent', at: laterThatNight }, before: null },
      } as never),
    ),
    args: { clock: 'hipaa.individual.urgent', by: 'LEE' },
  }),
  managers: (platform) => ({
    story: underWay(platform),
    args: { with: ['moved|hipaa.individual', 'near|hipaa.media', 'unreached|hipaa.hhs.500plus'] },
  }),
  'managers-not-told': (platform) => ({ story: reminded(platform), args: { code: 'not_in_channel' } }),
  'reminder-room': (platform) => ({ story: reminded(platform), args: { on: '2027-01-10' } }),
  reminders: (platform) => ({
    story: reminded(platform),
    args: { person: 'LEE', on: '2027-01-10', with: ['items', 'sheet'] },
  }),
  closed: (platform) => ({ story: and(underWay(platform), laterThatNight, 'LEE', closing) }),
  reopened: (platform) => ({
    story: and(
      underWay(platform),
      laterThatNight,
      'LEE',
      closing,
      event('incident.reopened', {}, { reason: 'More files were found.' }),
    ),
  }),
  'notice-sent': (platform) => ({
    story: and(
      underWay(platform),
      remindedOn,
      'LEE',
      event('fact.recorded', {
        fact: 'notified',
        value: { clock: 'hipaa.individual', on: '2027-01-08' },
        before: null,
      }),
    ),
    args: { clock: 'hipaa.individual', on: '2027-01-08', by: 'LEE' },
  }),
  sheet: (platform) => ({ story: underWay(platform), args: { person: 'DANA' } }),
  uninvited: (platform) => ({ story: underWay(platform), args: { joined: 'MAX' } }),
  guest: (platform) => ({ story: underWay(platform), args: { why: 'guest', who: 'MAX' } }),
  'room-lost': (platform) => ({
    story: and(underWay(platform), laterThatNight, '', event('room.lost', { room: 'C1', why: 'archived' })),
    args: { why: 'archived' },
  }),
  'room-not-opened': (platform) => ({
    story: begin({ platform, room: false }),
    args: { code: 'kept_out_in_audience' },
  }),
  'chat-compromised': (platform) => ({
    story: and(
      underWay(platform),
      laterThatNight,
      'DANA',
      event('fact.recorded', { fact: 'chat-compromised', value: { compromised: true }, before: null }),
    ),
  }),
  gap: (platform) => {
    const story = and(
      underWay(platform),
      laterThatNight,
      '',
      event('coverage.gap', {
        from: fridayNight,
        to: laterThatNight,
        why: 'sockets_down',
        room: 'C1',
        recovered: 3,
        vanished: 1,
        lost: ['deleted-unseen', 'who-deleted', 'versions'],
      }),
    )
    return { story, args: { seq: story.state.gaps[0]?.seq } }
  },
  announcement: (platform) => ({ story: just(platform) }),
  checkpoint: (platform) => ({ story: underWay(platform), args: { note } }),
  'checkpoint-kept': (platform) => ({ story: underWay(platform), args: { note, person: 'DANA' } }),
  'disposal-asked': asSent('disposal-asked', disposalAsked),
  assessment: asSent('assessment', assessed),
  'exhibit-offered': asSent('exhibit-offered', exhibitOffered),
  'exhibit-answered': asSent('exhibit-answered', (platform) =>
    and(
      exhibitOffered(platform),
      laterThatNight,
      'PRIYA',
      event('evidence.transferred', { exhibit: 1, from: 'SAM', to: 'PRIYA' }),
    ),
  ),
  vacated: (platform) => ({
    story: underWay(platform),
    args: { who: 'MAX', why: 'guest', roles: ['scribe', 'containment-lead'] },
  }),
  unreached: (platform) => ({ story: underWay(platform), args: { who: 'PRIYA', code: 'blocked' } }),
}

/** Counsel's room is open, Dana let in. */
function beside(platform: Platform): Story {
  const place = { platform, workspace: 'T1', room: 'C7', name: 'inc-2026-0007-counsel' }
  const story = underWay(platform)
  const at = '2026-11-21T03:50:00Z'
  story.act(
    at,
    'LEE',
    event('privilege.room_requested', { suffix: 'counsel' }, { basis: 'The regulator has written.' }),
    event('privilege.admitted', { room: null, person: 'LEE' }),
    event('privilege.admitted', { room: null, person: 'DANA' }),
  )
  return and(story, at, '', event('privilege.room_opened', place))
}

const image = { source: 'disk-image', sha256: '9f'.repeat(32), seal: 'S-104423', custodian: 'SAM' } as const

/** Three factors answered; the privacy officer signed, nobody has confirmed. */
function assessed(platform: Platform): Story {
  const factor = (part: 'nature' | 'acquired' | 'mitigated', rationale: string) =>
    event('assessment.answered', { part, answer: 'lower', evidence: [12, 15] }, { rationale })
  const reason = { reason: 'All of it points that way.' }
  const signed = event('assessment.signed', { version: 1, conclusion: 'low_probability' }, reason)
  return and(
    underWay(platform),
    laterThatNight,
    'LEE',
    factor('nature', 'Ward numbers only.'),
    factor('acquired', 'The image shows no access.'),
    factor('mitigated', 'Wiped at 23:05.'),
    signed,
  )
}

function exhibitOffered(platform: Platform): Story {
  const words = { body: 'Image of WS-104, taken at the ward.', place: 'safe 3' }
  const added = event('evidence.added', { exhibit: 1, ...image }, words)
  const reason = { reason: 'The lab is on her way.' }
  const offered = event('evidence.offered', { exhibit: 1, from: 'SAM', to: 'PRIYA' }, reason)
  return and(underWay(platform), laterThatNight, 'SAM', added, offered)
}

const custodyLines = ({ recorded }: Story): EntryLine[] =>
  recorded
    .filter(({ kind }) => isCustody(kind))
    .map(
      (one) => ({ ...one, incident: 'inc-2026-0007', actor: { id: one.actor, kind: 'human' } }) as EntryLine,
    )
    .toReversed()

/** Ella, executive sponsor by the roster, is asked by Lee. */
function disposalAsked(platform: Platform): Story {
  const asked = { what: 'incident', seqs: null, keptUntilOn: '2032-11-20', signer: null } as const
  const reason = { reason: 'Its six years are over.' }
  return and(just(platform), remindedOn, 'LEE', closing, event('disposal.requested', asked, reason))
}

const disposalApproved: Told = (platform) => {
  const story = disposalAsked(platform)
  const request = story.state.disposals[0]?.seq ?? 0
  const approved = event('disposal.approved', { what: 'incident', seqs: null, request, by: 'person' })
  return { story: and(story, remindedOn, 'ELLA', approved), args: { request, person: 'LEE' } }
}

/** Cards that grow, as full as they get. */
const growing = [
  'status',
  'clocks',
  'checklist',
  'brief',
  'items',
  'reminders',
  'decision',
  'clocks-moved',
  'sheet',
]

const full: Told = (platform) => {
  const story = crowded(begin({ platform }))
  const seq = story.state.decisions[0]?.seq
  return {
    story,
    args: { person: 'MAX', role: 'commander', on: '2027-01-10', seq, with: ['items', 'sheet'] },
  }
}

const strictNudge: Told = (platform) => ({
  story: just(platform),
  args: { ...suspect, person: 'SAM', carrier: 'file', kinds: ['record-number', 'birth-date'], strict: true },
})

export function goldenCards(platform: Platform): ReadonlyMap<string, Card> {
  const word = words[platform]
  const cards = new Map<string, Card>()
  const draw = (name: string, view: string, tell: Told) => {
    const { story, args } = tell(platform)
    cards.set(name, story.card(view, args, { word }))
  }
  for (const view of Object.keys(views)) {
    const tell = told[view]
    if (!tell) throw new Error(`the view ${view} has no golden file: tell its story in golden-told.ts`)
    draw(view, view, tell)
  }
  draw('disposal-approved', 'disposal-asked', disposalApproved)
  for (const view of growing) draw(`${view}-full`, view, full)
  draw('reminders-escalated', 'reminders', () => ({
    story: escalated(platform),
    args: { person: 'KIM', on: '2027-01-10', with: ['last-days'] },
  }))
  draw('guest-checkpoint-deleted', 'guest', () => ({
    story: underWay(platform),
    args: { why: 'checkpoint-deleted' },
  }))
  draw('room-lost-not-found', 'room-lost', () => ({
    story: and(
      underWay(platform),
      laterThatNight,
      '',
      event('room.lost', { room: 'C1', why: 'channel_not_found' }),
    ),
    args: { why: 'channel_not_found' },
  }))
  draw('phi-nudge-strict', 'phi-nudge', strictNudge)
  for (const why of ['archived', 'guest', 'kept-out', 'not-admitted', 'not-opened', 'renamed', 'shared'])
    draw(`companion-alarm-${why}`, 'companion-alarm', () => ({
      story: beside(platform),
      args: { person: 'LEE', why, who: 'MAX', room: 'C7', code: 'guest', lost: why === 'archived' },
    }))
  draw('clocks-picture-in-words', 'clocks-picture', (told) => ({
    story: underWay(told),
    args: { isDrawn: false },
  }))
  const { state } = reminded(platform)
  const overview = { visible: [state], organisation, now: new Date(remindedOn), word, person: 'LEE' }
  cards.set('home', homeCard(overview))
  cards.set('home-empty', homeCard({ ...overview, visible: [] }))
  cards.set('home-manager', homeCard({ ...overview, person: 'MARIA' }))
  cards.set('list', listCard(overview))
  const held = exhibitOffered(platform)
  held.act(laterThatNight, 'LEE', event('legal_hold.placed', { over: 'incident' }, { reason: 'A claim.' }))
  const text = (seq: number) => held.texts.get(seq) ?? {}
  const scene = { state: held.state, organisation, now: new Date(laterThatNight), word, text }
  const weighed = assessed(platform)
  const weighedWords = (seq: number) => weighed.texts.get(seq) ?? {}
  cards.set('assessment-whole', assessmentCard({ ...scene, state: weighed.state, text: weighedWords }))
  cards.set('exhibits', exhibitsCard(scene, undefined))
  cards.set(
    'custody',
    custodyCard(scene, { lines: custodyLines(held), hasMore: true, isFirst: true, record: [] }),
  )
  cards.set('status-held', statusReply(scene))
  for (const clock of ['hipaa.individual', 'hipaa.hhs.500plus', 'hipaa.media'])
    cards.set(`clock-${clock.split('.').at(-1)}`, clockLawCard({ ...scene, state }, clock)!)
  cards.set('late', lateCard(overview))
  cards.set('late-missed', lateCard({ ...overview, now: new Date('2027-02-01T13:00:00Z') }))
  cards.set(
    'clocks-all',
    clocksAllCard({ ...overview, visible: [state, weighed.state, begin({ drill: true }).state] }),
  )
  const digestOf = {
    ...{ organisation, word, zone: state.organisation.zone, on: '2027-01-18' as never },
    ...{ since: new Date('2027-01-14T13:00:00Z'), now: new Date('2027-01-18T13:00:00Z') },
  }
  const drill = begin({ platform, drill: true }).state
  const incidents = [state, { ...weighed.state, incident: 'inc-2026-0008' }, drill]
  cards.set('digest', digestCard({ ...digestOf, incidents }))
  cards.set('digest-empty', digestCard({ ...digestOf, incidents: [] }))
  const crowd = Array.from({ length: 60 }, (_, at) => ({ ...state, incident: `inc-2026-${1000 + at}` }))
  cards.set('digest-full', digestCard({ ...digestOf, incidents: crowd }))
  cards.set('home-full', homeCard({ ...overview, visible: crowd }))
  const parts = crowd.map((one) => ({
    scene: { state: one, organisation, now: digestOf.now, word },
    wanted: [{ why: 'near', clock: 'hipaa.individual' }],
  }))
  cards.set('managers-several', managersCard(parts.slice(0, 2), word))
  cards.set('managers-full', managersCard(parts, word))
  cards.set('managers-untold', managersUntoldCard(platform, 'not_in_channel', word))
  const what = supposed(
    facts,
    '2026-11-18' as never,
    underWay(platform).state.facts.affected!.value,
    digestOf.now,
  )
  cards.set('what-if', whatIfCard({ ...scene, state: what, text: () => ({}) }))
  cards.set('help', helpCard(commands, word))
  cards.set('help-fact', helpVerbCard(commands.find(({ verb }) => verb === 'fact')!, word))
  cards.set(
    'status-reply',
    statusReply({ state, organisation, now: new Date(remindedOn), word, text: () => ({}) }),
  )
  const refusal = refuse(
    'officer',
    'Only the privacy officer can record that. <@LEE> holds privacy officer.',
    {
      buttons: [{ label: 'Ask Lee', line: 'handoff commander', incident: state.incident }],
    },
  )
  cards.set('refusal', refusalCard(refusal, 'fact unsecured no because *I* checked <it>'))
  return cards
}

/** What opens each form besides its bare verb. */
const asked: readonly (readonly [name: string, verb: string, prefill: Readonly<Record<string, string>>])[] = [
  ...factRows.map(({ id }) => [`fact-${id}`, 'fact', { words: id }] as const),
  ...['own', 'target', 'draft', 'approve', 'sent', 'withdraw'].map(
    (step) => [`notify-${step}`, 'notify', { words: `individuals ${step}` }] as const,
  ),
  ['check-done', 'check', { words: 'D1 done' }],
  ['check-skip', 'check', { words: 'C4 skip because it is encrypted' }],
  ['check-add', 'check', { words: 'add call the vendor' }],
  ['evidence-add', 'evidence', { words: 'add disk image of WS-104, seal S-104423' }],
  ['evidence-transfer', 'evidence', { words: 'transfer E1' }],
  ['assess-sign', 'assess', { words: 'sign' }],
  ['assess-confirm', 'assess', { words: 'confirm' }],
  ['roster-role', 'roster', { words: 'commander @x' }],
  ...['declare', 'decide', 'evidence', 'note', 'privilege'].map(
    (verb) =>
      [
        `${verb}-from-message`,
        verb,
        {
          about_text: 'The laptop of the night nurse is gone.',
          about_author: 'PRIYA',
          about_at: '2026-11-21T03:30:15.250Z',
          about_message: '1795214415.250000',
          about_room: 'C1',
        },
      ] as const,
  ),
]

export function goldenForms(platform: Platform): ReadonlyMap<string, Form> {
  const { state } = underWay(platform)
  const context: Context = {
    actor: 'DANA',
    at: new Date(laterThatNight),
    organisation,
    state,
    visible: [state],
    text: () => ({}),
    lines: [],
    platform,
    workspace: 'T1',
    audience: [],
    room: 'C1',
    via: 'slash',
    word: words[platform],
    settings: { admins: [], organisation: facts, practice: true },
  }
  const forms = new Map<string, Form>()
  const bare = commands.flatMap(({ verb, form }) => (form ? [[verb, verb, {}] as const] : []))
  for (const [name, verb, prefill] of [...bare, ...asked]) {
    const row = commands.find((each) => each.verb === verb)
    const drawn = row?.form?.(context, prefill)
    if (!row || !drawn) throw new Error(`${verb} has no form`)
    const about = row.about === 'incident' || row.about === 'either' ? { incident: state.incident } : {}
    forms.set(`form-${name}`, { ...drawn, ...about, verb, nonce: 'nonce-0001' })
  }
  const refusal = refuse('acting', 'Nobody holds incident commander yet. <@DANA> is asked first.')
  forms.set('form-reason', {
    ...reasonForm(refusal),
    verb: 'phase',
    incident: state.incident,
    nonce: 'nonce-0001',
    carry: { acting: 'commander', line: 'phase containment' },
  })
  return forms
}
