/** What of the rooms was seen, as a function of the state, and in words: complete, recovered or gaps. */
import { describe, expect, test } from 'vitest'
import { coverageOf } from '../../src/domain/coverage.ts'
import { type EventOf, event } from '../../src/domain/events.ts'
import { cardText } from '../../src/views/card.ts'
import { briefCard, statusReply } from '../../src/views/index.ts'
import { begin, fridayNight, organisation, type Story } from './story.ts'

type Told = EventOf<'coverage.gap'>['data']

const at = (minutes: number) => new Date(Date.parse(fridayNight) + minutes * 60_000).toISOString()
const open: Told = { from: at(1), to: null, why: 'archived', room: 'C1', lost: ['all'] }
const closed: Told = {
  from: at(1),
  to: at(4),
  why: 'restored',
  room: 'C1',
  recovered: 0,
  vanished: 0,
  lost: ['versions'],
}
const swept: Told = { ...closed, from: at(60), to: at(120), why: 'sweep', recovered: 2, vanished: 1 }
const retained = (from: number, to: number, vanished: number): Told => ({
  ...{ from: at(from), to: at(to), why: 'retention', room: 'C1', vanished },
  ...{ lost: ['retained'], through: `${to}` },
})

function told(...gaps: Told[]): Story {
  const story = begin({})
  for (const gap of gaps) story.act(at(200), '', event('coverage.gap', gap))
  return story
}

describe('coverage', () => {
  test.each<[string, Told[], string, string]>([
    ['nothing was missed', [], 'complete', 'Coverage: complete'],
    ['a room that cannot be seen', [open], 'gaps', '▲ gaps — not seen since Fri 20 Nov 22:42'],
    [
      'and was read when it was there again, however soon',
      [open, closed],
      'recovered',
      'recovered — 1 time read afterwards, the last between Fri 20 Nov 22:42 and Fri 20 Nov 22:45',
    ],
    ['two times read afterwards', [closed, swept], 'recovered', 'recovered — 2 times read afterwards'],
    ['one of them never', [swept, open], 'gaps', '▲ gaps — not seen since'],
    [
      'an entry of an older version, with its end',
      [{ from: at(1), to: at(9), why: 'restart' }],
      'recovered',
      '1 time read afterwards',
    ],
    [
      "a platform's retention alone",
      [retained(1, 5, 12)],
      'recovered',
      'old messages are deleted by the retention setting',
    ],
  ])('%s', (_, gaps, standing, words) => {
    const { state } = told(...gaps)
    expect(coverageOf(state).standing).toBe(standing)
    const scene = { state, organisation, now: new Date(at(240)), word: '/incident', text: () => ({}) }
    expect(cardText(statusReply(scene))).toContain(words)
    expect(cardText(briefCard(scene, 'scribe')).includes('Coverage')).toBe(standing !== 'complete')
  })

  test('goes on where it was with every day of retention, and holds one gap', () => {
    const { state, sent } = told(retained(1, 5, 12), swept, retained(6, 8, 2))
    expect(state.gaps.map(({ why }) => why)).toEqual(['retention', 'sweep'])
    expect(state.gaps[0]).toMatchObject({ from: at(1), to: at(8), vanished: 14, through: '8' })
    expect(sent.filter(({ view }) => view === 'gap')).toHaveLength(1)
  })

  test('says of each gap what was found and what cannot be, with its entry', () => {
    const { state, card } = told({ ...swept, lost: ['deleted-unseen', 'who-deleted', 'versions'] })
    const text = cardText(card('gap', { seq: state.gaps[0]!.seq }))
    expect(text).toContain('2 messages and changes are on the record as recovered')
    expect(text).toContain('1 message on the record is no longer in Slack; what it said stays on the record')
    expect(text).toContain(
      'Cannot be recovered: what was written and deleted within it; who deleted a message, and when',
    )
    expect(text).toContain(`(entry ${state.gaps[0]!.seq})`)
  })
})
