// Person -> bot with an answer expected within three seconds: commands, buttons, shortcuts, forms.
// None of these is ever retried. What the bot answers is shown to the person who acted, as Slack shows it.
import { checkView, isViewTooLarge } from './blocks-check.ts'
import { type Core, findPerson, PracticeRefusal } from './core.ts'
import type { Outcome } from './delivery.ts'
import { givenFiles } from './files.ts'
import { actionEntry, elementsOf, inputErrors, type Placed, stateValues } from './inputs.ts'
import { postEphemeral, wire } from './messages.ts'
import type { Json, Picked, PickedValues } from './page-api.ts'
import { issueResponseUrl, showAnswer } from './response-url.ts'
import { appId, type Channel, type Message, teamId } from './state.ts'
import { issueTrigger, popView, pushOnto, stackOf, updateView } from './views.ts'

const teamWire = (core: Core) => ({ id: teamId, domain: core.state.team.domain })
const userWire = (core: Core, id: string) => {
  const name = findPerson(core, id)?.name ?? id
  return { id, username: name, name, team_id: teamId }
}
/** Slack never tells a private channel's name here. */
const channelWire = (channel: Channel) => ({
  id: channel.id,
  name: { public: channel.name, private: 'privategroup', im: 'directmessage' }[channel.kind],
})

const common = (core: Core, user: string) => ({
  token: core.secrets.verification,
  team: teamWire(core),
  enterprise: null,
  is_enterprise_install: false,
  api_app_id: appId,
  user: userWire(core, user),
})

const seconds = (core: Core): string => (core.wall() / 1000).toFixed(6)

const trouble = (core: Core, user: string): void =>
  core.changed({ kind: 'toast', user, tone: 'error', text: 'We had some trouble connecting. Try again?' })

const interact = (core: Core, payload: Json, acceptsPayload = false): Promise<Outcome> =>
  core.delivery.ask({ type: 'interactive', payload, acceptsPayload })

export const sendCommand = async (
  core: Core,
  user: string,
  channel: Channel,
  line: string,
): Promise<Outcome> => {
  const [, name = '', text = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(line) ?? []
  const command = core.installed.commands.find((row) => row.command === name)
  if (!command || !core.installed.scopes.has('commands')) {
    throw new PracticeRefusal(
      `${name || line} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`,
    )
  }
  const to = { channel: channel.id, user, ts: null, isEphemeral: true, threadTs: null }
  const payload = {
    token: core.secrets.verification,
    team_id: teamId,
    team_domain: core.state.team.domain,
    channel_id: channel.id,
    channel_name: channelWire(channel).name,
    user_id: user,
    user_name: userWire(core, user).name,
    command: name,
    text: command.shouldEscape ? escapeMentions(core, text.trim()) : text.trim(),
    api_app_id: appId,
    is_enterprise_install: 'false',
    response_url: issueResponseUrl(core, to),
    trigger_id: issueTrigger(core, user, null),
  }
  const outcome = await core.delivery.ask({ type: 'slash_commands', payload, acceptsPayload: true })
  if (!outcome.ok) {
    const reason = outcome.reason === 'http_timeout' ? 'operation_timeout' : 'dispatch_failed'
    postEphemeral(core, channel.id, user, { text: `${name} failed with the error "${reason}"` })
  } else if (outcome.payload) {
    showAnswer(core, to, outcome.payload)
  }
  return outcome
}

/** With `should_escape`, `@sam` and `#general` arrive as `<@U…|sam>` and `<#C…|general>`. */
export const escapeMentions = (core: Core, text: string): string =>
  text
    .replace(/(?<![\w<])@([\w.-]*\w)/g, (typed, name: string) => {
      const person = core.state.people.find((row) => row.name === name.toLowerCase())
      return person ? `<@${person.id}|${person.name}>` : typed
    })
    .replace(/(?<![\w<])#([\w-]+)/g, (typed, name: string) => {
      const channel = core.state.channels.find((row) => row.kind !== 'im' && row.name === name)
      return channel ? `<#${channel.id}|${channel.name}>` : typed
    })
    .replace(/<@(U\w+)>/g, (_, id: string) => `<@${id}|${findPerson(core, id)?.name ?? id}>`)

export type Surface =
  | { kind: 'message'; channel: Channel; message: Message; isEphemeral: boolean }
  | { kind: 'view'; view: Json }

export const surfaceBlocks = (surface: Surface): Json[] =>
  surface.kind === 'view' ? surface.view.blocks : (surface.message.blocks ?? [])

export const sendAction = async (
  core: Core,
  user: string,
  surface: Surface,
  placed: Placed,
  picked: Picked,
  values: PickedValues,
): Promise<Outcome> => {
  const own = { [placed.block.block_id]: { [placed.element.action_id]: picked } }
  const all = placed.element.type === 'button' ? values : merge(values, own)
  const state = { values: stateValues(surfaceBlocks(surface), all) }
  const actions = [actionEntry(placed, picked, seconds(core))]
  const base = { type: 'block_actions', ...common(core, user), actions }
  const outcome = await interact(core, { ...base, ...surfaceWire(core, user, surface, state) })
  if (!outcome.ok) trouble(core, user)
  return outcome
}

