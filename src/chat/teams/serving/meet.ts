/**
 * Whom an activity names and we have not met: looked up before it is read, because a command about somebody must name
 * their Entra id. Only for what asks something of us, only for a moment, and without it the name stays a name.
 */
import type { Api } from '../api.ts'
import { codeOf } from '../log.ts'
import type { Origin } from '../reading/origin.ts'
import { learnRoster } from '../verbs/people.ts'
import type { Member } from '../wire/connector.ts'

const patienceMs = 2_000
const atMost = 5

export async function meet(api: Api, activity: unknown, origin: Origin): Promise<void> {
  const { directory, self } = api
  const { type, conversation, entities, from, recipient } = activity as Named
  const mentioned = (entities ?? []).flatMap(({ type: kind, mentioned: who }) =>
    kind === 'mention' && typeof who?.id === 'string' ? [who.id] : [],
  )
  const bot = `28:${self.appId}`
  const isAsking =
    type === 'invoke' ||
    origin.scope === 'personal' ||
    recipient?.isTargeted === true ||
    mentioned.some((id) => id.toLowerCase() === bot)
  if (!isAsking || typeof conversation?.id !== 'string') return
  // What they wrote before told us who the sender is, not whether they are a guest.
  const isVouchedFor = origin.person === undefined || directory.byId(origin.person)?.guest !== undefined
  const sender = isVouchedFor ? [] : [from?.id]
  const strangers = [...sender, ...mentioned.filter((id) => !directory.byMember(id))]
    .filter((id): id is string => typeof id === 'string' && id.startsWith('29:'))
    .slice(0, atMost)
  if (strangers.length === 0) return
  const room = conversation.id.split(';')[0] ?? conversation.id
  const looked = Promise.all(
    strangers.map(async (id) => learnRoster(api, [{ ...(await memberOf(api, room, id)), id }])),
  ).catch((error: unknown) => api.log.warn({ code: codeOf(error) }, 'teams people not looked up'))
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs)
  })
  await Promise.race([looked, late])
  clearTimeout(timer)
}

/** The chat with the bot has two members: whoever else is named in it is looked for in the teams we serve. */
async function memberOf(api: Api, room: string, id: string): Promise<Member> {
  const places = [room, ...api.threads.keys()]
  for (const [at, place] of places.entries()) {
    try {
      return await api.connector.member(place, id)
    } catch (error) {
      if (at === places.length - 1) throw error
    }
  }
  throw new Error('nowhere to look')
}

/** The few parts looked at before anything is parsed; each may be anything. */
interface Named {
  readonly type?: unknown
  readonly conversation?: { readonly id?: unknown }
  readonly from?: { readonly id?: unknown }
  readonly recipient?: { readonly isTargeted?: unknown }
  readonly entities?: readonly { readonly type?: unknown; readonly mentioned?: { readonly id?: unknown } }[]
}
