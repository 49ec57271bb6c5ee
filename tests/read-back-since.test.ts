/** A post that may have landed is looked for where the platform's clock, not the database's, would have put it. */
import { expect, test } from 'vitest'
import type { Job } from '../src/delivery/delivering.ts'
import { mayHaveLandedSince } from '../src/delivery/posting.ts'

const claimed = new Date('2026-11-27T01:00:00.000Z')
const since = (now: string, triedForMs = 5_000) =>
  mayHaveLandedSince({
    row: { firstClaimedAt: claimed, triedForMs },
    state: { declared: { at: '2026-11-21T03:41:00.000Z' } },
    delivering: { now: () => new Date(now) },
  } as unknown as Job).toISOString()

test.each([
  ['clocks that agree: since the first claim', '2026-11-27T01:00:05.000Z', 5_000, '2026-11-27T00:50:00.000Z'],
  [
    'a long outage: still since the first claim',
    '2026-11-27T09:00:00.000Z',
    28_800_000,
    '2026-11-27T00:50:00.000Z',
  ],
  ['our clock behind: since the declaration', '2026-11-21T08:41:00.000Z', 5_000, '2026-11-21T03:31:00.000Z'],
  [
    'our clock moved ahead: since the declaration',
    '2027-01-19T08:00:00.000Z',
    5_000,
    '2026-11-21T03:31:00.000Z',
  ],
])('%s', (_, now, triedForMs, expected) => expect(since(now, triedForMs)).toBe(expected))
