/** To whoever leads: a message reached nobody, why, and the number to call instead. */
import type { Organisation, RosterLine } from '../domain/organisation.ts'
import { platformName } from '../domain/platforms.ts'
import type { Card, Line } from './card.ts'
import { about, act, buttons, form, headingOf, lines, person, quiet, type Scene, wordArg } from './scene.ts'
import { phoneOf } from './sealed.ts'
import type { Text, View } from './view.ts'

/** Codes of the adapters, in words. */
const reasons: Readonly<Record<string, string>> = {
  blocked: 'they blocked the app',
  app_not_installed: 'the app is not installed for them',
  deactivated: 'they have no account here any more',
  user_not_found: 'they have no account here',
}

/** A code that no words are known for says so by itself: it is the platform's own. */
export const whyUnreached = (code: string): string =>
  reasons[code] ?? `refused (${code.replaceAll('_', ' ')})`

const lineOf = ({ roster }: Organisation, who: string): RosterLine | undefined =>
  Object.values(roster).find(({ holder, deputy }) => holder === who || deputy === who)

export function unreachedCard(scene: Scene, who: string, code: string, phones: Text): Card {
  const { state, organisation } = scene
  const line = lineOf(organisation, who)
  // Where the attacker reads along, no number is shown.
  const isRead = state.facts['chat-compromised']?.value.compromised
  const phone = line && !isRead && phoneOf(phones, line.holder === who ? 'holder' : 'deputy')
  const call: Line = ['Call ', person(who), phone ? `: ${phone}` : '.']
  const why = reasons[code] ?? `${platformName(state.platform)} refused it (${code})`
  return about(state, 'somebody cannot be reached', [
    lines([
      ['▲ ', person(who), ` cannot be reached by Wardroom: ${why}.`],
      'What was for them was not delivered. Its last day has not moved.',
      call,
    ]),
    quiet(headingOf(state)),
    ...buttons(form(state, 'Assign a role', 'assign'), act(state, 'Who holds what', 'roles')),
  ])
}

export const unreached: View = {
  organisationTexts: ({ organisation, args }) => {
    const line = lineOf(organisation, wordArg(args, 'who') ?? '')
    return line ? [line.seq] : []
  },
  draw: (drawing) => {
    const who = wordArg(drawing.args, 'who') ?? ''
    const line = lineOf(drawing.organisation, who)
    const phones = line ? drawing.organisationText(line.seq) : {}
    return unreachedCard(drawing, who, wordArg(drawing.args, 'code') ?? '', phones)
  },
}