const merge = (one: PickedValues, other: PickedValues): PickedValues => {
  const all: PickedValues = { ...one }
  for (const [block, picks] of Object.entries(other)) all[block] = { ...all[block], ...picks }
  return all
}

const surfaceWire = (core: Core, user: string, surface: Surface, state: Json): Json => {
  if (surface.kind === 'view') {
    surface.view.state = state
    return {
      container: { type: 'view', view_id: surface.view.id },
      trigger_id: issueTrigger(core, user, surface.view.type === 'modal' ? surface.view.id : null),
      view: surface.view,
    }
  }
  const { channel, message, isEphemeral } = surface
  const thread = message.thread_ts ? { thread_ts: message.thread_ts } : {}
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...thread,
    },
    trigger_id: issueTrigger(core, user, null),
    channel: channelWire(channel),
    // Slack does not hand back the content of an ephemeral message
    ...(isEphemeral ? {} : { message: wire(core, channel, message) }),
    state,
    response_url: issueResponseUrl(core, {
      channel: channel.id,
      user,
      ts: message.ts,
      isEphemeral,
      threadTs: message.thread_ts ?? null,
    }),
  }
}

export const sendShortcut = async (
  core: Core,
  user: string,
  callbackId: string,
  on: { channel: Channel; message: Message } | null,
): Promise<Outcome> => {
  const type = on ? 'message' : 'global'
  const shortcut = core.installed.shortcuts.find((row) => row.callbackId === callbackId && row.type === type)
  if (!shortcut) throw new PracticeRefusal(`There is no ${type} shortcut ${callbackId}.`)
  const base = { ...common(core, user), callback_id: callbackId, trigger_id: issueTrigger(core, user, null) }
  const action_ts = seconds(core)
  const payload = on
    ? {
        ...base,
        type: 'message_action',
        action_ts,
        message_ts: on.message.ts,
        channel: channelWire(on.channel),
        message: wire(core, on.channel, on.message),
        response_url: issueResponseUrl(core, {
          channel: on.channel.id,
          user,
          ts: null,
          isEphemeral: true,
          threadTs: on.message.thread_ts ?? null,
        }),
      }
    : { ...base, type: 'shortcut', action_ts }
  const outcome = await interact(core, payload)
  if (!outcome.ok) trouble(core, user)
  return outcome
}

export type Submitted = { isSent: boolean; errors: Record<string, string> | null }

/** Submits the top view. Required fields are checked here first, as Slack's client does. */
export const submitView = async (
  core: Core,
  user: string,
  view: Json,
  values: PickedValues,
): Promise<Submitted> => {
  const state = stateValues(view.blocks, values)
  const missing = inputErrors(view.blocks, state)
  if (Object.keys(missing).length > 0) return refuse(core, user, missing, false)
  for (const value of Object.values(state).flatMap((block: Json) => Object.values<Json>(block)))
    if (value.type === 'file_input')
      value.files = givenFiles(
        core,
        user,
        value.files.map(({ id }: Json) => String(id)),
      )
  view.state = { values: state }
  const trigger_id = issueTrigger(core, user, view.id)
  const payload = { type: 'view_submission', ...common(core, user), trigger_id, view, response_urls: [] }
  const outcome = await interact(core, payload, true)
  if (!outcome.ok) {
    trouble(core, user)
    return { isSent: false, errors: null }
  }
  return { isSent: true, errors: applyResponse(core, user, view, outcome.payload ?? {}) }
}

const refuse = (core: Core, user: string, errors: Record<string, string>, isSent: boolean): Submitted => {
  core.changed({ kind: 'modals', user, errors })
  return { isSent, errors }
}

const applyResponse = (core: Core, user: string, view: Json, answer: Json): Record<string, string> | null => {
  const action = answer.response_action
  const isOpen = stackOf(core, user).includes(view)
  if (action === 'errors') {
    const errors = answer.errors ?? {}
    const known = new Set(elementsOf(view.blocks).map(({ block }) => block.block_id))
    const isGood = Object.keys(errors).length > 0 && Object.keys(errors).every((id) => known.has(id))
    if (isGood) return refuse(core, user, errors, true).errors
    trouble(core, user)
    return null
  }
  if (action === 'clear') popView(core, user, true)
  else if (action === 'update' || action === 'push') {
    if (!answer.view || isViewTooLarge(answer.view) || checkView(answer.view).length > 0) trouble(core, user)
    else if (action === 'push') pushOnto(core, user, stackOf(core, user), answer.view)
    else updateView(core, (row) => row.id === view.id, answer.view, null)
  } else if (isOpen) popView(core, user, false)
  return null
}

/** Closes the top view (or all); tells the bot only about views that asked. */
export const closeView = async (core: Core, user: string, all: boolean): Promise<void> => {
  const gone = popView(core, user, all)
  for (const view of gone.filter((row) => row.notify_on_close === true)) {
    await interact(core, {
      type: 'view_closed',
      ...common(core, user),
      view,
      is_cleared: gone.length > 1 || all,
    })
  }
}
