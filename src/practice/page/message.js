// One message: who, when, what, and what can be done with it.

import { act, fileUrl } from './api.js'
import { avatar } from './avatar.js'
import { drawBlocks } from './blocks.js'
import { dateTimeOf, timeOf } from './dates.js'
import { h, sign } from './dom.js'
import { emojiOf } from './emoji.js'
import { sizeWords } from './files.js'
import { makeForm } from './form.js'
import { moreMenu, reactMenu, toggleReaction } from './message-menu.js'
import { plainOf } from './mrkdwn.js'
import { openThread } from './nav.js'
import { drawn } from './signs.js'
import { handles, mentionName, personOf, store, zone } from './store.js'
import { mrkdwn } from './text.js'

export const msOf = (ts) => Number(ts) * 1000

const forms = new Map()
const formOf = (channel, ts) => {
  const key = `${channel}/${ts}`
  if (!forms.has(key)) forms.set(key, makeForm())
  return forms.get(key)
}

export const authorOf = (message) => personOf(message.user)?.realName ?? message.author

/** A line of words for labels and the announcer. */
export const wordsOf = (message) =>
  plainOf(message.text || '', handles())
    .replace(/\s+/g, ' ')
    .trim()

const surface = (channel, message, redraw) => {
  const form = formOf(channel, message.ts)
  const run = (block, element, picked) =>
    act({
      do: 'action',
      on: { channel, ts: message.ts },
      blockId: block.block_id,
      actionId: element.action_id,
      picked,
      values: form.all(),
    })
  return { form, act: run, redraw }
}

const file = (f) => {
  const url = fileUrl(f)
  const picture = /^image\/(png|jpeg|gif|webp)$/.test(f.mimetype)
  return h(
    f.alt ? 'a.file.is-picture' : 'a.file',
    { href: url, target: '_blank', rel: 'noopener', download: picture ? null : f.name },
    picture
      ? h('img.thumb', { src: url, alt: f.alt || `Picture ${f.name}`, loading: 'lazy' })
      : h('span.file-icon', { 'aria-hidden': 'true' }, drawn('page')),
    h(
      'span',
      null,
      h('span.file-name', null, f.title || f.name),
      h('span.hint', null, `${f.mimetype} · ${sizeWords(f.size)}`),
    ),
  )
}

const reactions = (channel, message) =>
  h(
    'div.reactions',
    null,
    message.reactions.map((r) => {
      const mine = r.users.includes(store.as)
      const names = r.users.map((id) => mentionName(id)).join(', ')
      return h(
        'button.reaction',
        {
          type: 'button',
          'aria-pressed': String(mine),
          'aria-label': `${r.name.replaceAll('_', ' ')}, ${r.users.length}: ${names}`,
          title: names,
          'data-focus': `reaction/${r.name}`,
          onclick: () => toggleReaction(channel, message, r.name),
        },
        r.name === 'pushpin' ? drawn('pin') : (emojiOf(r.name) ?? `:${r.name}:`),
        h('span', null, ` ${r.users.length}`),
      )
    }),
  )

const replies = (message) =>
  h(
    'button.replies',
    {
      type: 'button',
      'data-focus': 'replies',
      'data-testid': 'open-thread',
      onclick: () => openThread(message.ts),
    },
    h(
      'span.reply-faces',
      null,
      message.replyUsers.slice(0, 3).map((id) => avatar(personOf(id) ?? { id, realName: '?' }, 'is-tiny')),
    ),
    `${message.replyCount} ${message.replyCount === 1 ? 'reply' : 'replies'}`,
    message.latestReply ? h('span.hint', null, ` last ${timeOf(msOf(message.latestReply), zone())}`) : null,
  )

