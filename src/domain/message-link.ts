/** The address of a message, as "Copy link" gives it: which room, which message, and the first of its thread if it is a reply. */
export interface LinkedMessage {
  readonly room: string
  readonly message: string
  readonly thread: string | undefined
}

const SLACK = /\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})(?:\?[^\s|>]*?thread_ts=(\d{10}\.\d{6}))?/
const TEAMS = /\/l\/message\/([^/\s]+)\/(\d{10,16})(?:\?[^\s|>]*?parentMessageId=(\d{10,16}))?/

export function linkedMessage(words: string): LinkedMessage | undefined {
  const slack = SLACK.exec(words)
  if (slack) return { room: slack[1]!, message: `${slack[2]}.${slack[3]}`, thread: slack[4] }
  const teams = TEAMS.exec(words)
  if (!teams) return undefined
  const [, room = '', message = '', parent] = teams
  return { room: unescaped(room), message, thread: parent === message ? undefined : parent }
}

/** An address somebody broke is no address of a room. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
