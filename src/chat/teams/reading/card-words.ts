/** The words of another app's card, top to bottom. Depth and length are bounded because the payload is not ours. */
export type Json = Readonly<Record<string, unknown>>

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Graph tells an attachment's content as a string of JSON, an activity as the object itself. */
export function jsonOf(content: unknown): Json | undefined {
  if (isJson(content)) return content
  if (typeof content !== 'string') return undefined
  try {
    const parsed: unknown = JSON.parse(content)
    return isJson(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Where cards of every kind keep words, in the order they are shown. */
const holders = [
  'title',
  'subtitle',
  'activityTitle',
  'activitySubtitle',
  'activityText',
  'text',
  'altText',
  'inlines',
  'body',
  'items',
  'columns',
  'rows',
  'cells',
  'facts',
  'sections',
  'card',
]
const longest = 20_000

export function cardWords(card: Json): string {
  const out: string[] = []
  let left = longest
  const say = (words: string) => {
    const kept = words.trim().slice(0, left)
    left -= kept.length
    if (kept !== '') out.push(kept)
  }
  const read = (value: unknown, depth: number) => {
    if (left <= 0 || depth > 12) return
    if (typeof value === 'string') say(value)
    else if (Array.isArray(value)) for (const each of value) read(each, depth + 1)
    else if (isJson(value)) element(value, depth)
  }
  const element = (value: Json, depth: number) => {
    if (value.isVisible === false) return
    if (typeof value.value === 'string') {
      const label = value.title ?? value.name
      say(typeof label === 'string' ? `${label}: ${value.value}` : value.value)
    } else if (Array.isArray(value.inlines)) say(value.inlines.map(inline).join(''))
    else for (const holder of holders) read(value[holder], depth + 1)
  }
  element(card, 0)
  return out.join('\n')
}

const inline = (run: unknown): string =>
  typeof run === 'string' ? run : isJson(run) && typeof run.text === 'string' ? run.text : ''
