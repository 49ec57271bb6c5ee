/** A chat's own markup in words people wrote: mentions, channels and links, as somebody outside that chat reads them. */

const LINK = /<((?:https?|mailto|tel):[^|>]+)(?:\|([^>]*))?>/g
/** `<@U1>`, in any platform's ids, and `<@U1|name>`. */
const PERSON = /<@([\w:-]+)(?:\|[^>]*)?>/g
const CHANNEL = /<#[\w:@.-]+(?:\|([^>]*))?>/g
/** `<!here>`, `<!subteam^S1|@nurses>` */
const GROUP = /<!([a-z]+)(?:\^[\w-]+)?(?:\|([^>]*))?>/g

export const readable = (words: string, nameOf: (person: string) => string): string =>
  words
    .replace(LINK, (_, address: string, label?: string) => {
      const bare = address.replace(/^(?:mailto|tel):/, '')
      return label && label !== bare && label !== address ? `${label} (${bare})` : bare
    })
    .replace(PERSON, (_, person: string) => `@${nameOf(person)}`)
    .replace(CHANNEL, (_, name?: string) => (name ? `#${name}` : 'a channel'))
    .replace(GROUP, (_, group: string, name?: string) => name || `@${group}`)
