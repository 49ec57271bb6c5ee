// Triggers, modal stacks and home views. A trigger is good once and for three seconds; a stack holds three views.
import { type Core, forgetOldest, secret } from './core.ts'
import type { Json } from './page-api.ts'
import { appId, botId, teamId } from './state.ts'
import type { Trigger } from './view-stacks.ts'

export const issueTrigger = (core: Core, user: string, viewId: string | null): string => {
  const id = `${Math.floor(core.wall())}.0.${secret()}`
  core.views.triggers.set(id, { user, issuedAt: core.wall(), isUsed: false, viewId })
  forgetOldest(core.views.triggers)
  return id
}

/** Uses a trigger up, or says with Slack's code why not. */
const exchange = (core: Core, id: unknown): Trigger | { error: string } => {
  const trigger = core.views.triggers.get(String(id))
  if (!trigger) return { error: 'invalid_trigger_id' }
  if (trigger.isUsed) return { error: 'exchanged_trigger_id' }
  if (core.wall() - trigger.issuedAt > core.triggerMs) return { error: 'expired_trigger_id' }
  trigger.isUsed = true
  return trigger
}

const newHash = (core: Core): string => `${Math.floor(core.wall() / 1000)}.${secret(4)}`

/** Slack fills in the ids that the app left out. */
export const withIds = (blocks: readonly Json[]): Json[] =>
  blocks.map((block) => {
    const copy: Json = { ...block, block_id: block.block_id ?? secret(3) }
    const named = (element: Json): Json =>
      element && typeof element === 'object' && isInteractive(element)
        ? { ...element, action_id: element.action_id ?? secret(3) }
        : element
    if (Array.isArray(copy.elements) && copy.type === 'actions') copy.elements = copy.elements.map(named)
    if (copy.element) copy.element = named(copy.element)
    if (copy.accessory) copy.accessory = named(copy.accessory)
    return copy
  })

const isInteractive = (element: Json): boolean => element.type !== 'image'

const build = (core: Core, source: Json, id: string, parent: Json | null): Json => {
  const type = source.type
  const view: Json = {
    id,
    team_id: teamId,
    type,
    callback_id: source.callback_id ?? '',
    private_metadata: source.private_metadata ?? '',
    external_id: source.external_id ?? '',
    blocks: withIds(source.blocks ?? []),
    state: { values: {} },
    hash: newHash(core),
    app_id: appId,
    bot_id: botId,
    app_installed_team_id: teamId,
    root_view_id: parent ? parent.root_view_id : id,
    previous_view_id: parent ? parent.id : null,
    clear_on_close: source.clear_on_close ?? false,
    notify_on_close: source.notify_on_close ?? false,
  }
  if (type === 'modal') {
    const { title, submit = null, close = null, submit_disabled = false } = source
    Object.assign(view, { title, submit, close, submit_disabled })
  }
  return view
}

const newViewId = () => `V0${secret(4).toUpperCase()}`

export const stackOf = (core: Core, user: string): Json[] => core.views.stacks.get(user) ?? []

const setStack = (core: Core, user: string, stack: Json[]): void => {
  core.views.stacks.set(user, stack)
  core.changed({ kind: 'modals', user, errors: null })
}

const isExternalIdTaken = (core: Core, source: Json, except?: Json): boolean => {
  const externalId = source.external_id
  if (!externalId) return false
  const all = [...[...core.views.stacks.values()].flat(), ...Object.values(core.state.homes)]
  return all.some((view) => view !== except && view.external_id === externalId)
}

type ViewAnswer = { view: Json } | { error: string }

export const openView = (core: Core, triggerId: unknown, source: Json): ViewAnswer => {
  if (isExternalIdTaken(core, source)) return { error: 'duplicate_external_id' }
  const trigger = exchange(core, triggerId)
  if ('error' in trigger) return trigger
  // from inside a modal, opening puts the new view on top of it
  const below = trigger.viewId ? stackOf(core, trigger.user) : []
  return pushOnto(core, trigger.user, below, source)
}

export const pushView = (core: Core, triggerId: unknown, source: Json): ViewAnswer => {
  if (isExternalIdTaken(core, source)) return { error: 'duplicate_external_id' }
  const trigger = exchange(core, triggerId)
  if ('error' in trigger) return trigger
  const below = stackOf(core, trigger.user)
  if (below.length === 0) return { error: 'not_found' }
  return pushOnto(core, trigger.user, below, source)
}

export const pushOnto = (core: Core, user: string, below: Json[], source: Json): ViewAnswer => {
  if (below.length >= 3) return { error: 'push_limit_reached' }
  const view = build(core, source, newViewId(), below.at(-1) ?? null)
  setStack(core, user, [...below, view])
  return { view }
}

export const findView = (core: Core, match: (view: Json) => boolean): { view: Json; user: string } | null => {
  for (const [user, stack] of core.views.stacks) {
    const view = stack.find(match)
    if (view) return { view, user }
  }
  for (const [user, view] of Object.entries(core.state.homes)) if (match(view)) return { view, user }
  return null
}

export const updateView = (
  core: Core,
  match: (view: Json) => boolean,
  source: Json,
  hash: unknown,
): ViewAnswer => {
  const found = findView(core, match)
  if (!found) return { error: 'not_found' }
  if (hash && hash !== found.view.hash) return { error: 'hash_conflict' }
  if (isExternalIdTaken(core, source, found.view)) return { error: 'duplicate_external_id' }
  const view = build(core, source, found.view.id, null)
  view.root_view_id = found.view.root_view_id
  view.previous_view_id = found.view.previous_view_id
  view.state = found.view.state
  if (core.state.homes[found.user] === found.view) {
    core.state.homes[found.user] = view
    core.changed({ kind: 'home', user: found.user })
  } else {
    setStack(
      core,
      found.user,
      stackOf(core, found.user).map((row) => (row === found.view ? view : row)),
    )
  }
  return { view }
}

export const publishHome = (core: Core, user: string, source: Json, hash: unknown): ViewAnswer => {
  const known = core.state.homes[user]
  if (hash && known && hash !== known.hash) return { error: 'hash_conflict' }
  const view = build(core, source, known?.id ?? newViewId(), null)
  core.state.homes[user] = view
  core.changed({ kind: 'home', user })
  return { view }
}

/** Takes the top view off, with those below that asked to be cleared; answers what went. */
export const popView = (core: Core, user: string, all: boolean): Json[] => {
  const stack = stackOf(core, user)
  const top = stack.at(-1)
  if (!top) return []
  const clears = all || top.clear_on_close === true
  const gone = clears ? [...stack].reverse() : [top]
  setStack(core, user, clears ? [] : stack.slice(0, -1))
  return gone
}
