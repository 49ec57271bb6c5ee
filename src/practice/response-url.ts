// response_url: five uses within thirty minutes, then 404 expired_url, as Slack answers.
import { checkBlocks } from './blocks-check.ts'
import { type Core, findChannel, forgetOldest, type ResponseUrl, secret } from './core.ts'
import { deleteMessage, editMessage, findMessage, postEphemeral, postMessage } from './messages.ts'
import type { Json } from './page-api.ts'
import { botUserId } from './state.ts'
import { withIds } from './views.ts'

const lifeMs = 30 * 60 * 1000

export const issueResponseUrl = (core: Core, from: Omit<ResponseUrl, 'usesLeft' | 'expiresAt'>): string => {
  const key = secret()
  core.responseUrls.set(key, { ...from, usesLeft: 5, expiresAt: core.wall() + lifeMs })
  forgetOldest(core.responseUrls)
  return `${core.origin()}/respond/${key}`
}

/** Shows what a bot answered to a command or through a response_url. */
export const showAnswer = (
  core: Core,
  to: Omit<ResponseUrl, 'usesLeft' | 'expiresAt'>,
  answer: Json,
): string | null => {
  const channel = findChannel(core, to.channel)
  if (!channel) return 'channel_not_found'
  const blocks = answer.blocks as Json[] | undefined
  const problems = blocks ? checkBlocks(blocks, 'message') : []
  if (problems.length > 0) return 'invalid_blocks'
  const isFlag = (name: string) => answer[name] === true || answer[name] === 'true'
  const draft = {
    text: String(answer.text ?? ''),
    blocks: blocks ? withIds(blocks) : undefined,
    threadTs: answer.thread_ts ?? (to.threadTs && !isFlag('replace_original') ? to.threadTs : undefined),
  }
  if (to.ts && (isFlag('delete_original') || isFlag('replace_original'))) {
    if (to.isEphemeral) return changeEphemeral(core, to, isFlag('delete_original') ? null : draft)
    const message = findMessage(channel, to.ts)
    if (!message) return 'message_not_found'
    if (isFlag('delete_original')) deleteMessage(core, channel, message)
    else editMessage(core, channel, message, botUserId, { ...draft, blocks: draft.blocks ?? [] })
    return null
  }
  if (draft.text === '' && !blocks) return 'no_text'
  if (answer.response_type === 'in_channel') postMessage(core, channel, botUserId, draft)
  else postEphemeral(core, channel.id, to.user, draft)
  return null
}

const changeEphemeral = (
  core: Core,
  to: Pick<ResponseUrl, 'channel' | 'user' | 'ts'>,
  draft: { text: string; blocks: Json[] | undefined } | null,
): string | null => {
  const at = core.ephemerals.findIndex((row) => row.user === to.user && row.message.ts === to.ts)
  const row = core.ephemerals[at]
  if (!row) return 'message_not_found'
  if (draft) row.message = { ...row.message, text: draft.text, blocks: draft.blocks ?? [] }
  else core.ephemerals.splice(at, 1)
  core.changed({ kind: 'ephemeral', user: to.user, channel: to.channel, ts: row.message.ts })
  return null
}

export const answerResponseUrl = (core: Core, key: string, body: Json): { status: number; text: string } => {
  const url = core.responseUrls.get(key)
  if (!url) return { status: 404, text: 'no_service' }
  if (url.usesLeft <= 0 || core.wall() > url.expiresAt) return { status: 404, text: 'expired_url' }
  url.usesLeft -= 1
  const error = showAnswer(core, url, body)
  return error ? { status: 400, text: error } : { status: 200, text: 'ok' }
}
