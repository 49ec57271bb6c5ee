/** In the room, and to whoever owns it: a notice without a last day is owed from now on, which no move of a day tells. */
import { findRegulation } from '../domain/regulations.ts'
import { clocksOf, owedWords, ownerSpan } from './clock-words.ts'
import { about, act, buttons, byWhom, form, lines, nameOf, upperFirst, wordArg } from './scene.ts'
import type { View } from './view.ts'

export const owedNow: View = {
  draw: (drawing) => {
    const { state, args } = drawing
    const clock = clocksOf(drawing).find(({ id }) => id === wordArg(args, 'clock'))
    if (clock?.status !== 'running')
      return about(state, 'a notice', [lines(['It is not owed here any more.'])])
    const { atOnce } = clock
    const isAhead = atOnce !== null && drawing.now.getTime() < Date.parse(atOnce.from)
    return about(state, `${clock.label} is owed${isAhead ? '' : ' now'}`, [
      lines([
        [
          '▲ ',
          { bold: upperFirst(clock.label) },
          ` of ${nameOf(state)} is owed${isAhead ? '' : ' now'}: ${owedWords(drawing, clock)}.`,
        ],
        [
          'Owner ',
          ownerSpan(drawing, clock.id),
          '. ',
          byWhom(wordArg(args, 'by') ?? ''),
          ' recorded ',
          findRegulation(clock.id)?.trigger ?? 'why',
          '.',
        ],
      ]),
      ...buttons(form(state, 'Mark sent…', `notify ${clock.short} sent`), act(state, 'Clocks', 'clocks')),
    ])
  },
}
