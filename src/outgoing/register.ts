/** What the organisation's log makes somebody hear: the register they asked for, and what went wrong with it. */
import type { Event } from '../domain/events.ts'
import { ORGANISATION } from '../domain/record.ts'
import type { Outgoing } from '../store/unit.ts'
import { KEPT_MS } from './exports.ts'
import { homes } from './homes.ts'

/** Whose chat it is about, and where. */
export interface Whose {
  readonly platform: string
  readonly workspace: string
  readonly person: string
}

const row = (verb: string, lane: string, args: Outgoing['args']): Outgoing => ({
  ...{ incident: ORGANISATION, lane, verb, view: 'register', args },
})

export const organisationOutgoing = (
  events: readonly Event[],
  { platform, workspace, person }: Whose,
): Outgoing[] =>
  events.flatMap((each) => {
    const whose = { platform, workspace, person }
    if (each.kind === 'roster.named') return [homes({ incident: ORGANISATION, platform })]
    if (each.kind === 'register.requested') return [row('register', `register:${platform}`, whose)]
    if (each.kind !== 'register.failed') return []
    return [
      row('register-told', `person:${person}`, { ...whose, code: each.data.code, step: each.data.step }),
    ]
  })

export const takeRegisterBack = (
  whose: Whose,
  sent: { readonly room: string; readonly message: string; readonly at: string },
): Outgoing => ({
  ...row('register-remove', `register-back:${sent.message}`, { ...whose, ...sent }),
  afterMs: KEPT_MS,
})
