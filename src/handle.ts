/**
 * THE pipeline: inbound → parse → lock and load → allow → decide → commit → reply. It resolves only after the commit.
 * One of the three places where faults are caught: a person gets one neutral sentence with a reference, the platform's
 * events stay unacknowledged so that it brings them again.
 */
import type { Answer, Handle, Inbound, InboundCommand, InboundForm, InboundMessage } from './chat/port.ts'
import { findCommand } from './commands/index.ts'
import { hasHomePage } from './domain/platforms.ts'
import { type Refusal, refuse } from './domain/refusal.ts'
import { messageItem, reactionItem } from './evidence/evidence-of.ts'
import { watchOn } from './evidence/watch.ts'
import { faultRef } from './log.ts'
import type { Call } from './pipeline/call.ts'
import { homePage, rememberHome } from './pipeline/home.ts'
import { naming } from './pipeline/naming.ts'
import { readLine } from './pipeline/read-line.ts'
import { pressedCard } from './pipeline/render.ts'
import { alarmAbout, recordRoomChange } from './pipeline/room-life.ts'
import { refused, run } from './pipeline/run.ts'
import { surroundings } from './pipeline/surroundings.ts'
import { deletedOwn } from './pipeline/witness-gone.ts'
import { isTryAgain } from './store/db.ts'
import { safelySummed, say, typedLine } from './views/say.ts'
import type { Wardroom } from './wardroom.ts'

const NONE: Answer = { kind: 'none' }

export function makeHandle(wardroom: Wardroom): Handle {
  return async (inbound) => {
    try {
      const answered = await answer(wardroom, inbound)
      return answered.kind === 'reply' ? { ...answered, card: safelySummed(answered.card) } : answered
    } catch (error) {
      const ref = faultRef()
      wardroom.log.error(
        { err: error, ref, type: inbound.type, platform: inbound.platform },
        'inbound failed',
      )
      if (!isAsked(inbound)) throw error
      return faultAnswer(wardroom, inbound, error, ref)
    }
  }
}

/** Somebody waits for an answer; the platform will not bring these again. */
const isAsked = (inbound: Inbound): boolean => ['command', 'form', 'home'].includes(inbound.type)

/**
 * "Nothing was recorded" is said only when nothing was: a commit may have lost its answer and stand all the same. What
 * was typed is not lost with it: no platform keeps a command's line, and a form answered with a card would close.
 */
async function faultAnswer(
  wardroom: Wardroom,
  inbound: Inbound,
  error: unknown,
  ref: string,
): Promise<Answer> {
  const recorded = isTryAgain(error)
    ? false
    : await wardroom.store.isRecorded(inbound.key).catch(() => undefined)
  if (recorded === false) {
    const what = isTryAgain(error) ? 'Wardroom is busy' : 'Something went wrong on our side'
    const again = inbound.type === 'form' ? 'form is safe to send again' : 'command is safe to repeat'
    const words = `${what} (ref ${ref}). Nothing was recorded; the same ${again}.`
    if (inbound.type === 'form') return { kind: 'errors', errors: { '': words } }
    const typed = inbound.type === 'command' && inbound.via !== 'button' ? inbound.line : ''
    return { kind: 'reply', card: say(words, [words, ...typedLine(typed)]) }
  }
  const status = `${wardroom.wordOn(inbound.platform)} status`
  const words = recorded
    ? `It was recorded, but the answer was lost on our side (ref ${ref}). There is no need to repeat it; ${status} shows it.`
    : `Something went wrong on our side (ref ${ref}), and it is not certain whether this was recorded. Look at ${status} before you repeat it.`
  return { kind: 'reply', card: say(words, [words]) }
}

