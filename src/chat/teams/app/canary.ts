/**
 * The canary: a card that doctor posts, edits and deletes, and what Graph shows of it and of a person's message that
 * begins with the same word.
 */
import { say } from '../../../views/say.ts'
import type { Api } from '../api.ts'
import { adaptivePages } from '../cards/adaptive.ts'
import { knownDrawing } from '../cards/drawing.ts'
import { deliveryIn } from '../reading/attached.ts'
import { authorOf } from '../reading/author.ts'
import type { ChatMessage } from '../reading/payload.ts'
import { saidInRow } from '../reading/said.ts'
import { activityOf } from '../verbs/posts.ts'
import { rowsSince } from '../verbs/rows.ts'
import { isCanary, type Times } from './canary-watch.ts'

const first = 'Canary: Wardroom’s doctor posted this to see what Teams tells it. It is deleted in a moment.'
const changed = 'Canary, edited:'
const second = `${changed} Wardroom’s doctor deletes this now.`

const drawn = (api: Api, words: string, delivery: string) => {
  const card = say(words, [words])
  const [page] = adaptivePages(card, { ...knownDrawing(api), delivery })
  return activityOf(card, page!)
}

/** Resolves with the message's id. */
export const postCanary = (api: Api, channel: string, delivery: string): Promise<string> =>
  api.connector.start(channel, drawn(api, first, delivery))

export const editCanary = (api: Api, channel: string, message: string, delivery: string): Promise<void> =>
  api.connector.update(channel, message, drawn(api, second, delivery))

export const deleteCanary = (api: Api, channel: string, message: string): Promise<void> =>
  api.connector.remove(channel, message)

export interface Row extends Times {
  readonly message: string
  readonly by: 'us' | 'person' | 'other'
  /** Begins with the word; false also where Graph no longer has any words. */
  readonly isCanary: boolean
  readonly delivery: string | undefined
}

/** By Graph's own time stamps. */
export async function rowsInGraph(api: Api, channel: string, since: Date): Promise<Row[]> {
  const found: Row[] = []
  for await (const row of rowsSince(api, channel, since)) found.push(told(api, row))
  return found
}

function told(api: Api, row: ChatMessage): Row {
  const { createdDateTime, lastEditedDateTime, lastModifiedDateTime, deletedDateTime } = row
  const author = authorOf(api.self, row.from)
  const { text } = saidInRow(api.self, row)
  // A card replaced by a bot need not count as edited by Graph; its words tell all the same.
  const edited =
    lastEditedDateTime ?? (author?.isUs && text.startsWith(changed) ? lastModifiedDateTime : undefined)
  return {
    message: row.id,
    by: author?.isUs ? 'us' : author?.kind === 'human' ? 'person' : 'other',
    isCanary: isCanary(text),
    delivery: deliveryIn(row.attachments),
    ...(createdDateTime ? { posted: new Date(createdDateTime) } : {}),
    ...(edited ? { edited: new Date(edited) } : {}),
    ...(deletedDateTime ? { deleted: new Date(deletedDateTime) } : {}),
  }
}
