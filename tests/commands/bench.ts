/** One incident and one organisation in memory, their sealed texts kept: lines and forms run as the pipeline runs them. */
import type { Context } from '../../src/commands/command.ts'
import { findCommand } from '../../src/commands/index.ts'
import { isCustody } from '../../src/domain/custody.ts'
import { type Event, type EventKind, type EventOf, event } from '../../src/domain/events.ts'
import { applyEvent, type IncidentState } from '../../src/domain/incident.ts'
import type { IncidentKind } from '../../src/domain/kinds.ts'
import type { LinesWanted } from '../../src/domain/lines-wanted.ts'
import {
  applyOrganisationEvent,
  emptyOrganisation,
  type Organisation,
} from '../../src/domain/organisation.ts'
import { type EntryLine, ZERO_HASH } from '../../src/domain/record.ts'
import { isRefusal, type Refusal } from '../../src/domain/refusal.ts'
import type { Role } from '../../src/domain/roles.ts'
import { type Card, cardText, type Form } from '../../src/views/card.ts'
import { organisationFacts } from './desk.ts'

export interface Outcome {
  readonly events: readonly Event[]
  /** The reply or the refusal, as text. */
  readonly said: string
  readonly card?: Card
  readonly refusal?: Refusal
  readonly form?: Omit<Form, 'verb' | 'nonce' | 'incident'>
}

export interface Bench {
  state: IncidentState
  organisation: Organisation
  at: Date
  admins: string[]
  readonly texts: Map<number, Readonly<Record<string, string>>>
  /** Lines of the log, as the store finds them. */
  read: (wanted: LinesWanted) => readonly EntryLine[]
  readonly run: (actor: string, line: string) => Outcome
  readonly submit: (actor: string, verb: string, values: Record<string, unknown>) => Outcome
  readonly open: (actor: string, verb: string, prefill?: Record<string, string>) => Outcome['form']
  /** Puts roles into hands without a command. */
  readonly give: (roles: Partial<Record<Role, string>>) => void
  readonly record: (actor: string, ...events: Event[]) => void
}

const INCIDENT = 'inc-2026-0001'

