import { describe, expect, it } from 'vitest'
import { event } from '../../src/domain/events.ts'
import {
  hasItems,
  itemChanges,
  nextItemsOf,
  openItems,
  settledItems,
} from '../../src/domain/incident-items.ts'
import { affected, assigned, begin } from '../views/story.ts'

const at = '2026-11-21T04:00:00Z'
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id)

describe('what comes next', () => {
  it('required items of the phase first, in order', () => {
    expect(ids(openItems(begin().state)).slice(0, 5)).toEqual(['D1', 'D6', 'D7', 'D8', 'D11'])
  })

  it('what was required and left behind comes before the new phase', () => {
    const story = begin()
    story.act(
      at,
      'DANA',
      event('phase.entered', { phase: 'containment', from: 'detection', openRequired: ['D7'] }),
    )
    expect(ids(openItems(story.state)).slice(0, 6)).toEqual(['D1', 'D6', 'D7', 'D8', 'D11', 'C1'])
  })

  it('done, skipped and added items are known by their state', () => {
    const story = begin()
    story.act(
      at,
      'DANA',
      event('item.completed', { item: 'D1', by: 'person' }),
      event('item.skipped', { item: 'D6' }, { reason: 'no systems' }),
      event('item.added', { item: 'A1', phase: 'detection', role: null }, { title: 'call the insurer' }),
    )
    expect(settledItems(story.state)).toEqual(expect.arrayContaining(['D1', 'D6', 'D3']))
    expect(ids(openItems(story.state))).toContain('A1')
    expect(ids(openItems(story.state))).not.toContain('D1')
  })

  it('a person sees three of what their roles answer for; the commander also what nobody holds', () => {
    const story = begin()
    story.act(at, 'LEE', assigned('privacy-officer', 'LEE'))
    story.act(at, 'DANA', assigned('commander', 'DANA'))
    expect(ids(nextItemsOf(story.state, 'LEE'))).toEqual(['D1', 'D6', 'D7'])
    expect(ids(nextItemsOf(story.state, 'DANA'))).toContain('D8')
    expect(hasItems(story.state, 'MAX')).toBe(false)
  })

  it('follows the facts: 612 people take the annual log off, 400 put it back, and what was said of it stays', () => {
    const story = begin()
    story.act(
      at,
      'LEE',
      event('phase.entered', { phase: 'post-incident', from: 'detection', openRequired: [] }),
    )
    const few = story.state
    expect(ids(openItems(few))).toContain('X4')
    story.act(at, 'LEE', affected(612))
    const many = story.state
    expect(ids(openItems(many))).not.toContain('X4')
    story.act(at, 'LEE', affected(400))
    expect(ids(openItems(story.state))).toContain('X4')
    story.act(at, 'LEE', event('item.completed', { item: 'X4', by: 'person' }))
    story.act(at, 'LEE', affected(612), affected(400))
    expect(story.state.items.X4?.status).toBe('done')
    expect(ids(itemChanges(few, many).off)).toEqual(['X4'])
    expect(ids(itemChanges(many, story.state).on)).toEqual(['X4'])
  })
})
