/** What somebody types, in the three dialects of Teams: activity text, activity HTML, Graph HTML. */
import { BOT_NAME, type Body, type Mention, type State } from './state.ts'

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const emoji = /\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic})*/gu

/** Teams draws an emoji as an element of its own. */
export const withEmoji = (html: string): string =>
  html.replace(
    emoji,
    (sign) =>
      `<emoji id="${[...sign].map((each) => each.codePointAt(0)?.toString(16)).join('-')}" alt="${sign}" title=""></emoji>`,
  )

interface Named extends Mention {
  readonly words: string
}

/** `@Wardroom`, `@sam`, `@Sam Okafor`, `<@guid>`; whoever is not found stays as typed. */
function named(state: State): Named[] {
  const bot = { member: `28:${state.appId}`, name: BOT_NAME, words: `@${BOT_NAME}` }
  const people = state.people.flatMap(({ id, member, name, realName }) =>
    [`<@${id}>`, `@${realName}`, `@${name}`].map((words) => ({ member, name: realName, words })),
  )
  return [bot, ...people].sort((one, other) => other.words.length - one.words.length)
}

type Part = { readonly typed: string } | { readonly mention: number; readonly name: string }

function partsOf(state: State, typed: string, mentions: Mention[]): Part[] {
  const known = named(state)
  const parts: Part[] = []
  let plain = ''
  for (let at = 0; at < typed.length; ) {
    const rest = typed.slice(at).toLowerCase()
    const found = known.find(
      ({ words }) => rest.startsWith(words.toLowerCase()) && !/^[\p{L}\p{N}]/u.test(rest.slice(words.length)),
    )
    const isInside = /[\p{L}\p{N}.]$/u.test(plain)
    if (!found || isInside) {
      plain += typed[at]
      at += 1
      continue
    }
    if (plain) parts.push({ typed: plain })
    plain = ''
    parts.push({ mention: mentions.length, name: found.name })
    mentions.push({ member: found.member, name: found.name })
    at += found.words.length
  }
  return plain ? [...parts, { typed: plain }] : parts
}

/** The text of an activity keeps what was typed as it is: a typed `<at>` looks like a mention, and only `entities` tell. */
export function compose(state: State, typed: string): Body {
  const mentions: Mention[] = []
  const lines = typed.split('\n').map((line) => partsOf(state, line, mentions))
  const html = (mention: (index: number, name: string) => string) =>
    lines
      .map((parts) => {
        const drawn = parts.map((part) =>
          'typed' in part ? withEmoji(escapeHtml(part.typed)) : mention(part.mention, escapeHtml(part.name)),
        )
        return `<p>${drawn.join('').replace(/(<\/(?:at|span)>) /g, '$1&nbsp;') || '&nbsp;'}</p>`
      })
      .join('\n')
  return {
    text: lines
      .map((parts) => parts.map((part) => ('typed' in part ? part.typed : `<at>${part.name}</at>`)).join(''))
      .join('\n'),
    pushed: html(
      (index, name) =>
        `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="${index}">${name}</span>`,
    ),
    stored: html((index, name) => `<at id="${index}">${name}</at>`),
    mentions,
  }
}

/** Rich text pasted or formatted in the client: HTML that says more than its text. */
export const composeHtml = (html: string, text: string): Body => ({
  text,
  pushed: html,
  stored: html,
  mentions: [],
})

/** A shared file stands in the body as an element without content; its name and address are only in Graph. */
export const withFiles = (body: Body, ids: readonly string[]): Body => {
  const marks = ids.map((id) => `<attachment id="${id}"></attachment>`).join('')
  return { ...body, pushed: body.pushed + marks, stored: body.stored + marks }
}

/** A picture has an address in the media store, which the bot is pushed, and one in Graph that spells the first. */
export function withPicture(body: Body, object: string, under: string): { body: Body; hosted: string } {
  const media = `https://us-api.asm.skype.example/v1/objects/${object}/views/imgo`
  const hosted = Buffer.from(`id=x_${object},type=1,url=${media}`).toString('base64')
  const shown = (src: string) =>
    `<p><img alt="image" src="${src}" itemtype="http://schema.skype.com/AMSImage" width="640"></p>`
  const stored = body.stored + shown(`${under}/hostedContents/${hosted}/$value`)
  return { body: { ...body, pushed: body.pushed + shown(media), stored }, hosted }
}