/** Dana is privacy officer by the roster, Drew her deputy, Lee counsel; Sam declares with Kim and Ned there; Eve is kept out. */
export function bench(options: { kind?: IncidentKind; roster?: boolean } = {}): Bench {
  let seq = 0
  const texts = new Map<number, Readonly<Record<string, string>>>()
  const log: EntryLine[] = []
  const stamp = (actor: string, given: Event) => {
    seq += 1
    texts.set(seq, given.text ?? {})
    log.push(lineOf(seq, here.at, actor, given))
    return { ...given, seq, at: here.at.toISOString(), actor }
  }
  const here: Bench = {
    state: undefined as never,
    organisation: emptyOrganisation,
    at: new Date('2026-11-21T03:41:00Z'),
    admins: [],
    texts,
    run: (actor, line) => {
      const [, word = '', words = ''] = /^(\S*)\s*([\s\S]*)$/.exec(line) ?? []
      const row = rowOf(word)
      const raw = row.parse(words, contextOf(actor))
      if (raw === undefined) {
        const form = row.form?.(contextOf(actor), words ? { words } : {})
        return form ? { events: [], said: '', form } : { events: [], said: '' }
      }
      return isRefusal(raw) ? refused(raw) : decide(word, actor, raw)
    },
    submit: (actor, verb, values) => decide(verb, actor, values),
    open: (actor, verb, prefill = {}) => rowOf(verb).form?.(contextOf(actor), prefill),
    give: (roles) => {
      for (const [role, person] of Object.entries(roles) as [Role, string][])
        here.record(
          'USAM',
          event('role.assigned', {
            role,
            person,
            previous: here.state.roles[role]?.person ?? null,
            how: 'assigned',
          }),
        )
    },
    read: (wanted) => {
      if (wanted.of === 'retention') return log.toReversed()
      if (wanted.of === 'message')
        return log.filter((line) =>
          'seq' in wanted
            ? line.seq === wanted.seq
            : (line.data as { message?: string }).message === wanted.message,
        )
      if (wanted.of === 'digests') return []
      if (wanted.of === 'files') {
        const named = log.filter((line) => ('seqs' in wanted ? wanted.seqs.includes(line.seq) : false))
        const about = (line: EntryLine) => named.some(({ seq, ref }) => line.ref === seq || line.seq === ref)
        return log.filter((line) => named.includes(line) || (about(line) && line.kind !== 'command.ran'))
      }
      const { before = Number.POSITIVE_INFINITY, limit } = wanted
      const own = log.filter(({ kind, seq }) => isCustody(kind) && seq < before)
      return own.toReversed().slice(0, limit)
    },
    record: (actor, ...events) => {
      for (const each of events) here.state = applyEvent(here.state ?? null, stamp(actor, each), INCIDENT)
    },
  }

  function contextOf(actor: string, args?: unknown, verb?: string): Context {
    const context: Context = {
      actor,
      at: here.at,
      organisation: here.organisation,
      state: here.state,
      visible: [],
      text: () => ({}),
      lines: [],
      platform: 'slack',
      workspace: 'T1',
      audience: [],
      room: 'C1',
      via: 'slash',
      word: '/incident',
      settings: {
        admins: here.admins,
        organisation: organisationFacts,
        practice: true,
      },
    }
    // As the pipeline does: only the lines and the entries the command named are read.
    const lines = verb === undefined ? undefined : rowOf(verb).lines?.(context, args)
    const withLines = lines ? { ...context, lines: here.read(lines) } : context
    const wanted = verb === undefined ? [] : (rowOf(verb).texts?.(withLines, args) ?? [])
    return { ...withLines, text: (at) => (wanted.includes(at) ? (texts.get(at) ?? {}) : {}) }
  }

  function decide(verb: string, actor: string, raw: unknown): Outcome {
    const row = rowOf(verb)
    const parsed = row.args.safeParse(raw)
    if (!parsed.success)
      return refused({ reason: 'arguments', refusal: parsed.error.issues[0]?.message ?? '' })
    const decided = row.decide(parsed.data, contextOf(actor, parsed.data, verb))
    if (isRefusal(decided)) return refused(decided)
    for (const each of decided.events) {
      const recorded = stamp(actor, each)
      if (row.about === 'organisation')
        here.organisation = applyOrganisationEvent(here.organisation, recorded)
      else here.state = applyEvent(here.state, recorded, INCIDENT)
    }
    return { events: decided.events, said: cardText(decided.reply), card: decided.reply }
  }

  const named: [Role, string, string | null][] =
    options.roster === false
      ? []
      : [
          ['privacy-officer', 'UDANA', 'UDREW'],
          ['counsel', 'ULEE', null],
        ]
  for (const [role, holder, deputy] of named)
    here.organisation = applyOrganisationEvent(
      here.organisation,
      stamp('UADMIN', event('roster.named', { role, holder, deputy }, { phone: '+1 555 0100' })),
    )
  here.record(
    'USAM',
    event('incident.declared', {
      kind: options.kind ?? 'lost-device',
      drill: false,
      noticedAt: here.at.toISOString(),
      organisation: organisationFacts,
      platform: 'slack',
      workspace: 'T1',
      excluded: ['UEVE'],
      roster: {},
    }),
  )
  for (const person of ['USAM', 'UKIM', 'UNED'])
    here.record(person, event('room.joined', { room: 'C1', person, invited: true, guest: false }))
  // `members` follows the current room; there is none in these tests, so they are put in by hand.
  here.state = { ...here.state, members: ['USAM', 'UKIM', 'UNED'] }
  return here
}

const lineOf = (seq: number, at: Date, actor: string, { kind, data, ref, text }: Event): EntryLine => ({
  ...{ v: 1, id: `entry-${seq}`, incident: INCIDENT, seq, prev: ZERO_HASH, at: at.toISOString(), kind },
  ...{ actor: { id: actor, kind: 'human' }, source: null, ref: ref ?? null, data },
  commit: text ? ZERO_HASH : null,
})

function rowOf(word: string) {
  const row = findCommand(word)
  if (!row) throw new Error(`no command ${word}`)
  return row
}

const refused = (refusal: Refusal): Outcome => ({ events: [], said: refusal.refusal, refusal })

/** The events of one kind with their sealed text. */
export const only = <K extends EventKind>(outcome: Outcome, kind: K): EventOf<K>[] =>
  outcome.events.filter((each): each is Event & EventOf<K> => each.kind === kind)

export const kinds = (outcome: Outcome): string[] => outcome.events.map(({ kind }) => kind)

export const buttonLines = ({ card, refusal }: Outcome): string[] =>
  card
    ? card.blocks.flatMap((block) =>
        block.kind === 'buttons'
          ? block.buttons.map(({ line }) => line)
          : block.kind === 'lines' && block.button
            ? [block.button.line]
            : [],
      )
    : (refusal?.buttons ?? []).map(({ line }) => line)
