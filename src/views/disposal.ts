/** Privately, to whoever may approve a disposal and to whoever asked: what would go, why, and who approved. */
import { calendarDateOf } from '../domain/calendar.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import { isApproved } from '../domain/disposal.ts'
import { RETENTION_LAW } from '../domain/retention.ts'
import type { Card, Line, Span } from './card.ts'
import { disposalWords } from './disposal-words.ts'
import {
  about,
  act,
  buttons,
  headingOf,
  lines,
  momentOf,
  nameOf,
  numberArg,
  type OpenScene,
  person,
  quiet,
  upperFirst,
  wordArg,
} from './scene.ts'
import { reasonOf } from './sealed.ts'
import type { View } from './view.ts'

export function disposalCard(
  scene: OpenScene,
  request: number,
  who: { readonly reader: string | undefined; readonly endedBy: string | undefined },
): Card {
  const { state, text } = scene
  const asked = state.disposals.find(({ seq }) => seq === request)
  const custody = act(state, 'Custody', 'custody')
  if (!asked)
    return about(state, 'a request for a disposal is over', [
      lines([
        who.endedBy
          ? [
              person(who.endedBy),
              ` turned down the disposal asked for in entry ${request} of ${headingOf(state)}. Nothing is gone.`,
            ]
          : `The disposal asked for in entry ${request} of ${headingOf(state)} is no longer open.`,
      ]),
      ...buttons(custody),
    ])
  const what = disposalWords(asked.of)
  const why = reasonOf(text(request))
  const head: Line = [
    person(asked.by),
    ` asked to dispose of ${what} of ${headingOf(state)}, ${momentOf(state, asked.at)}.`,
  ]
  const reason: Line[] = why ? [`Why: ${why}`] : []
  if (isApproved(asked))
    return about(state, 'a disposal is approved', [
      lines([
        head,
        ...reason,
        [
          'Approved by ',
          ...approvers(asked.approvedBy),
          ...(asked.isSigned ? [' and by signature'] : []),
          '.',
        ],
        ['Whoever runs the server carries it out: ', { code: `wardroom dispose ${state.incident}` }],
      ]),
      ...buttons(custody),
    ])
  const mine = who.reader !== undefined && asked.approvedBy.includes(who.reader)
  return about(state, 'a disposal waits for approval', [
    lines([
      head,
      ...reason,
      `${upperFirst(what)} would be gone for good; dates, people and the chain stay.`,
      ...(mine ? ['You approved it. It takes one more person.'] : []),
    ]),
    ...(asked.keptUntilOn
      ? [quiet(`Kept through ${sayDay(calendarDateOf(asked.keptUntilOn))} · ${RETENTION_LAW}`)]
      : []),
    ...buttons(
      ...(mine
        ? []
        : [
            act(state, 'Approve', `dispose approve ${request}`, {
              style: 'danger',
              confirm: `Approve to dispose of ${what} of ${nameOf(state)}? It cannot be undone once carried out.`,
            }),
          ]),
      act(state, mine ? 'Take it back' : 'Turn it down', `dispose withdraw ${request}`),
      custody,
    ),
  ])
}

const approvers = (people: readonly string[]): Span[] =>
  people.flatMap((id, at) => [...(at > 0 ? [at === people.length - 1 ? ' and ' : ', '] : []), person(id)])

export const disposalAsked: View = {
  texts: ({ args }) => {
    const request = numberArg(args, 'request')
    return request === undefined ? [] : [request]
  },
  draw: (drawing) =>
    disposalCard(drawing, numberArg(drawing.args, 'request') ?? 0, {
      reader: wordArg(drawing.args, 'person'),
      endedBy: wordArg(drawing.args, 'endedBy'),
    }),
}
