/** The same card says the same on both platforms: what Block Kit and Adaptive Cards show, as a person reads it. */
import { expect, test } from 'vitest'
import { cardMessage } from '../../src/chat/slack/blocks.ts'
import { adaptivePages } from '../../src/chat/teams/cards/adaptive.ts'
import { asRead as blocksAsRead } from '../../src/demo/slack-world/as-read.ts'
import { event } from '../../src/domain/events.ts'
import type { Card } from '../../src/views/card.ts'
import { views } from '../../src/views/index.ts'
import { asRead as adaptiveAsRead } from '../support/teams/as-read.ts'
import {
  assigned,
  begin,
  decided,
  discovered,
  fridayNight,
  nameOf,
  note,
  type Story,
  secured,
} from './story.ts'

const typed = 'wipe *it* _now_ ~soon~ `rm -rf` [x](https://x.example) <b>&amp; **all** {{DATE(2026)}}'
const at = '2026-11-21T04:30:00Z'

const stories: readonly (readonly [string, () => Story])[] = [
  ['an incident just declared', () => begin()],
  ['a drill', () => begin({ drill: true })],
  [
    'words that would be markup, beside a person and alone',
    () => {
      const story = begin()
      story.act(at, 'DANA', assigned('commander', 'DANA', null, 'assigned'), decided(1, typed, typed))
      story.act(at, 'LEE', discovered('2026-11-18', true, fridayNight, typed))
      return story
    },
  ],
  [
    'clocks that ended, which are struck through',
    () => {
      const story = begin()
      story.act(
        at,
        'LEE',
        secured(typed),
        event('incident.closed', { outcome: 'low-probability', duplicateOf: null }, { reason: typed }),
      )
      return story
    },
  ],
]

/** People as Teams knows them, so that they are mentioned. */
const idOf = (person: string) =>
  `00000000-0000-4000-8000-${Buffer.from(person).toString('hex').padStart(12, '0')}`
const personOf = (id: string) => Buffer.from(id.slice(24).replace(/^(?:00)+/, ''), 'hex').toString()
const onTeams = (card: Card): Card =>
  JSON.parse(JSON.stringify(card).replace(/"person":"(\w+)"/g, (_, id: string) => `"person":"${idOf(id)}"`))

const room = (id: string) => ({ name: `#${id}`, url: 'https://teams.example/room' })
const drawing = { name: (id: string) => nameOf(personOf(id)), room }
const flat = (text: string) => text.replace(/\s+/g, ' ').trim()

test.each(stories.flatMap(([name, make]) => Object.keys(views).map((view) => [view, name, make] as const)))(
  '%s of %s',
  (view, _, make) => {
    const story = make()
    const card = story.card(view, {
      person: 'LEE',
      role: 'privacy-officer',
      by: 'SAM',
      who: 'MAX',
      note,
      seq: story.state.decisions[0]?.seq ?? 1,
      room: 'C1',
    })
    const pages = adaptivePages(onTeams(card), drawing).map(adaptiveAsRead)
    expect(flat(pages.join(' '))).toBe(flat(blocksAsRead(cardMessage(card).blocks, nameOf)))
  },
)
