/**
 * Running a command: line or form → row of the table → arguments → one transaction → reply. Typed text, buttons, forms
 * and mentions all come through `run`; what a button may do is decided here, not where it was drawn.
 */
import type { Answer } from '../chat/port.ts'
import type { Context, Decision } from '../commands/command.ts'
import { notHere } from '../commands/here.ts'
import { type AnyCommand, isReading } from '../commands/index.ts'
import { isSignedAtOnce } from '../domain/checkpoint-cadence.ts'
import { type Event, event } from '../domain/events.ts'
import { applyEvent, type IncidentState } from '../domain/incident.ts'
import { seenFrom } from '../domain/organisation.ts'
import { ORGANISATION } from '../domain/record.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { isRole } from '../domain/roles.ts'
import { fileFetches, messageEvent, messageKey, sourceOf } from '../evidence/evidence-of.ts'
import { organisationOutgoing } from '../outgoing/register.ts'
import type { Stamp } from '../store/append.ts'
import type { Unit } from '../store/unit.ts'
import type { Card } from '../views/card.ts'
import { refusalCard, say } from '../views/say.ts'
import type { Wardroom } from '../wardroom.ts'
import { askReason, openForm } from './ask.ts'
import { besides, isAboutAnother, mayOpenForm, WORDS_LEAVE } from './beside.ts'
import { type Call, stampOf, viaOf } from './call.ts'
import { checkpointNow } from './checkpoint.ts'
import { commitEvents } from './commit.ts'
import { guarded } from './guard.ts'
import { withLeaving } from './leaving.ts'
import { declareIncident } from './number.ts'
import { contextOf, type Surroundings } from './surroundings.ts'

const reply = (card: Card): Answer => ({ kind: 'reply', card })

export async function run(wardroom: Wardroom, call: Call, around: Surroundings): Promise<Answer> {
  const { row } = call
  const context = contextOf(wardroom, call, around)
  if (row.about === 'incident' && !around.state)
    return refused(
      wardroom,
      call,
      around,
      around.isNamed ? notHere(context) : NO_INCIDENT(wardroom.wordOn(call.inbound.platform), row.verb),
    )
  const args = readArguments(call, context)
  if (args === 'form' && !mayOpenForm(around, row, call.prefill))
    return refused(wardroom, call, around, WORDS_LEAVE)
  if (args === 'form') return openForm(call, await withLeaving(wardroom, row, context), around)
  if (isRefusal(args)) return refused(wardroom, call, around, args)

  // Asked once without a lock, so that the question comes as a form while the trigger still lives.
  const first = await rehearse(wardroom, call, context, args)
  if (isRefusal(first) && first.askReasonFor)
    return around.isBeside ? refused(wardroom, call, around, WORDS_LEAVE) : askReason(call, context, first)
  return execute(wardroom, call, around, args)
}

const NO_INCIDENT = (word: string, verb: string): Refusal => ({
  reason: 'no-incident',
  refusal: `Type this in an incident's room, or name the incident: ${word} ${verb} inc-2026-0001. ${word} list shows yours.`,
})

function readArguments(call: Call, context: Context): unknown | 'form' | Refusal {
  const { row } = call
  if (call.wantsForm && row.form) return 'form'
  const raw = call.values ?? row.parse(call.words ?? '', context)
  if (raw === undefined) return row.form ? 'form' : usage(row, context.word)
  if (isRefusal(raw)) return raw
  const parsed = row.args.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path[0]
  return {
    reason: 'arguments',
    refusal: issue?.message ?? `Usage: ${context.word} ${row.usage}`,
    ...(typeof field === 'string' ? { field } : {}),
  } satisfies Refusal
}

const usage = ({ usage, examples, verb }: AnyCommand, word: string): Refusal => {
  const example = examples[0] ?? verb
  const more = example === usage ? ', with nothing after it.' : ` — for example ${word} ${example}.`
  return { reason: 'usage', refusal: `Type ${word} ${usage}${more}` }
}

