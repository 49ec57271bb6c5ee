/** Privately, to whoever acts next on a notification: there is a draft to approve, or it was approved and can be sent. */
import { clocksOf, lastDayWords } from './clock-words.ts'
import { nextStepButtons } from './notifications.ts'
import { about, act, buttons, byWhom, isDefined, lines, nameOf, upperFirst, wordArg } from './scene.ts'
import type { View } from './view.ts'

export const notificationHanded: View = {
  draw: (drawing) => {
    const { state, args } = drawing
    const clock = clocksOf(drawing).find(({ id }) => id === wordArg(args, 'clock'))
    if (!clock) return about(state, 'a notification', [lines(['It is not owed here any more.'])])
    const isDraft = wordArg(args, 'step') === 'drafted'
    const did = isDraft
      ? ' recorded a draft. You may approve it, content by content.'
      : ' approved the draft. It can be sent.'
    return about(state, `${clock.label}, ${isDraft ? 'a draft to approve' : 'approved'}`, [
      lines(
        [
          [{ bold: `${upperFirst(clock.label)} of ${nameOf(state)}` }],
          [byWhom(wordArg(args, 'by') ?? ''), did],
          clock.lastDay ? `Last day ${lastDayWords(drawing, clock)}.` : undefined,
        ].filter(isDefined),
      ),
      ...buttons(
        ...(isDraft ? [act(state, 'Read the draft', `notify ${clock.short}`)] : []),
        ...nextStepButtons(state, clock).slice(0, 1),
      ),
    ])
  },
}
