// Joins gathered for reading. Pure, tested by a table.

/** People who join one after another are one line, as in Slack: a room's cards stay in sight. */
export const joined = (messages) => {
  const out = []
  let run = []
  const flush = () => {
    const [first, ...others] = run
    if (first) out.push(others.length > 0 ? { ...first, text: `${first.text}. ${also(others)}` } : first)
    run = []
  }
  for (const message of messages) {
    const joins = /^(channel|group)_join$/.test(message.subtype ?? '') && message.replyCount === 0
    if (!joins || message.reactions.length > 0) flush()
    if (joins && message.reactions.length === 0) run.push(message)
    else out.push(message)
  }
  flush()
  return out
}

const also = (others) => {
  const names = others.map((message) => `<@${message.user}>`)
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return `Also ${list} joined`
}
