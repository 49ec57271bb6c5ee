/** An incident at a desk: lines are run as the pipeline runs them, without a database. */
import type { Context } from '../../src/commands/command.ts'
import { type commands, findCommand } from '../../src/commands/index.ts'
import {
  type Event,
  type EventKind,
  type EventOf,
  event,
  type OrganisationFacts,
} from '../../src/domain/events.ts'
import { applyEvent, type IncidentState } from '../../src/domain/incident.ts'
import { clockMoves } from '../../src/domain/incident-clocks.ts'
import {
  applyOrganisationEvent,
  emptyOrganisation,
  type Organisation,
} from '../../src/domain/organisation.ts'
import { isRefusal, type Refusal } from '../../src/domain/refusal.ts'
import type { Role } from '../../src/domain/roles.ts'
import { type Card, cardText, type Form } from '../../src/views/card.ts'

export const organisationFacts: OrganisationFacts = {
  zone: 'America/New_York',
  entityType: 'covered_entity',
  holidays: ['2026-11-26', '2026-12-25', '2027-01-01'],
  regimes: ['HIPAA'],
  table: '2026-11',
  targetDays: 45,
}

/** Friday night, 22:41 in New York. */
export const fridayNight = new Date('2026-11-21T03:41:00Z')

export interface Answer {
  readonly events: readonly Event[]
  readonly reply: string
  readonly card?: Card
  readonly refusal?: Refusal
  readonly form?: Omit<Form, 'verb' | 'nonce' | 'incident'>
}

export interface Desk {
  state: IncidentState | undefined
  at: Date
  organisation: Organisation
  visible: IncidentState[]
  run: (actor: string, line: string) => Answer
  submit: (actor: string, verb: string, values: Record<string, unknown>) => Answer
  form: (actor: string, verb: string, prefill?: Record<string, string>) => Answer['form']
  record: (actor: string, ...events: Event[]) => void
}

/** Dana is privacy officer and Lee counsel by the roster; Sam declares; Kim and Ned are in the room. */
export function desk(
  options: { named?: boolean; declared?: string; facts?: Partial<OrganisationFacts> } = {},
): Desk {
  let seq = 0
  const named: [Role, string][] =
    options.named === false
      ? []
      : [
          ['privacy-officer', 'UDANA'],
          ['counsel', 'ULEE'],
        ]
  const here: Desk = {
    state: undefined,
    at: fridayNight,
    organisation: named.reduce(
      (state, [role, holder], index) =>
        applyOrganisationEvent(state, {
          ...event('roster.named', { role, holder, deputy: null }),
          seq: index + 1,
          at: fridayNight.toISOString(),
          actor: 'UADMIN',
        }),
      emptyOrganisation,
    ),
    visible: [],
    run: (actor, line) => {
      const [, word = '', words = ''] = /^(\S*)\s*([\s\S]*)$/.exec(line) ?? []
      const row = rowOf(word)
      const context = contextOf(actor)
      const raw = row.parse(words, context)
      if (raw === undefined) return { ...nothing, ...formOf(row.form?.(context, words ? { words } : {})) }
      return isRefusal(raw) ? refused(raw) : decide(row, raw, context)
    },
    submit: (actor, verb, values) => decide(rowOf(verb), values, contextOf(actor)),
    form: (actor, verb, prefill = {}) => rowOf(verb).form?.(contextOf(actor), prefill),
    record: (actor, ...events) => fold(actor, events),
  }

  function contextOf(actor: string): Context {
    return {
      actor,
      at: here.at,
      organisation: here.organisation,
      state: here.state,
      visible: here.visible,
      text: () => ({}),
      lines: [],
      platform: 'slack',
      workspace: 'T1',
      audience: [],
      room: 'C1',
      via: 'slash',
      word: '/incident',
      settings: {
        admins: [],
        organisation: { ...organisationFacts, ...options.facts },
        practice: true,
      },
    }
  }

  function decide(row: (typeof commands)[number], raw: unknown, context: Context): Answer {
    const decided = row.decide(row.args.parse(raw), context)
    if (isRefusal(decided)) return refused(decided)
    if (row.about === 'new') here.state = undefined
    fold(context.actor, decided.events)
    return { events: decided.events, reply: cardText(decided.reply), card: decided.reply }
  }

  function fold(actor: string, events: readonly Event[]): void {
    const at = here.at.toISOString()
    for (const each of events)
      here.state = applyEvent(here.state ?? null, { ...each, seq: ++seq, at, actor }, 'inc-2026-0001')
    if (!here.state) return
    const moves = clockMoves(here.state, seq)
    if (moves.length > 0)
      here.state = applyEvent(
        here.state,
        { ...event('clocks.changed', { moves }), seq: ++seq, at, actor: '' },
        'inc-2026-0001',
      )
  }

  if (options.declared !== undefined) {
    here.run('USAM', `declare ${options.declared}`)
    here.record(
      '',
      event('room.opened', { platform: 'slack', workspace: 'T1', room: 'C1', name: 'inc-2026-0001' }),
    )
    for (const person of ['USAM', 'UKIM', 'UNED'])
      here.record(person, event('room.joined', { room: 'C1', person, invited: true, guest: false }))
  }
  return here
}

const nothing = { events: [], reply: '' }
const formOf = (form: Answer['form']) => (form ? { form } : {})
const refused = (refusal: Refusal): Answer => ({ events: [], reply: refusal.refusal, refusal })

function rowOf(word: string) {
  const row = findCommand(word)
  if (!row) throw new Error(`no command ${word}`)
  return row
}

/** The events of one kind, by their data. */
export const dataOf = <K extends EventKind>(answer: Answer, kind: K): EventOf<K>['data'][] =>
  answer.events.flatMap((each) => (each.kind === kind ? [(each as EventOf<K>).data] : []))

export const kindsOf = (answer: Answer): string[] => answer.events.map(({ kind }) => kind)
