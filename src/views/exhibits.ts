/** Exhibits on cards: the list, the question to whoever is to take one over, and how it was answered. */
import { sayMomentFull } from '../domain/dates-in-words.ts'
import { exhibitName, sourceLabel } from '../domain/exhibits.ts'
import type { Exhibit, IncidentState } from '../domain/incident.ts'
import type { Block, Card, Line, Span } from './card.ts'
import {
  about,
  act,
  buttons,
  form,
  headingOf,
  lines,
  numberArg,
  type OpenScene,
  person,
  quiet,
  type Scene,
  wordArg,
  zoneOf,
} from './scene.ts'
import { reasonOf, sealedLine } from './sealed.ts'
import type { Text, View } from './view.ts'

const PAGE = 8

/** The page of exhibits from a number on. */
export const exhibitPage = ({ exhibits }: Pick<IncidentState, 'exhibits'>, from = 1): readonly Exhibit[] =>
  exhibits.filter(({ number }) => number >= from).slice(0, PAGE)

export const keptBy = (custodian: string | null, text: Text): Span =>
  custodian ? person(custodian) : (sealedLine(text, 'keeper', 120) ?? 'somebody outside this chat')

/** Sixty-four digits wrap badly on a phone; they are shown whole, because they are compared. */
const proof = ({ sha256, seal }: Exhibit): Line => [
  ...(sha256 ? ['SHA-256 ', { code: sha256 }] : []),
  ...(sha256 && seal ? [' · '] : []),
  ...(seal ? ['Seal ', { code: seal }] : []),
]

function exhibitBlock({ state, text }: OpenScene, exhibit: Exhibit): Block {
  const { number, source, seq, custodian, since, offer } = exhibit
  const words = text(seq)
  const place = sealedLine(words, 'place', 200)
  return lines(
    [
      [
        { bold: exhibitName(number) },
        ` ${sourceLabel(source)} — ${sealedLine(words, 'body', 400) ?? '(the words are no longer kept)'}`,
      ],
      proof(exhibit),
      [
        'Kept by ',
        keptBy(custodian, words),
        ` since ${sayMomentFull(zoneOf(state), since.at)}`,
        ...(place ? [`, in ${place}`] : []),
      ],
      ...(offer ? [['Offered to ', person(offer.to), ', not answered yet.'] satisfies Line] : []),
    ],
    form(state, 'Hand over', `evidence transfer ${exhibitName(number)}`),
  )
}

export function exhibitsCard(scene: OpenScene, from: number | undefined): Card {
  const { state } = scene
  const page = exhibitPage(state, from)
  const last = page.at(-1)
  const next = last && state.exhibits.find(({ number }) => number > last.number)
  return about(state, 'exhibits', [
    { kind: 'title', text: `Exhibits · ${headingOf(state)}` },
    ...(page.length > 0
      ? page.map((exhibit) => exhibitBlock(scene, exhibit))
      : [
          lines([
            'No exhibit was added. What is evidence and lies outside chat goes here: disk images, exports, paper.',
          ]),
        ]),
    ...buttons(
      form(state, 'Add an exhibit', 'evidence add'),
      ...(next ? [act(state, 'More', `evidence list from ${exhibitName(next.number)}`)] : []),
      act(state, 'Custody', 'custody'),
    ),
  ])
}

const exhibitArg = ({
  state,
  args,
}: Pick<Parameters<View['draw']>[0], 'state' | 'args'>): Exhibit | undefined =>
  state.exhibits.find(({ number }) => number === numberArg(args, 'exhibit'))

/** Privately, to whoever is to take it over. */
export function offeredCard(
  scene: OpenScene,
  exhibit: Exhibit | undefined,
  reader: string | undefined,
): Card {
  const { state, text } = scene
  const { offer } = exhibit ?? {}
  if (!exhibit || !offer || (reader !== undefined && offer.to !== reader))
    return about(state, 'the offer of an exhibit is over', [
      lines([
        `The offer of ${exhibit ? exhibitName(exhibit.number) : 'an exhibit'} of ${headingOf(state)} no longer stands. Nothing to do.`,
      ]),
    ])
  const name = exhibitName(exhibit.number)
  const why = reasonOf(text(offer.seq))
  const body = sealedLine(text(exhibit.seq), 'body', 400)
  return about(state, 'an exhibit is offered to you', [
    lines([
      [
        person(offer.by),
        ` asks you to take over ${name} of ${headingOf(state)}: ${sourceLabel(exhibit.source)}.`,
      ],
      ...(body ? [body] : []),
      proof(exhibit),
      ...(why ? [`Why: ${why}`] : []),
    ]),
    quiet('Accept when you have it in hand and its hash or seal is the one above.'),
    ...buttons(
      act(state, 'I have it', `evidence accept ${name}`, { style: 'primary' }),
      act(state, 'Decline', `evidence decline ${name}`),
    ),
  ])
}

export const exhibitOffered: View = {
  texts: (drawing) => {
    const exhibit = exhibitArg(drawing)
    return exhibit?.offer ? [exhibit.seq, exhibit.offer.seq] : []
  },
  draw: (drawing) => offeredCard(drawing, exhibitArg(drawing), wordArg(drawing.args, 'person')),
}

export function answeredCard(
  { state }: Scene,
  number: number,
  to: string | undefined,
  isAccepted: boolean,
): Card {
  const who = to ? person(to) : 'somebody'
  const name = `${exhibitName(number)} of ${headingOf(state)}`
  return about(state, isAccepted ? 'an exhibit changed hands' : 'an exhibit was turned down', [
    lines([isAccepted ? [who, ` took over ${name}.`] : [who, ` turned down ${name}. It stays where it is.`]]),
    ...buttons(act(state, 'Exhibits', 'evidence list')),
  ])
}

export const exhibitAnswered: View = {
  draw: (drawing) =>
    answeredCard(
      drawing,
      numberArg(drawing.args, 'exhibit') ?? 1,
      wordArg(drawing.args, 'to'),
      drawing.args.accepted === true,
    ),
}
