/**
 * The bot API: every call is sent once, in the limits of its conversation, to the address the tenant's last verified
 * activity came from.
 */
import { ChatError } from '../../port.ts'
import { type Client, clients } from './client.ts'
import { calling } from './errors.ts'
import { isLoopback, serviceAddress } from './identity.ts'
import type { Limiter } from './limiter.ts'
import { botMember, type Self } from './self.ts'
import { CONNECTOR_SCOPE, type Tokens } from './tokens.ts'

/** A member as Teams tells it. */
export interface Member {
  /** `29:…`. */
  readonly id?: string
  readonly aadObjectId?: string
  /** The same, as rosters name it. */
  readonly objectId?: string
  readonly name?: string
  readonly userRole?: string
  readonly tenantId?: string
  readonly userPrincipalName?: string
}

export type Activity = Readonly<Record<string, unknown>>

export interface Connector {
  /** Only with the address of a verified activity of this tenant. */
  learn(serviceUrl: string): void
  /** Starts a thread in a channel; resolves with the message's id. */
  start(channel: string, activity: Activity): Promise<string>
  reply(channel: string, thread: string, activity: Activity): Promise<string>
  /** Into a chat. */
  send(chat: string, activity: Activity): Promise<string>
  update(room: string, message: string, activity: Activity): Promise<void>
  remove(room: string, message: string): Promise<void>
  /** The chat with a person, by either id; nothing is posted. */
  chat(person: string): Promise<string>
  member(room: string, id: string): Promise<Member>
  /** Everybody in a team (by its `19:…` id), a channel or a chat. */
  members(room: string): Promise<readonly Member[]>
}

export interface ConnectorOptions {
  readonly self: Self
  readonly tokens: Tokens
  readonly limit: Limiter
  readonly serviceUrl?: string | undefined
  /** Nothing leaves this machine. */
  readonly anonymous?: boolean
  readonly timeoutMs?: number
}

export const SERVICE_URL = 'https://smba.trafficmanager.net/teams/'
/** Where the Agents Playground listens. */
const LOCAL_URL = 'http://127.0.0.1:56150/_connector'
const TIMEOUT_MS = 10_000
const PAGE = 200

export function makeConnector(given: ConnectorOptions): Connector {
  const { self, tokens, limit, anonymous = false } = given
  const options = { timeout: given.timeoutMs ?? TIMEOUT_MS }
  const address = (url: string): string => {
    const found = serviceAddress(url)
    if (!found || (anonymous && !isLoopback(found))) throw new ChatError('refused', 'service_not_allowed')
    return found.href
  }
  let at = address(given.serviceUrl ?? (anonymous ? LOCAL_URL : SERVICE_URL))
  const factory = clients(self, tokens)
  const known = new Map<string, Promise<Client>>()
  const clientAt = (url: string): Promise<Client> => {
    const client = known.get(url) ?? factory(url)
    known.set(url, client)
    return client
  }
  /** One attempt, and a second one only after the first was turned away at the door. */
  const once = <T>(key: string, call: (client: Client) => Promise<T>): Promise<T> =>
    calling(async () => {
      await limit(key)
      const client = await clientAt(at)
      return call(client).catch(async (error: unknown) => {
        if ((error as { statusCode?: unknown }).statusCode !== 401) throw error
        await tokens(CONNECTOR_SCOPE, true)
        return call(client)
      })
    })
  const bot = { id: botMember(self), name: '' }
  const opened = async (key: string, parameters: object) =>
    once(key, (client) => client.conversations.createConversation(parameters as never, options))

  return {
    learn(url) {
      at = address(url)
    },
    async start(channel, activity) {
      const { id, activityId } = await opened(channel, {
        isGroup: true,
        bot,
        tenantId: self.tenant,
        channelData: { channel: { id: channel }, tenant: { id: self.tenant } },
        activity,
      })
      return named(activityId ?? /;messageid=(\d+)/.exec(id ?? '')?.[1])
    },
    async reply(channel, thread, activity) {
      const conversation = `${channel};messageid=${thread}`
      const sent = await once(channel, (client) =>
        client.conversations.sendToConversation(conversation, activity, options),
      )
      return named(sent.id)
    },
    async send(chat, activity) {
      const sent = await once(chat, (client) =>
        client.conversations.sendToConversation(chat, activity, options),
      )
      return named(sent.id)
    },
    async update(room, message, activity) {
      const changed = { ...activity, id: message }
      await once(room, (client) =>
        client.conversations.updateActivity(room, message, changed, options as never),
      ).catch((error: ChatError) => {
        // So the bot API answers for a message that was there and has been deleted.
        if (error.code === 'service_error_403') throw new ChatError('gone', 'message_not_found')
        throw error
      })
    },
    async remove(room, message) {
      await once(room, (client) => client.conversations.deleteActivity(room, message, options))
    },
    async chat(person) {
      const { id } = await opened(person, {
        isGroup: false,
        bot,
        members: [{ id: person }],
        tenantId: self.tenant,
        channelData: { tenant: { id: self.tenant } },
      }).catch((error: ChatError) => {
        throw error.code === 'http_400' ? new ChatError('gone', 'user_not_found') : error
      })
      return named(id)
    },
    async member(room, id) {
      return once(room, (client) => client.conversations.getConversationMember(room, id, options))
    },
    async members(room) {
      const found: Member[] = []
      let continuationToken: string | undefined
      do {
        const asked = { ...options, pageSize: PAGE, ...(continuationToken ? { continuationToken } : {}) }
        const page = await once(room, (client) =>
          client.conversations.getConversationPagedMembers(room, asked as never),
        )
        found.push(...((page.members ?? []) as Member[]))
        continuationToken = page.continuationToken || undefined
      } while (continuationToken)
      return found
    },
  }
}

function named(id: string | undefined): string {
  if (!id) throw new ChatError('transient', 'no_id', { maybeDone: true })
  return id
}
