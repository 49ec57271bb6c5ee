// The practice workspace against the reference of the real one, where that is present beside the repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkBlocks, checkView } from '../../src/practice/blocks-check.ts'
import { methods } from '../../src/practice/web-api/table.ts'

const schemas = new URL('../../../shared/schemas/slack/', import.meta.url)
const methodFile = (name: string) => new URL(`slack-api-ref/docs.slack.dev/methods/${name}.json`, schemas)
const fixtures = new URL('slackblocks-spec/fixtures/valid/', schemas)
const read = (url: URL) => JSON.parse(readFileSync(url, 'utf8'))
/** Whole messages in the fixtures repeat one made-up block_id, which Slack refuses. */
const readMessage = (url: URL) =>
  JSON.parse(readFileSync(url, 'utf8'), (key, value) => (key === 'block_id' ? undefined : value))

describe.skipIf(!existsSync(schemas))('against the reference', () => {
  it.each(Object.keys(methods))(
    '%s takes the arguments that Slack documents and needs those Slack needs',
    (name) => {
      const reference = read(methodFile(name))
      const documented = Object.keys(reference.args.properties)
      const method = methods[name]
      expect(documented).toEqual(
        expect.arrayContaining([...(method?.required ?? []), ...(method?.optional ?? [])]),
      )
      const needed = reference.args.required.filter((arg: string) => arg !== 'token')
      // Slack answers these with an error code of their own, so they are checked inside the method
      const own = ['topic', 'purpose']
      const taken = [...(method?.required ?? []), ...own]
      expect(taken).toEqual(expect.arrayContaining(needed))
      const scopes: string[] = Array.isArray(reference.scope?.bot) ? reference.scope.bot : []
      if (scopes.length > 0 && method?.scope)
        expect(scopes).toEqual(expect.arrayContaining([...method.scope]))
    },
  )

  const payloads = ['blocks', 'messages', 'views'].flatMap((folder) =>
    existsSync(fixtures)
      ? readdirSync(new URL(`${folder}/`, fixtures)).map((name) => `${folder}/${name}`)
      : [],
  )
  it.each(payloads)('accepts the valid %s', (name) => {
    const url = new URL(name, fixtures)
    const payload = name.startsWith('messages/') ? readMessage(url) : read(url)
    if (name.startsWith('views/')) expect(checkView(payload, payload.type)).toEqual([])
    else
      expect(checkBlocks(payload.blocks ?? (name.startsWith('blocks/') ? [payload] : []), 'message')).toEqual(
        [],
      )
  })

  const elements = existsSync(fixtures) ? readdirSync(new URL('elements/', fixtures)) : []
  // parts of other blocks, not elements of an actions row or an input
  const parts = new Set(['url_source_basic.json'])
  it.each(elements.filter((name) => !parts.has(name)))('accepts the valid element %s', (name) => {
    const element = read(new URL(`elements/${name}`, fixtures))
    const label = { type: 'plain_text', text: 'L' }
    const places = [
      [{ type: 'actions', elements: [element] }],
      [{ type: 'input', label, element }],
      [{ type: 'section', text: label, accessory: element }],
    ]
    const problems = places.map((blocks) => checkBlocks(blocks, 'modal'))
    expect(
      problems.some((list) => list.length === 0),
      JSON.stringify(problems),
    ).toBe(true)
  })

  it('limits agree with the table of limits', () => {
    const limits = read(new URL('slackblocks-spec/limits.json', schemas))
    const text = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) })
    const accepts = (blocks: object[]) => checkBlocks(blocks, 'message').length === 0
    const button = (more: object) => [
      { type: 'actions', elements: [{ type: 'button', action_id: 'a', text: text(1), ...more }] },
    ]
    const option = (more: object) => [
      {
        type: 'actions',
        elements: [
          { type: 'static_select', action_id: 'a', options: [{ text: text(1), value: 'v', ...more }] },
        ],
      },
    ]
    const cases: [number, (size: number) => object[]][] = [
      [limits.section.text.max_length, (size) => [{ type: 'section', text: text(size) }]],
      [limits.section.fields.item_max_length, (size) => [{ type: 'section', fields: [text(size)] }]],
      [limits.header.text.max_length, (size) => [{ type: 'header', text: text(size) }]],
      [
        limits.context.elements.max_items,
        (size) => [{ type: 'context', elements: Array(size).fill(text(1)) }],
      ],
      [limits.markdown.text.max_length, (size) => [{ type: 'markdown', text: 'x'.repeat(size) }]],
      [limits.button.text.max_length, (size) => button({ text: text(size) })],
      [limits.button.value.max_length, (size) => button({ value: 'x'.repeat(size) })],
      [limits.button.url.max_length, (size) => button({ url: 'x'.repeat(size) })],
      [limits.option.text.max_length, (size) => option({ text: text(size) })],
      [limits.option.value.max_length, (size) => option({ value: 'x'.repeat(size) })],
      [limits.option.description.max_length, (size) => option({ description: text(size) })],
      [
        limits.input.label.max_length,
        (size) => [{ type: 'input', label: text(size), element: { type: 'plain_text_input' } }],
      ],
      [limits.block_id.max_length, (size) => [{ type: 'divider', block_id: 'x'.repeat(size) }]],
      [limits.action_id.max_length, (size) => button({ action_id: 'x'.repeat(size) })],
      [
        limits.image.alt_text.max_length,
        (size) => [{ type: 'image', image_url: 'https://e.org/a.png', alt_text: 'x'.repeat(size) }],
      ],
    ]
    for (const [max, make] of cases)
      expect([max, accepts(make(max)), accepts(make(max + 1))]).toEqual([max, true, false])
  })
})
