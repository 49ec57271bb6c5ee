// What a person types, as Slack's client sends it: &, < and > escaped, @handles, #channels and links turned into tokens.
import type { Core } from './core.ts'
import type { Json } from './page-api.ts'
import { botUserId } from './state.ts'

const token = /<(?:@[UW]\w+|#C\w+(?:\|[^<>]*)?|![a-z][^<>]*|https?:\/\/[^<>\s]+)>/g

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const linkify = (core: Core, text: string): string =>
  text
    .replace(/https?:\/\/[^\s<>]+/g, (url) => `<${url}>`)
    .replace(/(?<![\w/])@([\w.-]*\w)/g, (typed, name: string) => {
      const wanted = name.toLowerCase()
      if (wanted === 'here' || wanted === 'channel') return `<!${wanted}>`
      if (wanted === core.installed.appName.toLowerCase() || wanted === 'wardroom') return `<@${botUserId}>`
      const person = core.state.people.find((row) => row.name === wanted)
      return person ? `<@${person.id}>` : typed
    })
    .replace(/(?<![\w/&])#([\w-]+)/g, (typed, name: string) => {
      const channel = core.state.channels.find((row) => row.kind === 'public' && row.name === name)
      return channel ? `<#${channel.id}|${channel.name}>` : typed
    })

export const compose = (core: Core, text: string): string => {
  let out = ''
  let from = 0
  for (const match of text.matchAll(token)) {
    out += linkify(core, escapeText(text.slice(from, match.index))) + match[0]
    from = match.index + match[0].length
  }
  return out + linkify(core, escapeText(text.slice(from)))
}

/** Slack's client sends a rich_text block beside the text. */
export const richBlocks = (text: string): Json[] => {
  const elements: Json[] = text.split(/(<@U\w+>)/).flatMap((piece): Json[] => {
    const user = /^<@(U\w+)>$/.exec(piece)?.[1]
    if (user) return [{ type: 'user', user_id: user }]
    return piece === '' ? [] : [{ type: 'text', text: piece }]
  })
  return [{ type: 'rich_text', block_id: 'composed', elements: [{ type: 'rich_text_section', elements }] }]
}
