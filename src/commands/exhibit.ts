/** Exhibits: adding what lies outside chat, and handing it on, which counts when the receiver accepts. */
import { event } from '../domain/events.ts'
import { exhibitName, exhibitSources, sealFrom, sha256From, sourceLabel } from '../domain/exhibits.ts'
import type { Exhibit, IncidentState } from '../domain/incident.ts'
import { isExcluded, mayAct } from '../domain/permit.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { button, say } from '../views/say.ts'
import type { Context, Decision } from './command.ts'
import { lateEntry } from './late-entry.ts'
import { recorded } from './recorded.ts'
import { ofIncident } from './role-words.ts'

export interface ExhibitArgs {
  readonly source?: string | undefined
  readonly body?: string | undefined
  readonly sha256?: string | undefined
  readonly seal?: string | undefined
  readonly place?: string | undefined
  readonly custodian?: string | undefined
  readonly keeper?: string | undefined
  readonly at?: string | undefined
  readonly by?: string | undefined
  readonly byPerson?: string | undefined
}

export function addExhibit(state: IncidentState, given: ExhibitArgs, context: Context): Decision | Refusal {
  const source = exhibitSources.find(({ id }) => id === given.source)?.id
  if (!source) return refuse('exhibit-source', 'Choose what kind of thing it is.', { field: 'source' })
  if (!given.body) return refuse('exhibit-what', 'Say what it is and where it comes from.', { field: 'body' })
  if (!given.place) return refuse('exhibit-place', 'Say where it is kept.', { field: 'place' })
  const sha256 = given.sha256 ? sha256From(given.sha256) : null
  if (sha256 === undefined)
    return refuse('exhibit-sha256', 'A SHA-256 has sixty-four digits 0–9 and a–f, as sha256sum prints it.', {
      field: 'sha256',
    })
  const seal = given.seal ? sealFrom(given.seal) : null
  if (seal === undefined)
    return refuse(
      'exhibit-seal',
      'A seal number has letters, digits, dots, dashes and slashes, at most forty. What it belongs to goes into the description.',
      {
        field: 'seal',
      },
    )
  if (sha256 === null && seal === null)
    return refuse('exhibit-proof', 'Give its SHA-256 or the number of its seal: by that it is known again.', {
      field: 'sha256',
    })
  const late = lateEntry(given, context)
  if (isRefusal(late)) return late
  const custodian = given.keeper ? null : (given.custodian ?? context.actor)
  if (custodian !== null && isExcluded(state, custodian)) return cannotKeep('custodian')
  const number = Math.max(0, ...state.exhibits.map((exhibit) => exhibit.number)) + 1
  const text = {
    body: given.body,
    place: given.place,
    ...(given.keeper ? { keeper: given.keeper } : {}),
    ...late.text,
  }
  return {
    events: [
      event('evidence.added', { exhibit: number, source, sha256, seal, custodian, ...late.data }, text),
    ],
    reply: recorded(
      `${exhibitName(number)} added, ${sourceLabel(source)}`,
      late,
      context,
      [
        custodian
          ? ['Kept by ', { person: custodian }, '.']
          : 'Kept by somebody outside this chat, as you named them.',
      ],
      [{ label: 'Exhibits', line: 'evidence list', ...ofIncident(context) }],
    ),
  }
}

/** Says no more of somebody kept out than of anybody else. */
const cannotKeep = (field: string): Refusal =>
  refuse('cannot-keep', 'They cannot take an exhibit of this incident. Name somebody else.', { field })

function exhibitOf(state: IncidentState, number: number | undefined, context: Context): Exhibit | Refusal {
  const found = state.exhibits.find((exhibit) => exhibit.number === number)
  if (found) return found
  const known = state.exhibits.length > 0 ? 'See which there are.' : 'None was added yet.'
  return refuse(
    'no-exhibit',
    `There is no exhibit ${number === undefined ? 'of that name' : exhibitName(number)}. ${known}`,
    {
      field: 'exhibit',
      buttons: [{ label: 'Exhibits', line: 'evidence list', ...ofIncident(context) }],
    },
  )
}

