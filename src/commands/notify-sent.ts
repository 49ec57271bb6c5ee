/** A notification that went out: the fact that stops its clock, and beside it to how many, by what manner and the proof. */
import { event } from '../domain/events.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import { type Manner, mannerFromWords, manners, notificationRule } from '../domain/notification-rules.ts'
import { notificationOf } from '../domain/notifications.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { Line } from '../views/card.ts'
import { beingFetched } from '../views/notifications.ts'
import type { Context, Decision } from './command.ts'
import { fact } from './fact.ts'
import { factArgs } from './fact-words.ts'
import { readProof } from './notify-proof.ts'
import type { NotifyAsked } from './notify-which.ts'

export function recordSent(asked: NotifyAsked, context: Context): Decision | Refusal {
  const { state, clock, args } = asked
  const rule = notificationRule(clock.id)
  const manner = readManner(args.manner, clock.id)
  if (isRefusal(manner)) return manner
  const count = readCount(args.count, rule.toPeople)
  if (isRefusal(count)) return count
  const proof = readProof(args, context)
  if (isRefusal(proof)) return proof
  // As it was typed: while both reports to HHS may be owed, the fact asks which one it was.
  const value = args.clock && /^(hhs|ocr)$/i.test(args.clock.trim()) ? args.clock : clock.short
  const decided = fact.decide(
    factArgs.parse({ fact: 'notified', value, more: args.day, reason: args.reason }),
    context,
  )
  if (isRefusal(decided)) return asAsked(decided)
  const sent = decided.events.find(({ kind }) => kind === 'fact.recorded')
  if (sent?.kind !== 'fact.recorded' || !('clock' in sent.data.value) || !sent.data.value.on) return decided
  const { clock: id, on } = sent.data.value
  const before = [event('notification.sent', { clock: id, on, count, manner }), ...proof.events(id)]
  const { approved, proved } = notificationOf(state, id)
  const more: Line[] = [
    ...(approved
      ? []
      : ['▲ No approval of it is on the record: say in a decision why it went out without one.']),
    ...(proof.isEmpty && !proved ? ['○ Still to attach: the proof that it went out.'] : []),
    ...(proof.waits > 0 ? [beingFetched(proof.waits)] : []),
    ...proof.lines,
    ...(rule.toPeople ? unreached(clock, state.facts.affected?.value.total ?? null, count) : []),
  ]
  const [head, ...rest] = decided.reply.blocks
  const blocks =
    head?.kind === 'lines' ? [{ ...head, lines: [...head.lines, ...more] }, ...rest] : decided.reply.blocks
  return { events: [...before, ...decided.events], reply: { ...decided.reply, blocks } }
}

function unreached(
  { atOnce }: IncidentClock,
  affected: number | null,
  told: number | null,
): readonly string[] {
  const left = affected !== null && told !== null ? affected - told : 0
  if (left <= 0) return []
  // Calls are besides the letters (45 CFR 164.404(d)(3)): whom they missed is owed a letter as everybody is.
  if (atOnce) return [`▲ ${left} of ${affected} were not told by it. The letters go to all of them.`]
  return [
    `▲ ${left} of ${affected} were not told by it: they need another letter, or substitute notice (fact no-address ${left}).`,
  ]
}

function readManner(typed: string | undefined, clock: string): Manner | Refusal {
  const known = manners.map(({ id }) => id).join(', ')
  const manner = typed && mannerFromWords(typed)
  if (!manner)
    return refuse(
      'manner',
      typed
        ? `I know no manner "${typed.slice(0, 30)}". Known: ${known}.`
        : `By what manner? Known: ${known}.`,
      { field: 'manner' },
    )
  const { never } = notificationRule(clock)
  if (never?.manner === manner) return refuse('manner-no-notice', never.because, { field: 'manner' })
  return manner
}

function readCount(typed: string | undefined, toPeople: boolean): number | null | Refusal {
  if (!typed) return toPeople ? refuse('count-missing', 'To how many people?', { field: 'count' }) : null
  const digits = typed.trim().replaceAll(',', '')
  if (!/^\d{1,9}$/.test(digits) || Number(digits) < 1)
    return refuse('count', 'How many is a whole number, 1 or more: to 612.', { field: 'count' })
  return Number(digits)
}

/** The fact's own form has other names for the same fields. */
const fields: Readonly<Record<string, string>> = { value: 'clock', more: 'day' }
const asAsked = (refusal: Refusal): Refusal =>
  refusal.field ? { ...refusal, field: fields[refusal.field] ?? refusal.field } : refusal
