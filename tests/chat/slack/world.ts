/** The adapter over the stub of Slack, in either delivery mode, and the payloads Slack would send it. */
import { createHmac } from 'node:crypto'
import { afterEach } from 'vitest'
import type { Answer, Inbound } from '../../../src/chat/port.ts'
import { type RunningSlack, startSlack } from '../../../src/chat/slack/start.ts'
import type { Card } from '../../../src/views/card.ts'
import { eventBody, keptLog, type Stub, startStub, team } from './stub.ts'

export const card: Card = { summary: 'Recorded.', blocks: [{ kind: 'lines', lines: ['Recorded.'] }] }
export const form = {
  verb: 'declare',
  title: 'Declare',
  submit: 'Declare',
  fields: [{ kind: 'text' as const, name: 'what', label: 'What' }],
  nonce: 'nonce-0001',
}
export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
export const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

export interface World {
  stub: Stub
  slack: RunningSlack
  seen: Inbound[]
  gaps: string[]
  log: ReturnType<typeof keptLog>
  answer: (inbound: Inbound) => Answer | Promise<Answer>
  said: { url: string; body: { text: string; response_type: string; replace_original: boolean } }[]
}

export async function world(mode: 'socket' | 'http' = 'socket'): Promise<World> {
  const stub = await startStub()
  ends.push(stub.close)
  const state = {
    stub,
    seen: [] as Inbound[],
    gaps: [] as string[],
    log: keptLog(),
    said: [] as World['said'],
    answer: (): Answer => ({ kind: 'none' }),
  } as unknown as World
  stub.paths['/respond'] = (request, response, body) => {
    state.said.push({ url: request.url ?? '', body: JSON.parse(body) })
    response.end('ok')
  }
  stub.methods['views.open'] = () => ({ ok: true, view: {} })
  stub.methods['views.publish'] = () => ({ ok: true, view: {} })
  stub.methods['chat.postEphemeral'] = () => ({ ok: true, message_ts: '1.2' })
  stub.methods['chat.postMessage'] = (args) => ({ ok: true, ts: '1.2', channel: args.channel })
  state.slack = await startSlack({
    botToken: 'xoxb-secret',
    ...(mode === 'socket' ? { appToken: 'xapp-secret' } : { signingSecret: 'sign', httpPort: 0 }),
    apiUrl: `${stub.url}/api/`,
    commands: ['incident', 'inc'],
    handle: async (inbound) => {
      state.seen.push(inbound)
      return state.answer(inbound)
    },
    now: () => new Date(),
    log: state.log,
    onGap: (_, why) => state.gaps.push(why),
  })
  ends.push(state.slack.stop)
  return state
}

export const message = (text: string, more: object = {}) =>
  eventBody({
    type: 'message',
    channel: 'C1',
    channel_type: 'group',
    user: 'U1',
    ts: '1800000000.000100',
    event_ts: '1800000000.000100',
    text,
    ...more,
  })
export const command = (stub: Stub, text: string, more: object = {}) => ({
  command: '/incident',
  text,
  user_id: 'U1',
  team_id: team,
  channel_id: 'C1',
  trigger_id: 'trig.1',
  response_url: `${stub.url}/respond`,
  ...more,
})
export const click = (stub: Stub, value: object, more: object = {}) => ({
  type: 'block_actions',
  team: { id: team },
  user: { id: 'U1' },
  trigger_id: 'trig.2',
  response_url: `${stub.url}/respond`,
  channel: { id: 'C1' },
  container: { type: 'message', channel_id: 'C1', message_ts: '1.2' },
  actions: [
    {
      type: 'button',
      action_id: 'b0',
      block_id: 'x',
      value: JSON.stringify(value),
      action_ts: '1800000000.5',
    },
  ],
  ...more,
})
export const submit = (more: object = {}, metadata: object = {}) => ({
  type: 'view_submission',
  team: { id: team },
  user: { id: 'U1' },
  trigger_id: 'trig.3',
  view: {
    id: 'V1',
    type: 'modal',
    callback_id: 'form:declare',
    private_metadata: JSON.stringify({ verb: 'declare', nonce: 'nonce-0001', room: 'C1', ...metadata }),
    blocks: [{ type: 'input', block_id: 'f:what' }],
    state: { values: { 'f:what': { v: { type: 'plain_text_input', value: 'lost' } } } },
    ...more,
  },
})
export const interactive = { type: 'interactive' }

export const shortcut = (stub: Stub, callback_id: string, more: object = {}) => ({
  type: 'message_action',
  callback_id,
  team: { id: team },
  user: { id: 'U1' },
  trigger_id: 'trig.4',
  action_ts: '1800000000.5',
  response_url: `${stub.url}/respond`,
  channel: { id: 'C1' },
  message: { type: 'message', ts: '1799999999.5', user: 'U2', text: 'we &lt;decided&gt;' },
  ...more,
})
/** What Slack would send over HTTP, signed unless told otherwise. */
export const post = (
  it: World,
  body: string,
  options: { at?: number; secret?: string; type?: string } = {},
) => {
  const at = `${options.at ?? Math.floor(Date.now() / 1000)}`
  const mac = createHmac('sha256', options.secret ?? 'sign')
    .update(`v0:${at}:${body}`)
    .digest('hex')
  return fetch(`http://127.0.0.1:${it.slack.httpPort}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': options.type ?? 'application/json',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${mac}`,
    },
  })
}