export function offerExhibit(
  state: IncidentState,
  {
    exhibit: number,
    person,
    reason,
  }: { exhibit?: number | undefined; person?: string | undefined; reason?: string | undefined },
  context: Context,
): Decision | Refusal {
  const exhibit = exhibitOf(state, number, context)
  if ('refusal' in exhibit) return exhibit
  if (!person) return refuse('exhibit-who', 'Say who takes it over.', { field: 'person' })
  const name = exhibitName(exhibit.number)
  if (
    exhibit.custodian !== context.actor &&
    mayAct(state, context.organisation, 'evidence.transfer', context.actor)
  )
    return refuse(
      'not-custodian',
      `${exhibit.custodian ? `<@${exhibit.custodian}> keeps` : 'Somebody outside this chat keeps'} ${name}. Only they, counsel, the privacy officer or the security officer can hand it over.`,
    )
  if (person === exhibit.custodian)
    return refuse('exhibit-theirs', `<@${person}> keeps ${name} already.`, { field: 'person' })
  if (isExcluded(state, person)) return cannotKeep('person')
  if (exhibit.offer?.to === person)
    return refuse(
      'offered-already',
      `${name} is offered to <@${person}> already; they have not answered yet.`,
      {
        field: 'person',
        buttons: [{ label: 'Take the offer back', line: `evidence decline ${name}`, ...ofIncident(context) }],
      },
    )
  const offered = { exhibit: exhibit.number, from: exhibit.custodian, to: person }
  return {
    events: [event('evidence.offered', offered, reason ? { reason } : undefined, exhibit.seq)],
    reply: say(
      'Recorded.',
      [[{ person }, ` is asked to take over ${name}. It counts once they accept.`]],
      [button('Take the offer back', `evidence decline ${name}`, ofIncident(context))],
    ),
  }
}

/** The offer one person means: the exhibit's, or the only one there is for them. */
export function acceptExhibit(
  state: IncidentState,
  number: number | undefined,
  context: Context,
): Decision | Refusal {
  const mine = state.exhibits.filter(({ offer }) => offer?.to === context.actor)
  const exhibit = mine.find((each) => number === undefined || each.number === number)
  if (!exhibit?.offer)
    return refuse('no-offer', 'No exhibit is offered to you now.', {
      buttons: [{ label: 'Exhibits', line: 'evidence list', ...ofIncident(context) }],
    })
  if (number === undefined && mine.length > 1)
    return refuse('which-offer', `Which one: ${mine.map((each) => exhibitName(each.number)).join(' or ')}?`, {
      buttons: mine.slice(0, 4).map((each) => ({
        label: exhibitName(each.number),
        line: `evidence accept ${exhibitName(each.number)}`,
        ...ofIncident(context),
      })),
    })
  const { offer } = exhibit
  return {
    events: [
      event(
        'evidence.transferred',
        { exhibit: exhibit.number, from: offer.from, to: offer.to },
        undefined,
        offer.seq,
      ),
    ],
    reply: say(
      'Recorded.',
      [
        `You keep ${exhibitName(exhibit.number)} now. Check it against its hash or seal before you sign anything for it.`,
      ],
      [button('Exhibits', 'evidence list', ofIncident(context))],
    ),
  }
}

export function declineExhibit(
  state: IncidentState,
  number: number | undefined,
  context: Context,
): Decision | Refusal {
  const exhibit = exhibitOf(state, number, context)
  if ('refusal' in exhibit) return exhibit
  const { offer } = exhibit
  const name = exhibitName(exhibit.number)
  const { actor } = context
  const isParty = offer && (offer.to === actor || offer.by === actor || exhibit.custodian === actor)
  if (!offer || (!isParty && mayAct(state, context.organisation, 'evidence.transfer', actor)))
    return refuse('no-offer', `No offer of ${name} stands that is yours to end.`)
  return {
    events: [
      event(
        'evidence.declined',
        { exhibit: exhibit.number, from: offer.from, to: offer.to },
        undefined,
        offer.seq,
      ),
    ],
    reply: say('Recorded.', [
      offer.to === actor
        ? [`You turned down ${name}. It stays where it is.`]
        : [`The offer of ${name} to `, { person: offer.to }, ' is taken back.'],
    ]),
  }
}
