// What one person may reach in the workspace: channels they see, their own messages, the buttons in front of them.
import { directChannel, isVisibleTo } from './conversations.ts'
import { type Core, findPerson, PracticeRefusal } from './core.ts'
import { elementsOf, type Placed } from './inputs.ts'
import { type Surface, surfaceBlocks } from './interactions.ts'
import { findMessage } from './messages.ts'
import type { Json, Picked, PickedValues } from './page-api.ts'
import { botUserId, type Channel, type Message } from './state.ts'
import { findView, stackOf } from './views.ts'

/** Where a button is: a message, a named view, or the top modal, or the Home tab. */
export type Place = { channel: string; ts: string } | { view: string } | 'modal' | 'home'
/** A button or menu by action_id, by what it says, or exactly. */
export type Which = string | { actionId: string; blockId?: string; value?: string }
/** For `submit`: by block id then action id, or flat by either id. */
export type Filled = PickedValues | Record<string, Picked>

export const refuse = (sentence: string): never => {
  throw new PracticeRefusal(sentence)
}

/** By id or name (`#general`, `general`); a person's id or `@handle` means their direct messages. */
export const channelSeen = (core: Core, user: string, wanted: string): Channel => {
  const name = wanted.replace(/^#/, '')
  const isGuest = findPerson(core, user)?.isGuest ?? false
  const found = core.state.channels.find(
    (row) =>
      (row.id === wanted || (row.kind !== 'im' && row.name === name)) && isVisibleTo(row, user, isGuest),
  )
  if (found) return found
  const person = core.state.people.find((row) => row.id === wanted || `@${row.name}` === wanted)
  if (person || wanted === botUserId) return directChannel(core, user, person?.id ?? botUserId)
  return refuse(`You cannot see a channel ${wanted}.`)
}

export const channelJoined = (core: Core, user: string, wanted: string): Channel => {
  const channel = channelSeen(core, user, wanted)
  if (!channel.members.includes(user)) refuse(`You are not in #${channel.name}.`)
  if (channel.isArchived) refuse(`#${channel.name} is archived.`)
  return channel
}

export const messageSeen = (channel: Channel, ts: string): Message =>
  findMessage(channel, ts) ?? refuse('That message is gone.')

export const ownMessage = (channel: Channel, ts: string, user: string): Message => {
  const message = messageSeen(channel, ts)
  return message.user === user ? message : refuse('Only its author can change a message.')
}

const says = (placed: Placed): string =>
  String(placed.element.text?.text ?? placed.element.placeholder?.text ?? '')

export const pickElement = (surface: Surface, which: Which): Placed => {
  const all = elementsOf(surfaceBlocks(surface))
  const found = all.find((placed) => {
    const { block, element } = placed
    if (typeof which === 'string') return element.action_id === which || says(placed) === which
    return (
      element.action_id === which.actionId &&
      (which.blockId === undefined || which.blockId === block.block_id) &&
      (which.value === undefined || which.value === element.value)
    )
  })
  const there = all.map((placed) => says(placed) || placed.element.action_id).join(' · ')
  return (
    found ?? refuse(`There is no ${JSON.stringify(which)} here; there is: ${there || 'nothing to press'}.`)
  )
}

export const nested = (blocks: readonly Json[], filled: Filled): PickedValues => {
  const values: PickedValues = {}
  for (const [key, value] of Object.entries(filled)) {
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value)
    if (isNested) {
      values[key] = { ...values[key], ...value }
      continue
    }
    const placed = elementsOf(blocks).find(
      ({ block, element }) => block.block_id === key || element.action_id === key,
    )
    if (!placed) refuse(`The form has no field ${key}.`)
    else
      values[placed.block.block_id] = {
        ...values[placed.block.block_id],
        [placed.element.action_id]: value,
      }
  }
  return values
}

export const surfaceAt = (core: Core, id: string, place: Place): Surface => {
  if (place === 'modal' || place === 'home' || 'view' in place) {
    const top = stackOf(core, id).at(-1)
    const view =
      place === 'modal'
        ? top
        : place === 'home'
          ? core.state.homes[id]
          : findView(core, (row) => row.id === place.view)?.view
    return view ? { kind: 'view', view } : refuse('That form is no longer open.')
  }
  const channel = channelSeen(core, id, place.channel)
  const ephemeral = core.ephemerals.find((row) => row.user === id && row.message.ts === place.ts)
  const message = ephemeral?.message ?? messageSeen(channel, place.ts)
  return { kind: 'message', channel, message, isEphemeral: ephemeral !== undefined }
}
