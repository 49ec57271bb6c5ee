/**
 * Slack's text: entities, the plain text of messages that carry only blocks or attachments, and what was typed as a
 * command line. The record keeps Slack's own markup (`<@U1>`), only the entities are decoded.
 */

/** `&amp;` last, or `&amp;lt;` would become `<`. */
export function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

/** Mentions bare, links unwrapped, phone keyboards' quotes and spaces made plain. */
export function commandLine(text: string): string {
  const bare = text
    .replace(/<([@#][A-Z0-9]+)\|[^>]*>/g, '<$1>')
    .replace(/<((?:https?|mailto|tel):[^|>]+)(?:\|[^>]*)?>/g, '$1')
  return decodeEntities(bare)
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[\u200b\ufeff]/g, '')
    .replace(/[\u201c\u201d\u201e\u201f]/g, '"')
    .replace(/[\u2018\u2019\u201a\u201b]/g, "'")
    .trim()
}

/** The line of a message that begins by addressing the bot. Undefined when it does not. */
export function addressedLine(text: string, botUser: string): string | undefined {
  const match = /^[\s\u00a0\u200b]*<@([A-Z0-9]+)(?:\|[^>]*)?>[:,]?/.exec(text)
  return match?.[1] === botUser ? commandLine(text.slice(match[0].length)) : undefined
}

type Node = Readonly<Record<string, unknown>>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The words of blocks, top to bottom. Depth is bounded because the payload is not ours. */
export function blocksText(blocks: unknown): string {
  return parts(blocks, 0).join('\n').trim()
}

function parts(value: unknown, depth: number): string[] {
  if (depth > 12) return []
  if (Array.isArray(value)) return value.flatMap((item) => parts(item, depth + 1))
  if (!isNode(value)) return []
  const { type } = value
  if (type === 'rich_text_section' || type === 'rich_text_preformatted' || type === 'rich_text_quote')
    return [inline(value.elements)]
  if (typeof value.text === 'string') return [decodeEntities(value.text)]
  if (type === 'image' && typeof value.alt_text === 'string') return [value.alt_text]
  return [value.title, value.text, value.fields, value.elements, value.rows].flatMap((at) =>
    parts(at, depth + 1),
  )
}

function inline(elements: unknown): string {
  if (!Array.isArray(elements)) return ''
  return elements.map((element) => (isNode(element) ? run(element) : '')).join('')
}

function run(element: Node): string {
  const text = typeof element.text === 'string' ? element.text : ''
  if (element.type === 'user') return `<@${element.user_id}>`
  if (element.type === 'channel') return `<#${element.channel_id}>`
  if (element.type === 'usergroup') return `<!subteam^${element.usergroup_id}>`
  if (element.type === 'broadcast') return `<!${element.range}>`
  if (element.type === 'emoji') return `:${element.name}:`
  if (element.type === 'link') return text === '' ? `${element.url}` : `${text} (${element.url})`
  if (element.type === 'date') return `${element.fallback ?? element.timestamp}`
  return text
}

/** Attachments that a person or another app put there; previews of links are not words anyone said. */
export function attachmentsText(attachments: unknown): string {
  if (!Array.isArray(attachments)) return ''
  const said = attachments.filter(
    (each) => isNode(each) && each.from_url === undefined && !each.is_app_unfurl,
  )
  return said
    .map((each: Node) => {
      const words = [each.pretext, each.title, each.text].filter((word) => typeof word === 'string')
      const own = words.join('\n')
      if (own !== '') return decodeEntities(own)
      return (
        blocksText(each.blocks) || (typeof each.fallback === 'string' ? decodeEntities(each.fallback) : '')
      )
    })
    .filter((words) => words !== '')
    .join('\n')
}

/** `thumbsup::skin-tone-3` → `thumbsup`. */
export function reactionName(name: string): string {
  return name.replaceAll(':', ' ').trim().split(/\s+/)[0] ?? name
}

/** A Slack ts (`1732312000.000100`) as an instant. */
export function tsDate(ts: string): Date {
  return new Date(Math.floor(Number(ts) * 1000))
}

/** An instant as a Slack ts, for `oldest`. */
export function dateTs(at: Date): string {
  return (at.getTime() / 1000).toFixed(6)
}
