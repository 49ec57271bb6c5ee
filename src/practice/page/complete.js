// What a composer may complete at the cursor: commands, their verbs, people, channels. Pure, tested by a table.

/** Verbs written in a usage hint such as `[declare|list|status]` or `declare, note <text> · close`. */
export const verbsOf = (usageHint) => {
  const words = usageHint.match(/(?<![@<#\w-])[a-z][a-z-]*(?=\s*(?:[|,·\]/]|$|<|\[|…|\.\.\.))/g) ?? []
  const inAngles = new Set(
    (usageHint.match(/<[^>]*>/g) ?? []).flatMap((part) => part.match(/[a-z][a-z-]*/g) ?? []),
  )
  return [...new Set(words)].filter((word) => !inAngles.has(word))
}

const matches = (query, ...names) => {
  const wanted = query.toLowerCase()
  return names.some((name) =>
    [name, ...name.split(/[\s._-]+/)].some((part) => part.toLowerCase().startsWith(wanted)),
  )
}

const LIMIT = 8

/**
 * @param {string} text  what is typed
 * @param {number} cursor
 * @param {{commands: object[], people: object[], channels: object[]}} known
 * @returns {{from: number, options: {insert: string, label: string, hint: string}[], hint: string | null}}
 */
export const completeAt = (text, cursor, { commands, people, channels }) => {
  const before = text.slice(0, cursor)
  const slash = /^\/(\S*)$/.exec(before)
  if (slash) {
    const options = commands
      .filter((c) => matches(slash[1], c.command.slice(1)))
      .map((c) => ({ insert: `${c.command} `, label: `${c.command} ${c.usageHint}`, hint: c.description }))
    return { from: 0, options: options.slice(0, LIMIT), hint: null }
  }
  const command = commands.find((c) => before.startsWith(`${c.command} `))
  const hint = command ? `${command.command} ${command.usageHint}` : null
  const mention = /(?:^|[\s(])([@#])([\p{L}\p{N}._-]*)$/u.exec(before)
  if (mention) {
    const [, mark, query] = mention
    const from = cursor - query.length - 1
    const found =
      mark === '@'
        ? people
            .filter((p) => matches(query, p.name, p.realName))
            .map((p) => ({
              insert: `@${p.name} `,
              label: p.realName,
              hint: [`@${p.name}`, p.title].filter(Boolean).join(' · '),
            }))
        : channels
            .filter((c) => matches(query, c.name))
            .map((c) => ({
              insert: `#${c.name} `,
              label: `#${c.name}`,
              hint: c.kind === 'private' ? 'private' : '',
            }))
    // A handle typed to its end is finished: Enter must send, not complete.
    const done = found.some(
      (option) => option.insert.trim().toLowerCase() === `${mark}${query}`.toLowerCase(),
    )
    return { from, options: done ? [] : found.slice(0, LIMIT), hint }
  }
  const verb = command
    ? new RegExp(`^${command.command.replace(/[/\\^$*+?.()|[\]{}]/g, '\\$&')} ([a-z-]*)$`).exec(before)
    : null
  if (verb) {
    const options = verbsOf(command.usageHint)
      .filter((word) => word.startsWith(verb[1]) && word !== verb[1])
      .map((word) => ({ insert: `${word} `, label: word, hint: '' }))
    return { from: cursor - verb[1].length, options, hint }
  }
  return { from: cursor, options: [], hint }
}
