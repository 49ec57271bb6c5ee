/** Takes a role that was offered: only now does it move. The offer's reason stays with the role's history. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { exhibitNumber } from '../domain/exhibits.ts'
import { isRefusal } from '../domain/refusal.ts'
import { roleLabel, roleRow } from '../domain/roles.ts'
import { button, say } from '../views/say.ts'
import type { Command } from './command.ts'
import { acceptExhibit } from './exhibit.ts'
import { mayHold } from './may-hold.ts'
import { offereesIncident, offerFor, readOfferWords } from './offers.ts'
import { ofIncident, roleIds } from './role-words.ts'

const args = z.object({
  role: z.enum(roleIds, 'Choose a role.').optional(),
  exhibit: z.number().int().positive().optional(),
})
type Args = z.infer<typeof args>

export const accept: Command<Args> = {
  verb: 'accept',
  aliases: [],
  summary: 'Accept a role or an exhibit somebody handed to you',
  usage: 'accept [<role> | E1]',
  examples: ['accept commander', 'accept', 'accept E1'],
  who: 'The person the role or exhibit was offered to.',
  about: 'incident',
  args,
  parse: (words, context) => {
    const exhibit = /^e\d+$/i.test(words.trim()) ? exhibitNumber(words) : undefined
    return exhibit === undefined ? readOfferWords('accept', words, context) : { exhibit }
  },
  texts: ({ state, actor }) => state?.offers.filter(({ to }) => to === actor).map(({ seq }) => seq) ?? [],
  decide: ({ role: wanted, exhibit }, context) => {
    const state = offereesIncident(context)
    if (isRefusal(state)) return state
    const isRole = wanted !== undefined || state.offers.some(({ to }) => to === context.actor)
    const isExhibit = state.exhibits.some(({ offer }) => offer?.to === context.actor)
    if (exhibit !== undefined || (!isRole && isExhibit)) return acceptExhibit(state, exhibit, context)
    const offer = offerFor(state, wanted, context, ({ to }) => to === context.actor)
    if (isRefusal(offer)) return offer
    const { role, from } = offer
    const barred = mayHold(state, context, role, context.actor)
    if (barred) return barred
    const { reason } = context.text(offer.seq)
    return {
      events: [
        event(
          'role.assigned',
          { role, person: context.actor, previous: from, how: 'handoff' },
          reason ? { reason } : undefined,
          offer.seq,
        ),
      ],
      reply: say(
        'Recorded.',
        [[`You now hold ${roleLabel(role)}, from `, { person: from }, '.'], roleRow(role).brief],
        [
          button('Checklist', 'check', ofIncident(context)),
          button('Show the roles', 'roles', ofIncident(context)),
        ],
      ),
    }
  },
}
