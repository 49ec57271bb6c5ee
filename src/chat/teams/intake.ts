/**
 * From a verified activity to its answer: the allow-lists, the look-up of whom it names, the commit, and only then the
 * acknowledgement. Private answers follow in the chat with the person; nothing that goes wrong there undoes the commit.
 */
import type { Card } from '../../views/card.ts'
import { say } from '../../views/say.ts'
import type { Answer, Handle, Inbound } from '../port.ts'
import { errorsCard, executed, fetched, submitted, type Whisper } from './answer.ts'
import type { Api } from './api.ts'
import { AuthFailure } from './auth.ts'
import { activityInbound } from './events.ts'
import { codeOf, type Log } from './log.ts'
import { meet } from './meet.ts'
import { type Origin, originOf } from './origin.ts'
import { invokeInbound, type Read } from './requests.ts'
import type { Served } from './served.ts'

export interface Intake {
  readonly api: Api
  readonly handle: Handle
  readonly log: Log
  /** Posts a private answer to the chat with the person. */
  readonly whisper: (person: string, card: Card) => Promise<void>
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
    return isInvoke ? elsewhere : undefined
  }
  const named = team === undefined ? activity : ofTeam(activity, team)
  await meet(api, named, origin)
  return isInvoke ? invoked(on, named, origin) : heard(on, named)
}

/** With its team named as the rest of the adapter knows it. */
function ofTeam(activity: unknown, aadGroupId: string): unknown {
  const { channelData, ...rest } = activity as { channelData?: { team?: object } }
  return { ...rest, channelData: { ...channelData, team: { ...channelData?.team, aadGroupId } } }
}

const elsewhere = {
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: 'Wardroom does not serve this team. Write to it in its own chat. Nothing was recorded.',
}

const guestCard = say('Guests cannot use Wardroom.', [
  'Wardroom is for people of the organisation, and you are a guest here.',
  'If something happened, tell somebody of the organisation now. Nothing was recorded.',
])

const sorryCard = say('Something went wrong on our side.', [
  'Something went wrong on our side. Nothing was recorded; the same command is safe to repeat.',
])

/** Asks something of us, rather than being evidence of what people say to one another. */
const isAsking = (inbound: Inbound): boolean =>
  inbound.type === 'command' ||
  inbound.type === 'form' ||
  (inbound.type === 'message' && inbound.line !== undefined)

const isGuest = ({ directory }: Api, person: string): boolean => directory.byId(person)?.guest === true

async function heard(on: Intake, activity: unknown): Promise<undefined> {
  const { api, handle, log } = on
  for (const inbound of activityInbound(api.self, api.directory, activity, api.now())) {
    if (inbound.type === 'unknown')
      log.warn(
        { code: String((activity as { type?: unknown }).type).slice(0, 40) },
        'teams payload not understood',
      )
    if (isAsking(inbound) && isGuest(api, inbound.actor)) {
      // What a guest says in a room is evidence all the same; that it is a command is not heard.
      if (inbound.type === 'message') await handle(withoutLine(inbound))
      void told(on, inbound.actor, guestCard)
      continue
    }
    const answer = await handle(inbound)
    const card = cardOf(answer)
    if (card) void told(on, inbound.actor, card)
  }
}

const withoutLine = ({ line: _, ...message }: Extract<Inbound, { type: 'message' }>) => message

function cardOf(answer: Answer): Card | undefined {
  if (answer.kind === 'reply') return answer.card
  return answer.kind === 'errors' ? errorsCard(answer.errors) : undefined
}

/** After the commit, and never able to undo it. Resolves with whether it arrived. */
async function told({ whisper, log }: Intake, person: string, card: Card): Promise<boolean> {
  try {
    await whisper(person, card)
    return true
  } catch (error) {
    log.warn({ code: codeOf(error) }, 'teams private answer did not arrive')
    return false
  }
}

async function invoked(on: Intake, activity: unknown, origin: Origin): Promise<object> {
  const { api, handle, log } = on
  const read = invokeInbound(api.self, api.directory, activity, api.now())
  if (!read) {
    for (const inbound of activityInbound(api.self, api.directory, activity, api.now())) await handle(inbound)
    return elsewhereInvoke
  }
  const whisper: Whisper = (card) => told(on, read.person, card)
  if (isGuest(api, read.person))
    return answered(on, read, activity, { kind: 'reply', card: guestCard }, whisper)
  let answer: Answer
  try {
    answer = await handle(read.inbound)
  } catch (error) {
    log.error({ code: codeOf(error), type: read.inbound.type, scope: origin.scope }, 'not recorded')
    answer = { kind: 'reply', card: sorryCard }
  }
  return answered(on, read, activity, answer, whisper)
}

const elsewhereInvoke = {
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: 'Wardroom did not understand this. Nothing was recorded.',
}

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