/** The decision on an unlocked snapshot: only to learn whether a reason must be asked. */
async function rehearse(wardroom: Wardroom, call: Call, context: Context, args: unknown) {
  const { row } = call
  if (call.acting || !context.state || row.about === 'new' || row.about === 'organisation') return undefined
  return row.decide(args, await readFor(row, context, args, context.state.incident, wardroom.store))
}

async function execute(wardroom: Wardroom, call: Call, around: Surroundings, args: unknown): Promise<Answer> {
  const { row, inbound } = call
  if (row.about === 'new') return answerOf(await declareIncident(wardroom, call, around, args), call)
  if (row.leavesNoTrace || (!around.incident && row.about !== 'organisation')) {
    const decided = row.decide(args, contextOf(wardroom, call, around))
    return reply(isRefusal(decided) ? refusalCard(decided, call.typed) : decided.reply)
  }
  const result = await wardroom.store.write(async (unit) => {
    const about = row.about === 'organisation' ? undefined : around.incident
    if (await isTwice(unit, call, about)) return ALREADY
    const decided = await (about
      ? inIncident(wardroom, unit, call, around, about, args)
      : inOrganisation(wardroom, unit, call, around, args))
    if (inbound.type === 'form' && !isRefusal(decided)) await unit.claim(inbound.key, about ?? ORGANISATION)
    return decided
  })
  wardroom.poke()
  return answerOf(result, call)
}

/**
 * A refused form stays open and is sent again under the same key, so a form's key is taken only once it succeeds;
 * the lock taken first makes two clicks meet.
 */
async function isTwice(unit: Unit, { inbound }: Call, about: string | undefined): Promise<boolean> {
  if (inbound.type !== 'form') return !(await unit.claim(inbound.key, about ?? ORGANISATION))
  await (about ? unit.incident(about) : unit.organisation())
  return (await unit.seen([inbound.key])) !== undefined
}

const ALREADY: Decision = {
  events: [],
  reply: say('Already recorded.', ['Already recorded: it arrived twice.']),
}

function answerOf(result: Decision | Refusal, call: Call): Answer {
  if (!isRefusal(result)) return reply(result.reply)
  // The form stays open with what was typed in it, unless the way on is a button, which only a card can carry.
  if (call.inbound.type === 'form' && (result.field || !result.buttons?.length))
    return { kind: 'errors', errors: { [result.field ?? '']: result.refusal } }
  return reply(refusalCard(result, call.typed))
}

async function inIncident(
  wardroom: Wardroom,
  unit: Unit,
  call: Call,
  around: Surroundings,
  incident: string,
  args: unknown,
): Promise<Decision | Refusal> {
  const { row } = call
  const locked = await unit.incident(incident)
  if (!locked) return NO_INCIDENT(wardroom.wordOn(call.inbound.platform), row.verb)
  const stamp = stampOf(wardroom, call)
  const organisation = seenFrom(await unit.readOrganisation(), call.inbound.platform)
  await hear(unit, call, incident, stamp)
  const acting = actingEvents(call)
  const context = contextOf(wardroom, call, { ...around, state: withActing(locked, acting), organisation })
  const read = await readFor(row, context, args, incident, unit)
  const sealed = besides(around, row, args, row.decide(args, read))
  const decided = await guarded(wardroom, unit, call, incident, sealed)
  if (isRefusal(decided) && isAboutAnother(around)) return decided
  const events = isRefusal(decided)
    ? [refusedEvent(call, decided), ...acting]
    : [ranEvent(call, args), ...acting, ...decided.events]
  const isSigned = events.some(({ kind }) => isSignedAtOnce(kind))
  // Last days that differ go on the record first: the checkpoint is over the request itself.
  const { state: before } = isSigned
    ? await commitEvents(unit, incident, locked, [], stamp, wardroom.telling)
    : { state: locked }
  await commitEvents(unit, incident, before, events, stamp, wardroom.telling)
  if (isSigned) await checkpointNow(wardroom, unit, incident, 'export')
  return decided
}

/** The reason counts for the decision it was given for; on the record it stands behind the command, as where it was typed with it. */
const withActing = (state: IncidentState, acting: readonly Event[]): IncidentState =>
  acting.reduce(
    (before, each) => applyEvent(before, { ...each, seq: 0, at: '', actor: '' }, state.incident),
    state,
  )

