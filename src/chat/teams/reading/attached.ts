/**
 * What hangs on a message: files and pictures as references, the words of quotes and cards. An activity and Graph name
 * the same file with the same id, though an activity often shows no more of it than that.
 */
import type { InboundFile } from '../../port.ts'
import { deliveryOf } from '../cards/delivery.ts'
import { cardWords, isJson, jsonOf } from './card-words.ts'
import { readHtml } from './html.ts'
import { guid, shortHash } from './ids.ts'
import { nameOf } from './mentioned.ts'
import type { Attachment } from './payload.ts'

type Attachments = readonly Attachment[] | null | undefined

/** A file, and where the payload says its bytes are. */
export interface Reference {
  readonly file: InboundFile
  readonly url?: string
}

/** `shown`: ids of attachments and addresses of images in the HTML. */
export function referencesOf(
  attachments: Attachments,
  shown: { readonly attachments: readonly string[]; readonly images: readonly string[] },
): Reference[] {
  const known = new Set((attachments ?? []).map(({ id }) => id))
  const found = [
    ...(attachments ?? []).map(referenceOf),
    // An activity shows a shared file as an element with its id; other attachments' ids have no dashes.
    ...shown.attachments.filter((id) => !known.has(id)).map((id) => reference(guid(id), '')),
    ...shown.images.map((src) => reference(imageId(src), 'image', src)),
  ]
  const byId = new Map<string, Reference>()
  for (const each of found) if (each && !byId.has(each.file.id)) byId.set(each.file.id, each)
  return [...byId.values()]
}

/** The file's id that an attachment goes by in evidence. */
export const fileIdOf = (attachment: Attachment): string | undefined => referenceOf(attachment)?.file.id

function referenceOf(attachment: Attachment): Reference | undefined {
  const { id, contentUrl, name } = attachment
  const type = attachment.contentType ?? ''
  const content = jsonOf(attachment.content)
  const byAddress = contentUrl ? `url-${shortHash(contentUrl)}` : undefined
  if (type === 'reference') return reference(guid(id) ?? byAddress, name ?? '', contentUrl)
  if (type === 'application/vnd.microsoft.teams.file.download.info')
    return reference(guid(text(content?.uniqueId)) ?? guid(id) ?? byAddress, name ?? '', contentUrl)
  if (type.startsWith('image/') && contentUrl)
    return reference(imageId(contentUrl), name ?? 'image', contentUrl)
  return undefined
}

/** Size 0 says unknown, as does no type: Teams tells neither. */
function reference(id: string | undefined, name: string, url?: string | null): Reference | undefined {
  return id ? { file: { id, name, mime: '', size: 0 }, ...(url ? { url } : {}) } : undefined
}

/**
 * A pasted picture has no id of its own, only addresses: the media store's, the bot API's, and Graph's hosted content,
 * which spells the first in Base64. All three hold the stored object's name.
 */
export function imageId(src: string): string {
  const hosted = hostedId(src)
  const address = hosted === undefined ? src : Buffer.from(hosted, 'base64').toString('latin1')
  const object = /\b0-[a-z0-9]+-d\d+-[0-9a-f]{16,}/i.exec(address)?.[0]
  return `image-${object?.toLowerCase() ?? shortHash(hosted ?? src)}`
}

export const isPicture = (file: string): boolean => file.startsWith('image-')

const hostedId = (src: string): string | undefined => {
  const told = /\/hostedContents\/([^/?]+)/i.exec(src)?.[1]
  return told === undefined ? undefined : decoded(told)
}

/** What Graph calls the picture of this id in a message's HTML. */
export function hostedIn(html: string, file: string): string | undefined {
  const src = readHtml(html, []).images.find((each) => imageId(each) === file)
  return src === undefined ? undefined : hostedId(src)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** What the message answers to or passes on, as its first lines; only Graph tells it. */
export function quotesOf(attachments: Attachments): string[] {
  return (attachments ?? []).flatMap(({ contentType, content }) => {
    if (!/^(forwardedM|m)essageReference$/.test(contentType ?? '')) return []
    const quote = jsonOf(content)
    const words = text(quote?.messagePreview) ?? ''
    const sender = quote?.messageSender ?? quote?.originalMessageSender
    const user = isJson(sender) && isJson(sender.user) ? nameOf(text(sender.user.displayName) ?? '') : ''
    return words === '' && user === '' ? [] : [`> ${user === '' ? '' : `${user}: `}${words}`]
  })
}

const isFile = /^(text\/html|reference|(forwardedM|m)essageReference|image\/.*|.*\.file\.download\.info)$/

/** The words of cards, and that there is something else where it has none. */
export function attachedWords(attachments: Attachments): string[] {
  return (attachments ?? []).flatMap((attachment) => {
    const { contentType, name } = attachment
    if (!contentType || isFile.test(contentType)) return []
    const content = jsonOf(attachment.content)
    const words = content ? cardWords(content) : ''
    if (words !== '') return [words]
    const label = name || text(content?.name) || (contentType.split('.').at(-1) ?? contentType)
    return [`[${label.slice(0, 200)}]`]
  })
}

/** The delivery that a post of ours carries in its card. */
export function deliveryIn(attachments: Attachments): string | undefined {
  const cards = (attachments ?? []).filter(({ contentType }) => contentType === cardType)
  return cards.flatMap(({ content }) => deliveryOf(content) ?? [])[0]
}

const cardType = 'application/vnd.microsoft.card.adaptive'
