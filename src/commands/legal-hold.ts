/** Places or lifts a legal hold: while it stands nothing of the incident is disposed of, whatever its age. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { isNamed } from '../domain/organisation.ts'
import { mayAct } from '../domain/permit.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { permissions } from '../domain/roles.ts'
import type { Field } from '../views/card.ts'
import { button, say } from '../views/say.ts'
import type { Command } from './command.ts'
import { needed, participantsIncident } from './here.ts'
import { splitReason } from './late-entry.ts'
import { ofIncident, reasonField } from './role-words.ts'

const args = z.object({
  do: z.enum(['place', 'lift'], 'Choose: place or lift.'),
  reason: needed('Say why: the record keeps a legal hold with its reason.'),
})
type Args = z.infer<typeof args>

export const legalHold: Command<Args> = {
  verb: 'legal-hold',
  aliases: ['legalhold', 'litigation-hold'],
  summary: 'Place or lift a legal hold; it stops every disposal',
  usage: 'legal-hold place | lift because <why>',
  examples: [
    'legal-hold place because a claim was filed, matter 4411',
    'legal-hold lift because the matter is closed',
  ],
  who: 'Legal counsel or the privacy officer.',
  about: 'incident',
  args,
  parse: (words) => readHold(words, 'legal-hold'),
  form: ({ state }, prefill) =>
    holdForm('While it stands, nothing of this incident is disposed of.', prefill, state?.legalHold),
  decide: ({ do: act, reason }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const refusal = mayAct(state, context.organisation, 'legal-hold', context.actor)
    if (refusal) return refusal
    const { legalHold: hold, incident } = state
    if (act === 'place') {
      if (hold)
        return refuse('held-already', `<@${hold.by}> placed a legal hold already; it stands.`, {
          buttons: [{ label: 'Custody', line: 'custody', ...ofIncident(context) }],
        })
      return {
        events: [event('legal_hold.placed', { over: 'incident' }, { reason })],
        reply: say(
          'Recorded.',
          [
            `A legal hold stands on ${incident}: nothing of it is disposed of until it is lifted.`,
            'Our record keeps itself. Tell whoever runs the chat platform to hold the room too.',
          ],
          [button('Custody', 'custody', ofIncident(context))],
        ),
      }
    }
    if (!hold)
      return refuse('not-held', `No legal hold stands on ${incident}; there is none to lift.`, {
        buttons: [{ label: 'Custody', line: 'custody', ...ofIncident(context) }],
      })
    return {
      events: [event('legal_hold.lifted', { over: 'incident' }, { reason }, hold.seq)],
      reply: say(
        'Recorded.',
        [`The legal hold on ${incident} is lifted. What retention asks for still holds.`],
        [button('Custody', 'custody', ofIncident(context))],
      ),
    }
  },
}

function readHold(words: string, verb: string): Args | Refusal | undefined {
  const { before, because } = splitReason(words)
  const typed = actOf(before, verb)
  if (isRefusal(typed)) return typed
  return typed && because ? { do: typed, reason: because } : undefined
}

function holdForm(
  intro: string,
  prefill: Readonly<Record<string, string>>,
  stands: object | null | undefined,
) {
  const { before, because } = splitReason(prefill.words ?? '')
  const typed = actOf(before, '')
  const what: Field = {
    kind: 'choice',
    name: 'do',
    label: 'What',
    options: [
      { value: 'place', label: 'Place it' },
      { value: 'lift', label: 'Lift it' },
    ],
    initial: typed && !isRefusal(typed) ? typed : stands ? 'lift' : 'place',
  }
  const why = reasonField(because, { label: 'Why', required: true })
  return { title: 'Legal hold', submit: 'Record', intro: [intro], fields: [what, why] }
}

/** Over every incident of both platforms: an entry of the organisation's log, looked at before anything is disposed of. */
export const legalHoldAll: Command<Args> = {
  verb: 'legal-hold-all',
  aliases: ['legalholdall'],
  summary: 'Place or lift a legal hold over every incident',
  usage: 'legal-hold-all place | lift because <why>',
  examples: [
    'legal-hold-all place because the regulator asked for everything since 2024',
    'legal-hold-all lift because the inquiry is closed',
  ],
  who: 'Whom the roster names as legal counsel or privacy officer.',
  about: 'organisation',
  args,
  parse: (words) => readHold(words, 'legal-hold-all'),
  form: ({ organisation }, prefill) =>
    holdForm('While it stands, nothing of any incident is disposed of.', prefill, organisation.legalHold),
  decide: ({ do: act, reason }, { organisation, actor }) => {
    if (!permissions['legal-hold'].roles.some((role) => isNamed(organisation, role, actor)))
      return refuse(
        'not-permitted',
        'Only whom the roster names as legal counsel or privacy officer can do this.',
        { buttons: [{ label: 'Show the roster', line: 'roster' }] },
      )
    const { legalHold: hold } = organisation
    if (act === 'place')
      return hold
        ? refuse('held-already', 'A legal hold stands over every incident already.')
        : {
            events: [event('legal_hold.placed', { over: 'organisation' }, { reason })],
            reply: say('Recorded.', [
              'A legal hold stands over every incident: nothing is disposed of until it is lifted.',
              'Our record keeps itself. Tell whoever runs the chat platforms to hold their rooms too.',
            ]),
          }
    if (!hold) return refuse('not-held', 'No legal hold stands over every incident; there is none to lift.')
    return {
      events: [event('legal_hold.lifted', { over: 'organisation' }, { reason }, hold.seq)],
      reply: say('Recorded.', [
        'The legal hold over every incident is lifted. Holds of single incidents, and what retention asks for, still stand.',
      ]),
    }
  },
}

function actOf(typed: string, verb: string): Args['do'] | Refusal | undefined {
  const word = typed.trim().toLowerCase()
  if (word === '') return undefined
  if (/^(?:place|put|set|on)$/.test(word)) return 'place'
  if (/^(?:lift|release|remove|off)$/.test(word)) return 'lift'
  return refuse('legal-hold-what', 'A legal hold is placed or lifted: legal-hold place because …', {
    buttons: [{ label: 'Place it', line: `${verb} place`, form: true }],
  })
}