/** The message itself, unless history told it first: the head is locked, so nobody else is recording it now. */
async function hear(unit: Unit, { heard }: Call, incident: string, stamp: Stamp): Promise<void> {
  if (!heard) return
  const key = messageKey(heard)
  if ((await unit.seen([key])) !== undefined) return
  const { seqs } = await unit.append(incident, [messageEvent('message.posted', heard, heard.body)], {
    ...stamp,
    source: sourceOf(heard),
  })
  const seq = seqs[0]!
  await unit.claim(key, incident, seq, heard.thread ?? '')
  for (const { key: file, row } of fileFetches(heard, heard.body?.files ?? []))
    if (await unit.claim(file, incident, seq)) await unit.enqueue([row(incident, seq)])
}

async function inOrganisation(
  wardroom: Wardroom,
  unit: Unit,
  call: Call,
  around: Surroundings,
  args: unknown,
) {
  const organisation = seenFrom(await unit.organisation(), call.inbound.platform)
  const context = contextOf(wardroom, call, { ...around, organisation })
  const read = await readFor(call.row, context, args, ORGANISATION, unit)
  const sealed = besides(around, call.row, args, call.row.decide(args, read))
  const decided = await guarded(wardroom, unit, call, ORGANISATION, sealed)
  if (isRefusal(decided)) return decided
  const events = isReading(call.row, args) ? [viewedEvent(call), ...decided.events] : decided.events
  if (events.length > 0) await unit.appendOrganisation(events, stampOf(wardroom, call))
  const { platform, workspace, actor: person } = call.inbound
  await unit.enqueue(organisationOutgoing(events, { platform, workspace, person }))
  return decided
}

/** What the decision needs of the log, read beforehand: first its lines, which may say whose words are wanted. */
async function readFor(
  row: Call['row'],
  context: Context,
  args: unknown,
  log: string,
  from: Pick<Unit, 'texts' | 'lines'>,
): Promise<Context> {
  const wanted = row.lines?.(context, args)
  const withLines = wanted ? { ...context, lines: await from.lines(log, wanted) } : context
  const texts = await from.texts(log, row.texts?.(withLines, args) ?? [])
  return { ...withLines, text: (seq) => texts.get(seq) ?? {} }
}

/** A refusal before any lock: put on the incident's record when there is one, answered either way. */
export async function refused(
  wardroom: Wardroom,
  call: Call,
  around: Surroundings,
  refusal: Refusal,
): Promise<Answer> {
  const { incident } = around
  if (incident && !call.row.leavesNoTrace && !isAboutAnother(around)) {
    await wardroom.store.write(async (unit) => {
      if (await isTwice(unit, call, incident)) return
      const state = await unit.incident(incident)
      if (!state) return
      const stamp = stampOf(wardroom, call)
      await hear(unit, call, incident, stamp)
      await commitEvents(unit, incident, state, [refusedEvent(call, refusal)], stamp, wardroom.telling)
    })
  }
  return answerOf(refusal, call)
}

const viewedEvent = (call: Call): Event =>
  event('access.viewed', { verb: call.row.verb, via: viaOf(call.inbound) })

const ranEvent = (call: Call, args: unknown): Event =>
  isReading(call.row, args)
    ? viewedEvent(call)
    : event(
        'command.ran',
        { verb: call.row.verb, via: viaOf(call.inbound) },
        { typed: call.typed.toWellFormed() },
      )

const refusedEvent = (call: Call, refusal: Refusal): Event =>
  event(
    'command.refused',
    { verb: call.row.verb, via: viaOf(call.inbound), reason: refusal.reason },
    { typed: call.typed.toWellFormed(), answer: refusal.refusal },
  )

function actingEvents(call: Call): Event[] {
  if (!call.acting) return []
  const { role, reason } = call.acting
  if (!isRole(role)) throw new Error('a reason for a role there is not')
  return [event('role.acted', { role, person: call.inbound.actor }, { reason: reason.toWellFormed() })]
}