async function answer(wardroom: Wardroom, inbound: Inbound): Promise<Answer> {
  switch (inbound.type) {
    case 'message':
      return onMessage(wardroom, inbound)
    case 'reaction':
      await wardroom.capture(reactionItem(inbound, wardroom.now()))
      return NONE
    case 'room':
      await recordRoomChange(wardroom, inbound)
      return NONE
    case 'command':
      return onCommand(wardroom, inbound)
    case 'form':
      return onForm(wardroom, inbound)
    case 'home':
      return onHome(wardroom, inbound)
    case 'unknown':
      await wardroom.store.quarantine(inbound.platform, inbound.payload)
      wardroom.log.warn({ platform: inbound.platform }, 'a payload no schema knows was quarantined')
      return NONE
  }
}

async function onMessage(wardroom: Wardroom, inbound: InboundMessage): Promise<Answer> {
  if (inbound.own && (await isOurs(wardroom, inbound))) return NONE
  if (inbound.line !== undefined && inbound.change === 'posted' && !inbound.recovered)
    return onMention(wardroom, inbound)
  const result = await wardroom.capture(
    messageItem(inbound, wardroom.now(), watchOn(wardroom, inbound.platform)),
  )
  if (inbound.own && inbound.change === 'posted' && result === 'recorded')
    await alarmAbout(wardroom, inbound, 'unknown-post')
  if (inbound.own && inbound.change === 'deleted' && result === 'recorded')
    await deletedOwn(wardroom, inbound)
  return NONE
}

/**
 * Echoes of our deliveries and card updates are on the record already, or will be: the echo may overtake the answer to
 * our own call. Platforms need not echo the delivery's id. A deletion of our post is evidence like any other.
 */
async function isOurs(wardroom: Wardroom, inbound: InboundMessage): Promise<boolean> {
  if (inbound.change !== 'posted') return inbound.change === 'edited'
  const { outbox } = wardroom.store
  if (inbound.delivery !== undefined && (await outbox.isKnown(inbound.delivery))) return true
  const incident = await wardroom.store.incidentOfRoom(inbound)
  return incident !== undefined && (await outbox.isPosting(incident))
}

/**
 * The message and what came of it commit together. Where the outcome is not of this room's incident, or is a form still
 * to be filled in, the message is evidence all the same; where the room has no incident nothing of it is recorded.
 */
async function onMention(wardroom: Wardroom, inbound: InboundMessage): Promise<Answer> {
  const line = readLine(inbound.line ?? '', { inRoom: true })
  // The line is run once and the message is recorded once: two keys, because one may happen without the other.
  const asked = { ...inbound, key: `${inbound.key}:line` }
  const isDone = (await wardroom.store.seenAs(asked.key)) !== undefined
  const answered = isDone
    ? NONE
    : await dispatch(wardroom, { inbound: asked, line, heard: inbound, prefill: {} })
  await wardroom.capture(messageItem(inbound, wardroom.now(), watchOn(wardroom, inbound.platform)))
  return answered
}

async function onCommand(wardroom: Wardroom, inbound: InboundCommand): Promise<Answer> {
  const inRoom = inbound.room !== undefined && (await isIncidentRoom(wardroom, inbound))
  const line = readLine(inbound.line, { inRoom: inRoom || inbound.incident !== undefined })
  const answer = await dispatch(wardroom, { inbound, line, prefill: aboutPrefill(inbound) })
  const isHome = line.row.verb === 'home' && !line.refusal && !hasHomePage(inbound.platform)
  const answered = isHome ? inChat(wardroom, inbound, answer) : answer
  if (answered.kind !== 'reply' || !inbound.pressed) return answered
  const pressed = await drawnAgain(wardroom, inbound)
  return pressed ? { ...answered, pressed } : answered
}

/** What was asked for is on the record by now: a card that cannot be drawn must not make it look undone. */
async function drawnAgain(wardroom: Wardroom, inbound: InboundCommand) {
  try {
    return await pressedCard(wardroom, inbound)
  } catch (error) {
    wardroom.log.error({ err: error, ref: faultRef() }, 'a pressed card could not be drawn again')
    return undefined
  }
}

interface Dispatch {
  readonly inbound: InboundCommand | InboundMessage
  readonly line: ReturnType<typeof readLine>
  readonly heard?: InboundMessage
  readonly prefill: Readonly<Record<string, string>>
}

