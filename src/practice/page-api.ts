// The contract between the browser page (src/practice/page) and the practice server. Types only.
// Every request is same-origin: Host and Origin must be loopback, and a POST must be `content-type: application/json`.
// `as` is the id of the person whom the page plays. Blocks and views are Slack's own Block Kit JSON, as the bot sent them.
//
//   GET  /                                       the page          GET /page/*   its files
//   GET  /practice/state?as=                     PageState
//   GET  /practice/messages?channel=&thread=&as= PageMessages      (thread: ts of the parent, optional)
//   GET  /practice/file?id=&as=                  the file's bytes
//   GET  /practice/events?as=                    text/event-stream; each `data:` line is one PageEvent
//   POST /practice/act                           Act -> ActAnswer
//   GET  /practice/clock                         ClockAnswer
//   POST /practice/clock                         ClockMove -> ClockAnswer
//   POST /practice/reset                         {} -> ActAnswer   (workspace as on the first day)
// Anything refused answers `{ok: false, error}` with a sentence to show, at HTTP 200; a hostile request answers 403.

// biome-ignore lint/suspicious/noExplicitAny: Block Kit JSON is open; blocks-check.ts is what checks it
export type Json = Record<string, any>

export type PagePerson = {
  id: string
  /** handle, what `@` completes to */
  name: string
  realName: string
  title: string
  isBot: boolean
  isGuest: boolean
  /** who is not a member of this workspace's people (the bot) has none */
  tz: string
}

export type PageChannel = {
  id: string
  /** without `#`; for a direct message the other person's real name */
  name: string
  kind: 'public' | 'private' | 'dm'
  /** dm only: the other person */
  with: string | null
  topic: string
  purpose: string
  members: string[]
  /** public channels are listed to everybody; false = offer "join" */
  isMember: boolean
  isArchived: boolean
  unread: number
  /** unread messages that mention me, and all unread direct messages */
  mentions: number
  bookmarks: { id: string; title: string; link: string; emoji: string }[]
  pins: string[]
}

export type PageCommand = { command: string; description: string; usageHint: string }
export type PageShortcut = { name: string; callbackId: string; description: string }

/** A modal or home view. `view` is Slack's view object (title, blocks, submit, close, state, private_metadata stays out). */
export type PageView = { id: string; hash: string; view: Json }

export type PageState = {
  notice: 'Practice, nothing here is real'
  team: { id: string; name: string }
  me: PagePerson
  people: PagePerson[]
  bot: { userId: string; name: string; online: boolean }
  channels: PageChannel[]
  dms: PageChannel[]
  commands: PageCommand[]
  globalShortcuts: PageShortcut[]
  messageShortcuts: PageShortcut[]
  home: PageView | null
  /** open modals, bottom first: show the last */
  modals: PageView[]
  clock: ClockAnswer
}

export type PageFile = {
  id: string
  name: string
  title: string
  mimetype: string
  size: number
  /** What whoever shared a picture says it shows. */
  alt: string
  url: string
}

export type PageMessage = {
  ts: string
  /** set on replies and on parents that have replies (then it equals ts) */
  threadTs: string | null
  /** author's id; the bot's user id for its posts */
  user: string
  author: string
  isBot: boolean
  text: string
  blocks: Json[]
  files: PageFile[]
  reactions: { name: string; users: string[] }[]
  subtype: string | null
  editedTs: string | null
  /** a parent that was deleted while it has replies */
  isTombstone: boolean
  isPinned: boolean
  /** shown to `as` only; gone after a restart */
  isEphemeral: boolean
  /** my own, so I may edit and delete it */
  isMine: boolean
  replyCount: number
  replyUsers: string[]
  latestReply: string | null
}

export type PageMessages = {
  channel: PageChannel
  /** oldest first; without `thread`: the channel's own messages (replies only when broadcast); with it: parent, then replies */
  messages: PageMessage[]
  /** ts up to which I have read */
  lastRead: string
}

/** What a person put into an element: option values, user or channel ids, `YYYY-MM-DD`, `HH:MM`, Unix seconds, text; file ids. */
export type Picked = string | string[] | number | null
/** By block id, then action id. The server turns it into Slack's `state.values` by each element's type. */
export type PickedValues = Record<string, Record<string, Picked>>

export type Act = { as: string } & (
  | { do: 'post'; channel: string; text: string; thread?: string; broadcast?: boolean }
  | { do: 'edit'; channel: string; ts: string; text: string }
  | { do: 'delete'; channel: string; ts: string }
  | { do: 'react' | 'unreact'; channel: string; ts: string; name: string }
  | { do: 'pin' | 'unpin'; channel: string; ts: string }
  /** `text` is the whole line, `/incident note hello`; `@name` and `#name` in it are resolved by the server */
  | { do: 'command'; channel: string; text: string; thread?: string }
  /** a button needs no `picked`; `values` is everything else filled in on that surface */
  | {
      do: 'action'
      on: { channel: string; ts: string } | { view: string }
      blockId: string
      actionId: string
      picked?: Picked
      values?: PickedValues
    }
  | { do: 'messageShortcut'; callbackId: string; channel: string; ts: string }
  | { do: 'globalShortcut'; callbackId: string }
  | { do: 'submit'; view: string; values: PickedValues }
  /** `all` closes the whole stack */
  | { do: 'close'; view: string; all?: boolean }
  | { do: 'openHome'; tab?: 'home' | 'messages' }
  | { do: 'openDm'; with: string }
  | { do: 'upload'; channel: string; thread?: string; name: string; base64: string; text?: string }
  /** For a form's `file_input`; its `picked` is the ids answered. */
  | { do: 'attach'; name: string; base64: string }
  | { do: 'markRead'; channel: string; ts: string }
  | { do: 'join' | 'leave'; channel: string }
  | { do: 'createChannel'; name: string; isPrivate: boolean }
  | { do: 'invite'; channel: string; users: string[] }
  | { do: 'archive' | 'unarchive'; channel: string }
  | { do: 'dismiss'; channel: string; ts: string }
)

export type ActAnswer =
  /** `errors`: a submitted view's messages by block id (the view stays open) */
  | { ok: true; channel?: string; ts?: string; file?: string; errors?: Record<string, string> }
  | { ok: false; error: string }

export type ClockMove = { to: 'hour' | 'day' | 'next' }
export type ClockAnswer = {
  /** ISO instant, the practice clock */
  now: string
  /** false: there was nothing to move to, or the clock cannot be moved here */
  moved: boolean
  canMove: boolean
  note: string | null
}

/** What changed for `as`. Re-read the named thing; nothing in an event is needed beyond its fields. */
export type PageEvent =
  | { kind: 'state' }
  | { kind: 'messages'; channel: string; thread: string | null }
  | { kind: 'ephemeral'; channel: string; message: PageMessage }
  | { kind: 'modals'; modals: PageView[]; errors: Record<string, string> | null }
  | { kind: 'home'; home: PageView | null }
  | { kind: 'toast'; tone: 'info' | 'error'; text: string }
  | { kind: 'clock'; clock: ClockAnswer }
  | { kind: 'reset' }
