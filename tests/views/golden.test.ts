/**
 * Every view and every form, drawn for both platforms, against files of what was drawn before: what changes on a card is
 * seen in review, and both sets are what the platforms take. `WRITE_GOLDEN=1 npx vitest run --config
 * tests/vitest.config.ts tests/views/golden.test.ts` draws the files anew.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { cardMessage } from '../../src/chat/slack/blocks.ts'
import { formView } from '../../src/chat/slack/form.ts'
import { adaptiveCard, adaptivePages, type Drawing } from '../../src/chat/teams/cards/adaptive.ts'
import { dialog } from '../../src/chat/teams/cards/dialog.ts'
import type { Card, Form } from '../../src/views/card.ts'
import { problems, viewProblems } from '../chat/slack/limits.ts'
import { cardProblems } from '../chat/teams/card-schema.ts'
import { goldenCards, goldenForms, type Platform } from './golden-told.ts'
import { facts, nameOf, people } from './story.ts'

/** On Teams the people of the stories have Entra object ids. */
const guid = (at: number) => `00000000-0000-4000-8000-00000000000${at}`
const channel = '19:0007@thread.tacv2'

const onTeams = <T>(drawn: T): T =>
  JSON.parse(
    JSON.stringify(drawn)
      .replace(new RegExp(`(?<![\\w-])(${people.join('|')})(?![\\w-])`, 'g'), (id) =>
        guid(people.indexOf(id)),
      )
      .replaceAll('"room":"C1"', `"room":"${channel}"`),
  )

const drawing: Drawing = {
  name: (id) => nameOf(people[Number(id.at(-1))] ?? id),
  room: (id) =>
    id === channel ? { name: 'inc-2026-0007', url: 'https://teams.test/l/channel/19%3a0007' } : undefined,
  delivery: '00000000-0000-4000-8000-0000000000d1',
}
const choices = people.map((id, at) => ({ id: guid(at), name: nameOf(id) }))

interface Drawn {
  readonly json: unknown
  readonly wrong: readonly string[]
}

const draw: Readonly<
  Record<Platform, { card: (name: string, card: Card) => Drawn; form: (form: Form) => Drawn }>
> = {
  slack: {
    card: (_, card) => {
      const json = cardMessage(card)
      return { json, wrong: problems(json.blocks, 50) }
    },
    form: (form) => {
      const json = formView(form, { room: 'C1' })
      return { json, wrong: viewProblems(json) }
    },
  },
  teams: {
    card: (name, card) => {
      const isUpdated = /^(status|clocks|checklist)-full$/.test(name)
      const json = isUpdated ? [adaptiveCard(onTeams(card), drawing)] : adaptivePages(onTeams(card), drawing)
      return { json, wrong: json.flatMap((page) => cardProblems(page)) }
    },
    form: (form) => {
      const json = dialog(onTeams(form), drawing, {
        people: choices,
        zone: facts.zone,
        asked: { room: channel },
        person: choices[0]!.id,
        sign: () => 'signed',
      })
      return { json, wrong: cardProblems(json.card) }
    },
  },
}

const isWriting = process.env.WRITE_GOLDEN === '1'

describe.each(['slack', 'teams'] as const)('on %s', (platform) => {
  const folder = new URL(`golden/${platform}/`, import.meta.url)
  const drawn = new Map<string, Drawn>([
    ...[...goldenCards(platform)].map(([name, card]) => [name, draw[platform].card(name, card)] as const),
    ...[...goldenForms(platform)].map(([name, form]) => [name, draw[platform].form(form)] as const),
  ])
  const fileOf = (name: string) => new URL(`${name}.json`, folder)
  const textOf = ({ json }: Drawn) => `${JSON.stringify(json, null, 1)}\n`
  if (isWriting) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const [name, each] of drawn) writeFileSync(fileOf(name), textOf(each))
  }

  test('no file is left of a card or form that is no more', () => {
    const files = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    expect(files.filter((name) => !drawn.has(name))).toEqual([])
  })

  test.each([...drawn.keys()])('%s is drawn as before', (name) => {
    expect(existsSync(fileOf(name)), `draw ${name} with WRITE_GOLDEN=1`).toBe(true)
    expect(textOf(drawn.get(name)!)).toBe(readFileSync(fileOf(name), 'utf8'))
  })

  test.each([...drawn.keys()])('%s is taken by the platform', (name) => {
    expect(drawn.get(name)?.wrong).toEqual([])
  })
})

/** Where everybody in the team sees every room there is no private one to let people into. */
const byInvitation: Readonly<Record<string, string>> = { 'form-privilege': 'people people' }

test('a form asks the same on both platforms', () => {
  const fieldsOf = (form: Form) => form.fields.map(({ kind, name }) => `${kind} ${name}`)
  const asked = (platform: Platform) =>
    [...goldenForms(platform)].map(([name, form]) => ({ name, fields: fieldsOf(form) }))
  const slack = asked('slack').map(({ name, fields }) => ({
    name,
    fields: fields.filter((field) => field !== byInvitation[name]),
  }))
  expect(asked('teams')).toEqual(slack)
})
