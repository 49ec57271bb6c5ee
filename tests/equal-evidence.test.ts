/**
 * Equal evidence, and what is allowed to differ. The scenarios compare what Slack and Teams hold of each
 * (scenarios.test.ts); here the comparison itself is shown to miss nothing, and each of its allowances to rest on a
 * capability that Teams lacks.
 */
import { describe, expect, test } from 'vitest'
import type { Capabilities } from '../src/chat/port.ts'
import type { Api as SlackApi } from '../src/chat/slack/api.ts'
import { slackPort } from '../src/chat/slack/verbs.ts'
import type { Api as TeamsApi } from '../src/chat/teams/api.ts'
import { teamsPort } from '../src/chat/teams/verbs.ts'
import { equivalents, insteadOf } from '../src/demo/equivalents.ts'
import { differences, type Entry, type Evidence } from './support/evidence.ts'

const slack = slackPort({ self: {} } as SlackApi).capabilities
const teams = teamsPort({ self: {} } as TeamsApi).capabilities

const by = 'Dana Reyes'
const joined = (person: string, invited = true): Entry => ({
  kind: 'room.joined',
  by: person,
  data: { person, invited },
})
const declared: Entry = { kind: 'incident.declared', by: 'Sam Okafor', data: { kind: 'lost-device' } }
const decided: Entry = { kind: 'decision.recorded', by, data: { number: 1 } }
const posted: Entry = { kind: 'message.posted', by, data: {} }
const sent: Entry = { kind: 'post.sent', by: 'bot', data: { view: 'status' } }
const marked: Entry = { kind: 'message.marked', by, data: { mark: '📌' } }
const unmarked: Entry = { kind: 'message.unmarked', by, data: { mark: '📌' } }
const ran: Entry = { kind: 'command.ran', by, data: { verb: 'evidence', via: 'form' } }
const evidence: Entry = { kind: 'evidence.recorded', by, data: { occurredAt: '2026-11-21' } }

const holds = (capabilities: Capabilities, entries: readonly Entry[], state: object = {}): Evidence => ({
  capabilities,
  incidents: [{ incident: 'inc-2026-0001', entries, state: { phase: 'detection', members: [by], ...state } }],
})

const story = [declared, joined(by), decided, posted, posted, sent]
const told = holds(slack, story)

test.each<readonly [string, Evidence]>([
  ['an entry that moves the state is missing', holds(teams, [declared, joined(by), posted, posted, sent])],
  ['an entry that moves the state is there twice', holds(teams, [...story, decided])],
  ['entries came in another order', holds(teams, [decided, ...story.filter((each) => each !== decided)])],
  [
    'somebody else did it',
    holds(
      teams,
      story.map((each) => (each === decided ? { ...each, by: 'Lee Chan' } : each)),
    ),
  ],
  [
    'it says something else',
    holds(
      teams,
      story.map((each) => (each === decided ? { ...each, data: { number: 2 } } : each)),
    ),
  ],
  ['a message is missing', holds(teams, [declared, joined(by), decided, posted, sent])],
  ['a card was posted twice', holds(teams, [...story, sent])],
  ['another card was posted', holds(teams, [...story.slice(0, -1), { ...sent, data: { view: 'clocks' } }])],
  ['the state ends otherwise', holds(teams, story, { phase: 'containment' })],
  [
    'somebody who was asked in is not in the room',
    holds(teams, [declared, decided, posted, posted, sent], { members: [] }),
  ],
  ['somebody nobody asked came in', holds(teams, [...story, joined('Victor Hale', false)])],
  ['there is another incident', { capabilities: teams, incidents: [] }],
])('is not equal where %s', (_, other) => {
  expect(differences(told, other)).not.toEqual([])
})

describe('is equal where', () => {
  test('it is the same, whenever what moves nothing came', () =>
    expect(differences(told, holds(teams, [sent, declared, posted, decided, posted, joined(by)]))).toEqual(
      [],
    ))

  test('the whole team sees the room that one was asked into', () => {
    const seen = [...story, joined('Tom Becker')]
    expect(differences(told, holds(teams, seen, { members: [by, 'Tom Becker'] }))).toEqual([])
  })

  test('a mark is made by a message action, and is not taken off', () => {
    const pinned = holds(slack, [...story, marked, unmarked])
    expect(differences(pinned, holds(teams, [...story, ran, evidence]))).toEqual([])
    expect(differences(pinned, holds(teams, story))).not.toEqual([])
  })
})

test('a platform that tells of marks is not let off them', () => {
  expect(differences(holds(slack, [...story, marked]), holds(slack, [...story, ran, evidence]))).not.toEqual(
    [],
  )
})

test.each(equivalents)(
  '$kind: $capability is what Teams lacks and Slack has',
  ({ capability, where, why }) => {
    expect(teams[capability]).toBe(where)
    expect(slack[capability]).not.toBe(where)
    expect(why).toMatch(/^[A-Z].{20,}\.$/)
  },
)

test('Slack, which lacks nothing of these, has no equivalents', () => {
  expect(equivalents.filter(({ kind }) => insteadOf(kind, slack))).toEqual([])
})
