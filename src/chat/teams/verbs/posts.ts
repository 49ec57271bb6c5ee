/**
 * Posts: cards sent once, replaced in place, and found again by the delivery's id inside them. A card of several pages
 * goes on as replies under its first one; a post interrupted between its pages goes on with the next.
 */
import type { Card } from '../../../views/card.ts'
import { ChatError, type MessageRef, type OutgoingPicture, type PostTarget } from '../../port.ts'
import type { Api } from '../api.ts'
import { type AdaptiveCard, adaptiveCard, adaptivePages, type Page, pageOf } from '../cards/adaptive.ts'
import type { Draw } from '../cards/drawing.ts'
import type { Json } from '../cards/line.ts'
import type { ChatMessage } from '../reading/payload.ts'
import type { Activity } from '../wire/connector.ts'
import { chatError } from '../wire/errors.ts'
import { inRoom } from './channels.ts'
import { rowsSince } from './rows.ts'

const cardType = 'application/vnd.microsoft.card.adaptive'

/** What Teams takes is documented in three sizes: whatever it calls too large is drawn again at half. */
const budgets = [20_000, 10_000, 5000] as const

/** A post of several pages is looked for among the posts of so long. */
const resumedMs = 7 * 86_400_000

/** `picture`: over the words of the first page. */
export async function post(
  api: Api,
  draw: Draw,
  target: PostTarget,
  card: Card,
  delivery: string,
  picture?: OutgoingPicture,
): Promise<MessageRef> {
  const drawing = { ...(await draw(card)), delivery, mentions: !('person' in target) }
  const place = await placeOf(api, target)
  return fitted(async (budget) => {
    const pages = adaptivePages(card, drawing, budget)
    const done = pages.length > 1 && place.isRead ? await landedBefore(api, target, delivery) : []
    let first = done.find(({ page }) => page === 1)?.message
    for (const [at, page] of pages.entries()) {
      if (done.some((each) => each.page === at + 1 && each.of === pages.length)) continue
      const content =
        picture && at === 0 ? { ...page, body: [imageOf(picture), ...(page.body as Json[])] } : page
      if (first === undefined) first = await place.first(activityOf(card, content))
      else await place.next(first, activityOf(card, page))
    }
    return { room: place.room, message: first! }
  })
}

/**
 * The picture lies in the card itself: no file of anybody's, no address that anybody could open. What is in Base64 does
 * not count to the size of a message. A press shows it large.
 */
const imageOf = ({ png, alt }: OutgoingPicture): Json => ({
  type: 'Image',
  url: `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
  altText: alt,
  size: 'stretch',
  msTeams: { allowExpand: true },
})

/** Longer addresses are taken out of a card by whatever reads it with .NET, which takes 65,519 signs. */
export const PICTURE_BYTES = 48_000

export async function update(api: Api, draw: Draw, ref: MessageRef, card: Card): Promise<void> {
  const drawing = { ...(await draw(card)), mentions: isChannel(ref.room) }
  await fitted((budget) =>
    inRoom(api, ref.room, () =>
      api.connector.update(ref.room, ref.message, activityOf(card, adaptiveCard(card, drawing, budget))),
    ),
  )
}

/** The summary is what a phone shows. Text beside the card would make two messages and bring back no id. */
export const activityOf = (card: Card, content: AdaptiveCard): Activity => ({
  type: 'message',
  summary: card.summary,
  attachments: [{ contentType: cardType, content }],
})

export const isChannel = (room: string): boolean => room.startsWith('19:')

async function fitted<T>(send: (budget: number) => Promise<T>): Promise<T> {
  for (const budget of budgets) {
    try {
      return await send(budget)
    } catch (error) {
      const failure = chatError(error)
      if (failure.code !== 'too_large' || budget === budgets.at(-1)) throw failure
    }
  }
  throw new ChatError('refused', 'too_large')
}

interface Spot {
  readonly room: string
  readonly isRead: boolean
  first(activity: Activity): Promise<string>
  next(first: string, activity: Activity): Promise<string>
}

async function placeOf(api: Api, target: PostTarget): Promise<Spot> {
  const { connector } = api
  if ('person' in target) {
    const room = await chatWith(api, target.person)
    const send = (activity: Activity) => connector.send(room, activity)
    return { room, isRead: false, first: send, next: (_, activity) => send(activity) }
  }
  const room = 'room' in target ? target.room : target.channel
  const thread = 'room' in target ? target.thread : undefined
  const reply = (to: string, activity: Activity) =>
    inRoom(api, room, () => connector.reply(room, to, activity))
  return {
    room,
    isRead: true,
    first: (activity) =>
      thread ? reply(thread, activity) : inRoom(api, room, () => connector.start(room, activity)),
    next: (first, activity) => reply(thread ?? first, activity),
  }
}

/** The chat between bot and person; nothing is posted. Refused where the person does not have the app. */
export function chatWith(api: Api, person: string): Promise<string> {
  return api.connector.chat(api.directory.byId(person)?.member ?? person)
}

/** A minute of slack for clocks that disagree. A place the bot may not read back is `unsupported`, never "not there". */
export async function findPost(
  api: Api,
  target: PostTarget,
  delivery: string,
  since: Date,
): Promise<MessageRef | undefined> {
  const pages = await landed(api, target, delivery, new Date(since.getTime() - 60_000))
  const first = pages.find(({ page }) => page === 1)
  const isWhole = first && new Set(pages.map(({ page }) => page)).size >= first.of
  return isWhole ? { room: first.room, message: first.message } : undefined
}

type Landed = Page & MessageRef

async function landed(api: Api, target: PostTarget, delivery: string, since: Date): Promise<Landed[]> {
  if ('person' in target) throw new ChatError('unsupported', 'no_read_back')
  const room = 'room' in target ? target.room : target.channel
  const thread = 'room' in target ? target.thread : undefined
  const found: Landed[] = []
  try {
    for await (const row of rowsSince(api, room, since, 1)) {
      const page = ownPage(api, row)
      if (page?.delivery !== delivery || (thread && row.replyToId !== thread)) continue
      found.push({ ...page, room, message: row.id })
    }
  } catch (error) {
    const failure = chatError(error)
    if (failure.code === 'no_permission') throw new ChatError('unsupported', failure.code)
    throw failure
  }
  return found
}

const landedBefore = (api: Api, target: PostTarget, delivery: string): Promise<Landed[]> =>
  landed(api, target, delivery, new Date(api.now().getTime() - resumedMs)).catch((error: ChatError) => {
    if (error.failure === 'unsupported') return []
    throw error
  })

/** Anyone may paste a card that claims a delivery; only our own counts. */
function ownPage(api: Api, row: ChatMessage): Page | undefined {
  if (row.from?.application?.id?.toLowerCase() !== api.self.appId || row.deletedDateTime) return undefined
  const cards = (row.attachments ?? []).filter(({ contentType }) => contentType === cardType)
  return cards.map(({ content }) => pageOf(content)).find((page) => page !== undefined)
}
