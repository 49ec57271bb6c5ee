// Standard Markdown as Slack's `markdown` block takes it, parsed into the same tree as mrkdwn.js plus
// {type:'heading', level, children}, {type:'table', rows}, {type:'rule'}. Pure; only the simple forms.

const INLINE = [
  [/^\*\*(?=\S)([\s\S]*?\S)\*\*/, (m) => ({ type: 'bold', children: inline(m[1]) })],
  [/^__(?=\S)([\s\S]*?\S)__/, (m) => ({ type: 'bold', children: inline(m[1]) })],
  [/^~~(?=\S)([\s\S]*?\S)~~/, (m) => ({ type: 'strike', children: inline(m[1]) })],
  [/^\*(?=\S)([^*\n]*?\S)\*/, (m) => ({ type: 'italic', children: inline(m[1]) })],
  [/^_(?=\S)([^_\n]*?\S)_(?!\w)/, (m) => ({ type: 'italic', children: inline(m[1]) })],
  [/^`([^`\n]+)`/, (m) => ({ type: 'code', text: m[1] })],
  [/^!\[([^\]\n]*)\]\([^)\s]*\)/, (m) => ({ type: 'text', text: `[image: ${m[1]}]` })],
  [/^\[([^\]\n]+)\]\(([^)\s]+)\)/, (m) => ({ type: 'link', url: m[2], children: inline(m[1]) })],
  [/^https?:\/\/[^\s<>)]+/, (m) => ({ type: 'link', url: m[0], children: [{ type: 'text', text: m[0] }] })],
  [/^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/, (m) => ({ type: 'user', id: m[1], label: '' })],
  [/^<#([CDG][A-Z0-9]+)(?:\|[^>]*)?>/, (m) => ({ type: 'channel', id: m[1], label: '' })],
  [/^:([a-z0-9_+'-]+):/, (m) => ({ type: 'emoji', name: m[1] })],
  [/^\\([\\`*_{}[\]()#+.!~|>-])/, (m) => ({ type: 'text', text: m[1] })],
  [/^\n/, () => ({ type: 'break' })],
]

export const inline = (source) => {
  const nodes = []
  let plain = ''
  const flush = () => {
    if (plain) nodes.push({ type: 'text', text: plain })
    plain = ''
  }
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at)
    const hit = /[*_~`![<:\\\nh]/.test(source[at]) ? firstMatch(rest) : null
    if (hit) {
      flush()
      nodes.push(hit.node)
      at += hit.length
    } else plain += source[at++]
  }
  flush()
  return nodes
}

const firstMatch = (rest) => {
  for (const [pattern, make] of INLINE) {
    const found = pattern.exec(rest)
    if (found) return { node: make(found), length: found[0].length }
  }
  return null
}

const cells = (line) =>
  line
    .replace(/^\s*\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => inline(cell.trim()))

const isTableRule = (line) =>
  line !== undefined && /^\s*\|?[\s:|-]+\|?\s*$/.test(line) && line.includes('-') && line.includes('|')

/** Each reader takes as many lines as it understands: returns [node, lines taken] or null. */
const READERS = [
  (lines) => {
    if (!/^```/.test(lines[0])) return null
    const end = lines.findIndex((line, index) => index > 0 && /^```/.test(line))
    const last = end < 0 ? lines.length : end
    return [{ type: 'pre', text: lines.slice(1, last).join('\n') }, last + 1]
  },
  (lines) => {
    const found = /^(#{1,6})\s+(.*?)\s*#*$/.exec(lines[0])
    return found && [{ type: 'heading', level: found[1].length, children: inline(found[2]) }, 1]
  },
  (lines) => (/^\s*([-*_])(\s*\1){2,}\s*$/.test(lines[0]) ? [{ type: 'rule' }, 1] : null),
  (lines) => {
    if (!lines[0].includes('|') || !isTableRule(lines[1])) return null
    const count = run(lines, (line, index) => index < 2 || line.includes('|'))
    return [{ type: 'table', rows: [cells(lines[0]), ...lines.slice(2, count).map(cells)] }, count]
  },
  (lines) => {
    const count = run(lines, (line) => /^\s*>/.test(line))
    return count
      ? [
          {
            type: 'quote',
            children: inline(
              lines
                .slice(0, count)
                .map((l) => l.replace(/^\s*>\s?/, ''))
                .join('\n'),
            ),
          },
          count,
        ]
      : null
  },
  (lines) => list(lines, /^\s*[-*+]\s+(?:\[([ xX])\]\s+)?/, false),
  (lines) => list(lines, /^\s*\d{1,3}[.)]\s+/, true),
]

const list = (lines, mark, ordered) => {
  const count = run(lines, (line) => mark.test(line))
  if (!count) return null
  const items = lines.slice(0, count).map((line) => {
    const box = mark.exec(line)[1]
    const rest = inline(line.replace(mark, ''))
    return box === undefined ? rest : [{ type: 'text', text: box === ' ' ? '○ ' : '✓ ' }, ...rest]
  })
  return [{ type: 'list', ordered, start: ordered ? Number.parseInt(lines[0], 10) : 1, items }, count]
}

const run = (lines, fits) => {
  const stop = lines.findIndex((line, index) => !fits(line, index))
  return stop < 0 ? lines.length : stop
}

const block = (lines) => {
  for (const read of READERS) {
    const found = read(lines)
    if (found) return found
  }
  return null
}

export const parseMarkdown = (source) => {
  const out = []
  let paragraph = []
  const flush = () => {
    if (paragraph.length > 0) out.push({ type: 'paragraph', children: inline(paragraph.join('\n')) })
    paragraph = []
  }
  for (let lines = source.split('\n'); lines.length > 0; ) {
    const found = lines[0].trim() === '' ? null : block(lines)
    if (found) {
      flush()
      out.push(found[0])
      lines = lines.slice(found[1])
      continue
    }
    if (lines[0].trim() === '') flush()
    else paragraph.push(lines[0])
    lines = lines.slice(1)
  }
  flush()
  return out
}