async function dispatch(wardroom: Wardroom, { inbound, line, heard, prefill }: Dispatch): Promise<Answer> {
  const named = line.incident ?? (inbound.type === 'command' ? inbound.incident : undefined)
  const around = await surroundings(wardroom, inbound, { named, visible: wantsVisible(line.row) })
  const call: Call = {
    row: line.row,
    inbound,
    typed: line.typed,
    words: line.words,
    prefill: { ...prefill, ...(line.words ? { words: line.words } : {}) },
    wantsForm: line.wantsForm || (inbound.type === 'command' && inbound.form === true),
    ...(heard && around.present ? { heard } : {}),
  }
  const answered = await (line.refusal
    ? refused(wardroom, call, around, line.refusal)
    : run(wardroom, call, around))
  return naming(answered, around.incident)
}

async function onForm(wardroom: Wardroom, inbound: InboundForm): Promise<Answer> {
  const row = findCommand(inbound.verb)
  if (!row) throw new Error('a form of no command')
  const around = await surroundings(wardroom, inbound, {
    named: inbound.incident,
    visible: wantsVisible(row),
  })
  const { acting, line } = inbound.carry
  const base = { row, inbound, typed: '', prefill: {}, wantsForm: false }
  const runNaming = async (call: Call) => naming(await run(wardroom, call, around), around.incident)
  if (!acting)
    return runNaming({ ...base, values: { ...inbound.carry, ...inbound.values, ...inbound.files } })
  if (inbound.altered?.includes('line'))
    return refused(wardroom, { ...base, typed: line ?? '' }, around, notAsTyped(row.verb))
  // The reason form carries the command that was typed: both are put on the record in one commit.
  const reason = String(inbound.values.acting_reason ?? '').trim()
  if (!reason) return { kind: 'errors', errors: { acting_reason: 'Say in a few words why you act now.' } }
  const given = { acting: { role: acting, reason } }
  const read = readLine(line ?? inbound.verb, { inRoom: true })
  return runNaming({ ...base, ...given, row: read.row, typed: read.typed, words: read.words })
}

/** Another line than the one typed may be another command. */
const notAsTyped = (verb: string): Refusal =>
  refuse(
    'not-as-typed',
    'What you typed did not come back from the form as it was, so it was not run. Type it again.',
    {
      buttons: [{ label: 'Help', line: `help ${verb}` }],
    },
  )

async function onHome(wardroom: Wardroom, inbound: Extract<Inbound, { type: 'home' }>): Promise<Answer> {
  const command: InboundCommand = {
    ...inbound,
    type: 'command',
    via: 'direct',
    line: '',
    canOpenForm: false,
  }
  const answer = await onCommand(wardroom, command)
  if (answer.kind !== 'reply') return answer
  const { platform, actor: person } = inbound
  const card = homePage(answer.card, platform)
  await rememberHome(wardroom, { platform, person }, card)
  return { ...answer, card }
}

/** Where people have no page of the bot's, the home they asked for is kept up to date in the chat with them. */
function inChat(wardroom: Wardroom, { platform, actor: person }: InboundCommand, answer: Answer): Answer {
  if (answer.kind !== 'reply') return answer
  const card = homePage(answer.card, platform)
  return { ...answer, card, posted: (at) => rememberHome(wardroom, { platform, person }, card, at) }
}

const wantsVisible = (row: Call['row']) => row.wantsVisible ?? false

const isIncidentRoom = async (wardroom: Wardroom, { platform, workspace, room = '' }: InboundCommand) =>
  (await wardroom.store.incidentOfRoom({ platform, workspace, room })) !== undefined

function aboutPrefill({ about }: InboundCommand): Record<string, string> {
  if (!about) return {}
  return {
    about_message: about.message,
    about_room: about.room,
    about_author: about.author,
    about_at: about.at.toISOString(),
    about_text: about.text.toWellFormed(),
  }
}
