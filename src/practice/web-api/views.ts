// views.*
import { checkView, isViewTooLarge } from '../blocks-check.ts'
import { findPerson } from '../core.ts'
import type { Json } from '../page-api.ts'
import { openView, publishHome, pushView, updateView } from '../views.ts'
import { invalidArguments, SlackError } from './args.ts'
import type { Methods } from './method.ts'

const viewArg = (args: Json, expected?: 'modal' | 'home'): Json => {
  const view = args.view as Json
  if (typeof view !== 'object' || view === null)
    throw invalidArguments('[ERROR] must be an object [json-pointer:/view]')
  if (isViewTooLarge(view)) throw new SlackError('view_too_large')
  const messages = checkView(view, expected ?? (view.type === 'home' ? 'home' : 'modal'))
  if (messages.length > 0) throw invalidArguments(...messages)
  return view
}

const answer = (result: { view: Json } | { error: string }): Json => {
  if ('error' in result) throw new SlackError(result.error)
  return { view: result.view }
}

export const viewMethods: Methods = {
  'views.open': {
    required: ['view', 'trigger_id'],
    optional: [],
    run: (core, args) => answer(openView(core, args.trigger_id, viewArg(args, 'modal'))),
  },
  'views.push': {
    required: ['view', 'trigger_id'],
    optional: [],
    run: (core, args) => answer(pushView(core, args.trigger_id, viewArg(args, 'modal'))),
  },
  'views.update': {
    required: ['view'],
    optional: ['view_id', 'external_id', 'hash'],
    run: (core, args) => {
      const { view_id: id, external_id: externalId } = args
      if (!id === !externalId) throw invalidArguments('[ERROR] give one of view_id and external_id')
      const isWanted = (row: Json) => (id ? row.id === id : row.external_id === externalId)
      return answer(updateView(core, isWanted, viewArg(args), args.hash))
    },
  },
  'views.publish': {
    required: ['view', 'user_id'],
    optional: ['hash'],
    run: (core, args) => {
      if (!core.installed.homeTab) throw new SlackError('not_enabled')
      if (!findPerson(core, args.user_id))
        throw invalidArguments('[ERROR] user not found [json-pointer:/user_id]')
      return answer(publishHome(core, args.user_id, viewArg(args, 'home'), args.hash))
    },
  },
}
