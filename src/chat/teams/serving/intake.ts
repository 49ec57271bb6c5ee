/**
 * From a verified activity to its answer: the allow-lists, the look-up of whom it names, the commit, and only then the
 * acknowledgement. Private answers follow in the chat with the person; nothing that goes wrong there undoes the commit.
 */
import type { Card } from '../../../views/card.ts'
import { say } from '../../../views/say.ts'
import type { Answer, Handle, Inbound } from '../../port.ts'
import { codeOf } from '../log.ts'
import { activityInbound } from '../reading/events.ts'
import { roomId } from '../reading/ids.ts'
import { type Origin, originOf } from '../reading/origin.ts'
import { invokeInbound, type Read } from '../reading/requests.ts'
import { errorsCard, executed, fetched, sentence, submitted, type Whisper } from './answer.ts'
import { AuthFailure } from './auth.ts'
import { meet } from './meet.ts'
import { fromRoom, type Telling, told, toldInTime } from './private.ts'
import type { Served } from './served.ts'

export interface Intake extends Telling {
  readonly handle: Handle
  /** The development mode: the local client invents its tenant. */
  readonly isAnonymous: boolean
  readonly served: Served
  readonly onEvent: () => void
}

export async function takeIn(on: Intake, activity: unknown, serviceUrl: string): Promise<object | undefined> {
  const { api, log } = on
  const origin = originOf(activity)
  const isInvoke = (activity as { type?: unknown }).type === 'invoke'
  if (!origin || (origin.tenant !== api.self.tenant && !on.isAnonymous)) throw new AuthFailure('wrong_tenant')
  api.connector.learn(serviceUrl)
  on.onEvent()
  // An activity of a channel must come from a team on the list; the chat with the bot belongs to no team.
  const team = origin.scope === 'channel' ? await on.served(origin) : undefined
  if (origin.scope === 'groupChat' || (origin.scope === 'channel' && team === undefined)) {
    log.warn({ code: 'team_not_served' }, 'teams activity of a team that is not served')
    return isInvoke ? sentence(invokeOf(activity), elsewhere) : undefined
  }
  const named = team === undefined ? activity : ofTeam(activity, team)
  await meet(api, named, origin)
  // Only the rooms' own team has names we may read.
  const room = team === api.self.team ? roomIn(named) : undefined
  return isInvoke ? invoked(on, named, origin, room) : heard(on, named, room)
}

const roomIn = (activity: unknown): string =>
  roomId((activity as { conversation: { id: string } }).conversation.id)

/** With its team named as the rest of the adapter knows it. */
function ofTeam(activity: unknown, aadGroupId: string): unknown {
  const { channelData, ...rest } = activity as { channelData?: { team?: object } }
  return { ...rest, channelData: { ...channelData, team: { ...channelData?.team, aadGroupId } } }
}

const elsewhere = 'Wardroom does not serve this team. Write to it in its own chat. Nothing was recorded.'

const notUnderstood =
  'Wardroom did not understand this. Nothing was recorded. Ask for it anew in the chat with Wardroom.'

/** In a room their words are evidence all the same, so neither says that nothing was recorded. */
const guestCard = say('Guests cannot use Wardroom.', [
  'Wardroom is for people of the organisation, and you are a guest here. What you asked for was not done.',
  'If something happened, tell somebody of the organisation now.',
])

const strangerCard = say('Wardroom does not know yet who you are.', [
  'Teams did not tell Wardroom just now whether you are a guest here. What you asked for was not done.',
  'Ask again in a minute. If it cannot wait, phone whoever leads incidents.',
])

const sorryCard = say('Something went wrong on our side.', [
  'Something went wrong on our side. Nothing was recorded; the same command is safe to repeat.',
])

/** Asks something of us, rather than being evidence of what people say to one another. */
const isAsking = (inbound: Inbound): boolean =>
  inbound.type === 'command' ||
  inbound.type === 'form' ||
  (inbound.type === 'message' && inbound.line !== undefined)

/** Guests are refused unless known to be none; who the local client invents, nobody can be asked about. */
function refusalFor({ api, isAnonymous }: Intake, person: string): Card | undefined {
  const guest = api.directory.byId(person)?.guest
  if (guest === false || (guest === undefined && isAnonymous)) return undefined
  return guest ? guestCard : strangerCard
}

async function heard(on: Intake, activity: unknown, room: string | undefined): Promise<undefined> {
  const { api, handle, log } = on
  for (const inbound of activityInbound(api.self, api.directory, activity, api.now())) {
    if (inbound.type === 'unknown')
      log.warn(
        { code: String((activity as { type?: unknown }).type).slice(0, 40) },
        'teams payload not understood',
      )
    const refusal = isAsking(inbound) ? refusalFor(on, inbound.actor) : undefined
    if (refusal) {
      // What a guest says in a room is evidence all the same; that it is a command is not heard.
      if (inbound.type === 'message') await handle(withoutLine(inbound))
      void told(on, inbound.actor, fromRoom(refusal, room))
      continue
    }
    const answer = await handle(inbound)
    const card = cardOf(answer)
    if (card) void told(on, inbound.actor, fromRoom(card, room), postedOf(answer))
  }
}

const postedOf = (answer: Answer) => (answer.kind === 'reply' ? answer.posted : undefined)

const withoutLine = ({ line: _, ...message }: Extract<Inbound, { type: 'message' }>) => message

function cardOf(answer: Answer): Card | undefined {
  if (answer.kind === 'reply') return answer.card
  return answer.kind === 'errors' ? errorsCard(answer.errors) : undefined
}

async function invoked(
  on: Intake,
  activity: unknown,
  origin: Origin,
  room: string | undefined,
): Promise<object> {
  const { api, handle, log } = on
  const read = invokeInbound(api.self, api.directory, activity, api.now())
  if (!read) {
    for (const inbound of activityInbound(api.self, api.directory, activity, api.now())) await handle(inbound)
    return sentence(invokeOf(activity), notUnderstood)
  }
  let answer: Answer = { kind: 'none' }
  const whisper: Whisper = (card) => toldInTime(on, read.person, fromRoom(card, room), postedOf(answer))
  const refusal = refusalFor(on, read.person)
  if (refusal) return answered(on, read, activity, { kind: 'reply', card: refusal }, whisper)
  try {
    answer = await handle(read.inbound)
  } catch (error) {
    log.error({ code: codeOf(error), type: read.inbound.type, scope: origin.scope }, 'not recorded')
    answer = { kind: 'reply', card: sorryCard }
  }
  return answered(on, read, activity, answer, whisper)
}

const invokeOf = (activity: unknown): unknown => (activity as { name?: unknown }).name

function answered(
  { api }: Intake,
  read: Read,
  activity: unknown,
  answer: Answer,
  whisper: Whisper,
): Promise<object> {
  const room = 'room' in read.inbound ? read.inbound.room : undefined
  const asked = { person: read.person, ...(room ? { room } : {}) }
  switch (read.kind) {
    case 'execute':
      return executed(api, answer, whisper)
    case 'fetch':
      return fetched(api, answer, asked, whisper)
    case 'submit': {
      const { value } = activity as { value?: { data?: unknown } }
      return submitted(api, answer, value?.data, asked, whisper)
    }
  }
}
