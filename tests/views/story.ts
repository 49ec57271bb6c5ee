/** An incident told in a test: events folded as the pipeline commits them, with what people would be sent. */

import type { SignedNote } from '../../src/domain/checkpoint.ts'
import { type Event, event, type Recorded } from '../../src/domain/events.ts'
import { applyEvent, type IncidentState } from '../../src/domain/incident.ts'
import { clockMoves } from '../../src/domain/incident-clocks.ts'
import type { Organisation, RosterLine } from '../../src/domain/organisation.ts'
import type { Role } from '../../src/domain/roles.ts'
import { outgoingOf } from '../../src/outgoing/outgoing.ts'
import type { Telling } from '../../src/outgoing/told.ts'
import type { Outgoing } from '../../src/store/unit.ts'
import { type Card, cardText } from '../../src/views/card.ts'
import { views } from '../../src/views/index.ts'
import type { Drawing, Text } from '../../src/views/view.ts'

/** A checkpoint as it is sent. */
export const note: SignedNote = {
  incident: 'inc-2026-0007',
  ...{ seq: 212, entry: 213, at: '2026-11-22T14:30:00.000Z', key: '77B0-1D2C-93AA-41E2', practice: false },
  ...{ head: 'c0ffee'.repeat(11).slice(0, 64), signature: `${'Zm9v'.repeat(21)}YQ==` },
}

export const facts = {
  zone: 'America/New_York',
  entityType: 'covered_entity' as const,
  holidays: ['2026-11-26', '2026-12-25', '2027-01-01', '2027-01-18'],
  regimes: ['HIPAA'],
  table: '2026-11',
  targetDays: 45,
}

const roster: Partial<Record<Role, RosterLine>> = {
  commander: { holder: 'DANA', deputy: 'PRIYA', seq: 1 },
  'privacy-officer': { holder: 'LEE', deputy: 'KIM', seq: 2 },
  counsel: { holder: 'CARA', deputy: null, seq: 3 },
  sponsor: { holder: 'ELLA', deputy: null, seq: 4 },
}

export const organisation: Organisation = { configured: facts, roster, numbers: { 2026: 7 } }
export const phones = (seq: number): Text => ({ phone: `+1 555 010${seq}`, deputyPhone: `+1 555 020${seq}` })

const names: Readonly<Record<string, string>> = {
  SAM: 'Sam Okafor',
  DANA: 'Dana Reyes',
  PRIYA: 'Priya Nair',
  LEE: 'Lee Chan',
  KIM: 'Kim Ito',
  CARA: 'Cara Webb',
  ELLA: 'Ella Stone',
  MAX: 'Max Bauer',
}
export const people = Object.keys(names)
export const nameOf = (id: string): string => names[id] ?? id

/** Friday night, 22:41 in New York. */
export const fridayNight = '2026-11-21T03:41:00Z'

export interface Story {
  state: IncidentState
  readonly sent: Outgoing[]
  readonly recorded: Recorded[]
  readonly texts: Map<number, Text>
  /** Who does what at which time; returns what people are sent because of it. */
  act: (at: string, actor: string, ...events: Event[]) => readonly Outgoing[]
  card: (view: string, args?: Record<string, unknown>, more?: Partial<Drawing>) => Card
  text: (view: string, args?: Record<string, unknown>, more?: Partial<Drawing>) => string
}

interface Beginning {
  readonly incident?: string
  readonly drill?: boolean
  readonly excluded?: readonly string[]
  readonly noticedAt?: string
  readonly kind?: IncidentState['kind']
  readonly entityType?: 'covered_entity' | 'business_associate'
  readonly telling?: Telling
  readonly room?: boolean
  readonly at?: string
  /** Who declares. */
  readonly by?: string
  readonly platform?: 'slack' | 'teams'
}

export const quietly: Telling = { announceChannels: {}, pagerWebhook: false }