const toolbar = (channel, message, place) => {
  const button = (label, face, onclick, focus) =>
    h(
      'button.tool',
      { type: 'button', tabindex: '-1', 'aria-label': label, title: label, 'data-focus': focus, onclick },
      face,
    )
  if (message.isEphemeral) return null
  return h(
    'div.tools',
    { role: 'toolbar', 'aria-label': 'Message actions', 'data-testid': 'message-tools' },
    button(
      'React with pushpin (key evidence)',
      drawn('pin'),
      () => toggleReaction(channel, message, 'pushpin'),
      'tool-pin',
    ),
    button('Add a reaction', sign('☺'), (e) => reactMenu(e.currentTarget, channel, message), 'tool-react'),
    place === 'channel'
      ? button('Reply in thread', drawn('speech'), () => openThread(message.ts), 'tool-thread')
      : null,
    button('More actions', sign('⋯'), (e) => moreMenu(e.currentTarget, channel, message, place), 'tool-more'),
  )
}

const body = (channel, message, redraw) => {
  if (message.isTombstone) return h('p.gone', null, 'This message was deleted.')
  // What a person typed is their text; the rich_text beside it says the same less well.
  const blocks = message.isBot && message.blocks.length > 0
  return [
    blocks
      ? drawBlocks(message.blocks, surface(channel, message, redraw))
      : message.text
        ? h('div.text', null, mrkdwn(message.text))
        : null,
    message.files.length > 0 ? h('div.files', null, message.files.map(file)) : null,
  ]
}

const SYSTEM =
  /^(channel|group)_(join|leave|topic|purpose|name|archive|unarchive)$|^(pinned_item|bot_add|reminder_add)$/

/**
 * @param {import('../page-api.ts').PageMessage} message
 * @param {{channel: string, place: 'channel'|'thread', compact: boolean, redraw: () => void}} at
 */
export const drawMessage = (message, { channel, place, compact, redraw }) => {
  const author = authorOf(message)
  const person = personOf(message.user) ?? {
    id: message.user,
    realName: author,
    isBot: message.isBot,
    title: '',
  }
  const time = timeOf(msOf(message.ts), zone())
  const system = SYSTEM.test(message.subtype ?? '')
  const classes = [
    compact && 'is-compact',
    system && 'is-system',
    message.isEphemeral && 'is-private',
    message.isPinned && 'is-pinned',
  ]
  const marks = [
    message.isEphemeral
      ? h('div.mark', { 'data-testid': 'ephemeral' }, drawn('eye'), ' Only visible to you')
      : null,
    message.isPinned ? h('div.mark', null, drawn('pin'), ' Pinned') : null,
    message.subtype === 'thread_broadcast' && place === 'channel'
      ? h('div.mark', null, 'Also sent from a thread')
      : null,
  ]
  return h(
    'article.message',
    {
      class: classes.filter(Boolean).join(' '),
      tabindex: '-1',
      'data-ts': message.ts,
      'data-user': message.user,
      'data-testid': 'message',
      'data-focus': 'message',
      'aria-label': `${author}, ${time}${message.isEphemeral ? ', only visible to you' : ''}`,
    },
    h('div.gutter', null, compact ? h('time.side-time', { 'aria-hidden': 'true' }, time) : avatar(person)),
    h(
      'div.content',
      null,
      marks,
      compact
        ? null
        : h(
            'div.byline',
            null,
            h('span.author', null, author),
            person.isBot
              ? h('span.badge', null, 'APP')
              : person.title
                ? h('span.role', null, person.title)
                : null,
            h(
              'time.when',
              {
                datetime: new Date(msOf(message.ts)).toISOString(),
                title: dateTimeOf(msOf(message.ts), zone()),
              },
              time,
            ),
          ),
      h('div.body', null, body(channel, message, redraw)),
      message.editedTs
        ? h('span.edited', { title: dateTimeOf(msOf(message.editedTs), zone()) }, '(edited)')
        : null,
      message.reactions.length > 0 ? reactions(channel, message) : null,
      message.isEphemeral
        ? h(
            'button.quiet',
            { type: 'button', 'data-focus': 'dismiss', onclick: () => dismiss(channel, message) },
            'Dismiss',
          )
        : null,
      place === 'channel' && message.replyCount > 0 ? replies(message) : null,
    ),
    toolbar(channel, message, place),
  )
}

const dismiss = (channel, message) => act({ do: 'dismiss', channel, ts: message.ts })
