/** Turns down a role that was offered; the one who offered it may take the offer back the same way. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { exhibitNumber } from '../domain/exhibits.ts'
import { isRefusal } from '../domain/refusal.ts'
import { roleLabel } from '../domain/roles.ts'
import { say } from '../views/say.ts'
import type { Command } from './command.ts'
import { declineExhibit } from './exhibit.ts'
import { maybe } from './here.ts'
import { splitReason } from './late-entry.ts'
import { offereesIncident, offerFor, readOfferWords } from './offers.ts'
import { roleIds } from './role-words.ts'

const args = z.object({
  role: z.enum(roleIds, 'Choose a role.').optional(),
  exhibit: z.number().int().positive().optional(),
  reason: maybe,
})
type Args = z.infer<typeof args>

export const decline: Command<Args> = {
  verb: 'decline',
  aliases: ['refuse'],
  summary: 'Turn down a role offered to you, or take your offer back',
  usage: 'decline [<role> | E1] [because <why>]',
  examples: ['decline commander because I am off duty', 'decline'],
  who: 'The person the role was offered to, or the one who offered it.',
  about: 'incident',
  args,
  parse: (words, context) => {
    if (/^e\d+$/i.test(words.trim())) return { exhibit: exhibitNumber(words) }
    const { before, because } = splitReason(words)
    const read = readOfferWords('decline', before, context)
    return isRefusal(read) ? read : { ...read, ...(because ? { reason: because } : {}) }
  },
  decide: ({ role: wanted, exhibit, reason }, context) => {
    const state = offereesIncident(context)
    if (isRefusal(state)) return state
    if (exhibit !== undefined) return declineExhibit(state, exhibit, context)
    const { actor } = context
    const offer = offerFor(state, wanted, context, ({ from, to }) => to === actor || from === actor)
    if (isRefusal(offer)) return offer
    const { role, from, to } = offer
    return {
      events: [event('role.declined', { role, person: actor }, reason ? { reason } : undefined, offer.seq)],
      reply: say('Recorded.', [
        actor === from
          ? [`Your offer of ${roleLabel(role)} to `, { person: to }, ' is taken back. You still hold it.']
          : [`You turned down ${roleLabel(role)}. `, { person: from }, ' still holds it.'],
      ]),
    }
  },
}
