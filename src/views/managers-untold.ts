/** Privately, to whoever can mend it: the managers' channel could not be told, why, and what to do. */
import { platformName } from '../domain/platforms.ts'
import type { Card } from './card.ts'
import { button, say } from './say.ts'
import { buttons, lines, quiet } from './scene.ts'

const OUTSIDE = 'Wardroom is not in it'

/** Codes of the adapters, in words, and what mends them. */
const known: Readonly<Record<string, { readonly why: string; readonly mend?: string }>> = {
  not_in_channel: { why: OUTSIDE },
  channel_not_found: { why: 'there is no such channel, or Wardroom is not in it' },
  app_not_installed: { why: OUTSIDE, mend: 'Add the app to its team.' },
  no_permission: { why: OUTSIDE, mend: 'Add the app to its team.' },
  is_archived: { why: 'it is archived', mend: 'Restore it, or have another channel named.' },
  missing_scope: {
    why: 'the answer to its post was lost, and Wardroom may not read there whether it stands',
    mend: 'Look there for it. A private channel that Wardroom is in can be read back.',
  },
  day_over: {
    why: 'it could not be reached all day',
    mend: 'Try the next morning; wardroom doctor says more.',
  },
  phi_outside: {
    why: 'what it was to say looked like somebody’s health information',
    mend: 'Look at the clocks yourself, and tell whoever runs Wardroom.',
  },
}

const setting: Readonly<Record<string, string>> = {
  slack: 'MANAGERS_CHANNEL',
  teams: 'TEAMS_MANAGERS_CHANNEL',
}

export const untoldWhy = (platform: string, code: string): string =>
  known[code]?.why ?? `${platformName(platform)} refused it (${code})`

export function managersUntoldCard(platform: string, code: string, word: string): Card {
  const summary = 'The managers’ channel was not told'
  const mend = known[code]?.mend ?? 'Invite Wardroom to it, or have another channel named.'
  return {
    ...say(summary, []),
    blocks: [
      lines([
        ['▲ ', { bold: summary }, `: ${untoldWhy(platform, code)}.`],
        mend,
        'Mended today, the digest comes by itself. Until then managers hear only of what is said to each of them.',
      ]),
      quiet(
        `The channel is the setting ${setting[platform] ?? 'MANAGERS_CHANNEL'}. The same without it: ${word} late.`,
      ),
      ...buttons(button('Is anything late?', 'late')),
    ],
  }
}
