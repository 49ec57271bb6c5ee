/** A local Teams and a plain bot for each test, and the bot's own calls: what the local Teams is proved with. */
import { afterEach, beforeEach, expect } from 'vitest'
import { plainBot } from './bot.ts'
import { botCalls } from './calls.ts'
import { type LocalTeams, type LocalTeamsOptions, startLocalTeams } from './local.ts'
import type { Json } from './state.ts'

/** The clock stands still. */
export const at = new Date('2026-11-20T14:05:00.000Z')

// biome-ignore lint/suspicious/noExplicitAny: JSON of any shape, looked into
export const deep = (value: unknown): any => value

export const card = (...actions: Json[]): Json => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'Status' },
    { type: 'ActionSet', actions },
  ],
})

export const asMessage = (content: Json): Json => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
})

const mark = ({ id, type, timestamp }: Json) => `${id} ${type} ${timestamp}`

export function proving() {
  let teams: LocalTeams
  let bot: Awaited<ReturnType<typeof plainBot>>
  const start = async (more: Partial<LocalTeamsOptions> = {}) => {
    teams = await startLocalTeams({ now: () => at, botUrl: bot.url, retryScale: 0.001, ...more })
  }
  beforeEach(async () => {
    bot = await plainBot()
    await start()
  })
  afterEach(async () => {
    await teams.close()
    await bot.close()
  })
  const channel = (name: string) =>
    teams
      .as('dana')
      .channels()
      .find((each) => each.name === name)?.id ?? ''
  const calls = () => botCalls(teams)
  return {
    teams: () => teams,
    bot: () => bot,
    calls,
    /** The same again with other settings. */
    restart: async (more: Partial<LocalTeamsOptions>) => {
      await teams.close()
      await start(more)
    },
    general: () => channel('General'),
    helpdesk: () => channel('it-helpdesk'),
    /** What came to the bot since it was last asked, in the order it happened: arrivals overtake each other. */
    arrived: async () => {
      await teams.idle()
      const order = teams.sent.map(mark)
      return bot
        .take()
        .sort((one, other) => order.indexOf(mark(one)) - order.indexOf(mark(other)))
        .map(deep)
    },
    botPosts: async (room: string, content: Json): Promise<string> => {
      const thread = { isGroup: true, channelData: { channel: { id: room } }, activity: asMessage(content) }
      const { status, body } = await calls().connector('POST', 'v3/conversations', thread)
      expect(status).toBe(201)
      return deep(body).activityId
    },
  }
}
