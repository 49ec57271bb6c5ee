/** What a message says, from whichever payload tells it: an activity, a row of Graph, or the message an action is used on. */
import type { MessageBody } from '../../port.ts'
import type { Self } from '../wire/self.ts'
import { attachedWords, quotesOf, type Reference, referencesOf } from './attached.ts'
import type { Author } from './author.ts'
import type { Directory } from './directory.ts'
import { readHtml } from './html.ts'
import { shortHash } from './ids.ts'
import { type Listed, listedInActivity, listedInRow } from './mentioned.ts'
import type { Activity, ChatMessage } from './payload.ts'
import type { Piece } from './runs.ts'
import { addressedLine, directLine, fingerprint, readPlain, textOf } from './text.ts'

export interface Said {
  readonly pieces: readonly Piece[]
  readonly text: string
  readonly references: readonly Reference[]
  readonly original?: string
  /** The same for every telling of the same words and files. */
  readonly mark: string
  /** The command line, where it begins by addressing the bot. */
  readonly line: string | undefined
  /** The command line where nobody but the bot can be addressed. */
  readonly direct: string
}

export function saidInActivity(self: Self, directory: Directory, activity: Activity): Said {
  const listed = listedInActivity(self, directory, activity.entities)
  const html = activity.attachments?.find(({ contentType }) => contentType === 'text/html')?.content
  const typed = activity.text ?? ''
  const plain = /^(html|xml)$/.test(activity.textFormat ?? '') ? [] : readPlain(typed, listed)
  const told = typeof html === 'string' && html !== '' ? html : plain.length === 0 ? typed : ''
  return said(told, plain, listed, activity.attachments)
}

export function saidInRow(
  self: Self,
  row: Pick<ChatMessage, 'body' | 'mentions' | 'attachments' | 'subject'>,
): Said {
  const listed = listedInRow(self, row.mentions)
  const content = row.body?.content ?? ''
  const isText = row.body?.contentType === 'text'
  const plain = isText ? readPlain(content, []) : []
  return said(isText ? '' : content, plain, listed, row.attachments, row.subject ?? '')
}

/** The HTML is what the reader sees; the plain text stands in where there is none, or where only it finds the bot. */
function said(
  html: string,
  plain: readonly Piece[],
  listed: readonly Listed[],
  attachments: Activity['attachments'],
  subject = '',
): Said {
  const read = readHtml(html, listed)
  const pieces = textOf(read.pieces) === '' ? plain : read.pieces
  const references = referencesOf(attachments, read)
  const words = attachedWords(attachments)
  const text = [...quotesOf(attachments), subject.trim(), textOf(pieces), ...words]
  const ids = references.map(({ file }) => file.id).sort()
  return {
    pieces,
    text: text.filter((each) => each !== '').join('\n'),
    references,
    ...(read.holdsMore ? { original: html } : {}),
    mark: shortHash(JSON.stringify([fingerprint(pieces), words, ids])),
    line: addressedLine(pieces) ?? addressedLine(plain),
    direct: directLine(pieces),
  }
}

/** Whoever has no id here is named in the words, or nobody would ever know who said them. */
export function bodyOf({ text, references, original }: Said, author: Author): MessageBody {
  const from = author.name === undefined ? '' : `[from ${author.name}, who has no account here]\n`
  return {
    text: `${from}${text}`,
    author: author.id,
    files: references.map(({ file }) => file),
    ...(original === undefined ? {} : { original }),
  }
}
