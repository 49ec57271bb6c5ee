/** Privately, to whoever gave a file as proof that could not be kept: why, that nothing else is lost, and what to do now. */
import { incidentClocks } from '../domain/incident-clocks.ts'
import { stageOf } from '../domain/notifications.ts'
import { about, act, buttons, form, lines, nameOf, quiet, wordArg } from './scene.ts'
import type { View } from './view.ts'

/** Codes of the adapters and of the capture, in words. */
const reasons: Readonly<Record<string, string>> = {
  'too-large': 'it is larger than this record keeps',
  empty: 'it is empty',
  file_not_found: 'it is no longer there',
  file_deleted: 'it was deleted',
  login_page: 'the chat did not let Wardroom have it',
  unsupported: 'the chat does not let Wardroom have files',
  foreign_host: 'it lies outside the chat',
  file_size_differs: 'it is not the size it was said to be',
}

export const whyLost = (code: string): string => reasons[code] ?? `the chat did not hand it over (${code})`

export const proofLost: View = {
  draw: ({ state, args, now }) => {
    const clock = incidentClocks(state, now).find(({ id }) => id === wordArg(args, 'clock'))
    const isProved = clock && stageOf(state, clock.id) === 'proof attached'
    return about(state, 'a file could not be kept', [
      lines([
        [
          { bold: '▲ ' },
          `A file you gave as proof of ${clock?.label ?? 'a notification'} could not be kept: ${whyLost(wordArg(args, 'why') ?? '')}. What you typed is recorded${isProved ? ', and the rest of the proof stands' : '; the proof is still to attach'}.`,
        ],
      ]),
      quiet(nameOf(state)),
      ...buttons(
        ...(clock ? [form(state, 'Attach the proof', `notify ${clock.short} proof`)] : []),
        act(state, 'Notifications', 'notify'),
      ),
    ])
  },
}