export function begin(options: Beginning = {}): Story {
  const { incident = 'inc-2026-0007', telling = quietly, at = fridayNight, platform = 'slack' } = options
  let held: IncidentState | undefined
  let now = at
  let seq = 0
  const story: Story = {
    get state() {
      return held!
    },
    set state(next) {
      held = next
    },
    sent: [],
    recorded: [],
    texts: new Map(),
    act: (when, actor, ...events) => {
      now = when
      const before = held
      const entries = events.map((each) => fold(each, actor, when))
      const cause = entries.findLast(({ kind }) => kind === 'fact.recorded' || kind === 'incident.declared')
      const moves = clockMoves(held!, cause?.seq ?? null)
      if (moves.length > 0) entries.push(fold(event('clocks.changed', { moves }), '', when))
      const rows = outgoingOf(entries, held!, before, organisation, telling)
      story.sent.push(...rows)
      return rows
    },
    card: (view, args = {}, more = {}) => {
      const drawing = {
        ...{ state: held!, organisation, now: new Date(now), args, word: '/incident' },
        ...{ fingerprint: '3F9A…C21D', checkpointKey: '77B0…41E2', others: [], ...more },
      }
      const asked = views[view]!.texts?.(drawing) ?? []
      const phoned = views[view]!.organisationTexts?.(drawing) ?? []
      return views[view]!.draw({
        ...drawing,
        // Only what the view named is opened, as in delivery.
        text: (of) => (asked.includes(of) ? (story.texts.get(of) ?? {}) : {}),
        organisationText: (of) => (phoned.includes(of) ? phones(of) : {}),
      })
    },
    text: (view, args, more) => cardText(story.card(view, args, more), nameOf),
  }

  function fold(each: Event, actor: string, when: string): Recorded {
    seq += 1
    const entry = { ...each, seq, at: new Date(when).toISOString(), actor }
    held = applyEvent(held ?? null, entry, incident)
    if (each.text) story.texts.set(seq, each.text)
    story.recorded.push(entry)
    return entry
  }

  story.act(
    at,
    options.by ?? 'SAM',
    event(
      'incident.declared',
      {
        ...{ kind: options.kind ?? 'lost-device', drill: options.drill ?? false },
        ...{ noticedAt: options.noticedAt ?? at, platform, workspace: 'T1' },
        organisation: { ...facts, entityType: options.entityType ?? facts.entityType },
        excluded: options.excluded ?? [],
        roster: Object.fromEntries(
          Object.entries(roster).map(([role, { holder, deputy }]) => [role, { holder, deputy }]),
        ),
      },
      { sentence: SECRET },
    ),
    event('item.completed', { item: 'D3', by: 'command' }),
    event('item.completed', { item: 'D4', by: 'command' }),
  )
  if (options.room !== false) story.act(at, '', opened('C1', incident, platform))
  return story
}

/** Words that must never leave a room: typed text, a reason, a file's name. */
export const SECRET = 'Mrs Garcia MRN 4411 scan.pdf'

export const opened = (room: string, name: string, platform = 'slack'): Event =>
  event('room.opened', { platform, workspace: 'T1', room, name })

export const joined = (room: string, person: string, invited = true): Event =>
  event('room.joined', { room, person, invited, guest: false })

export const assigned = (
  role: Role,
  person: string,
  previous: string | null = null,
  how: 'assigned' | 'claimed' | 'handoff' = 'claimed',
): Event => event('role.assigned', { role, person, previous, how })

export const discovered = (at: string, confirmed: boolean, before: string, reason?: string): Event =>
  event(
    'fact.recorded',
    { fact: 'discovered', value: { at, confirmed }, before: { at: before, confirmed: false } },
    reason ? { reason } : undefined,
  )

export const affected = (total: number, byState: Record<string, number> = {}): Event =>
  event('fact.recorded', { fact: 'affected', value: { total, byState }, before: null })

export const secured = (reason: string): Event =>
  event('fact.recorded', { fact: 'unsecured', value: { unsecured: false }, before: null }, { reason })

export const decided = (number: number, what: string, why: string): Event =>
  event('decision.recorded', { number, message: null }, { what, why })

/** Lee is privacy officer, with Kim as deputy by the roster; Dana commands, Ella is the sponsor. Letters by Tue 19 January 2027. */
export function leeAnswers(options: Parameters<typeof begin>[0] = {}, commander = 'DANA'): Story {
  const story = begin(options)
  story.act(
    '2026-11-21T03:50:00Z',
    'DANA',
    assigned('commander', commander),
    assigned('privacy-officer', 'LEE'),
  )
  return story
}
