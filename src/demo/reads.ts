/** How a scenario's words are found in what a person reads. */

/** Whether the words stand there, in this order; "…" stands for anything between, and line ends do not matter. */
export function reads(text: string, fragment: string): boolean {
  const flat = (words: string) => words.replace(/\s+/g, ' ').trim()
  const all = flat(text)
  let from = 0
  for (const part of flat(fragment).split(/\s?…\s?/)) {
    const at = all.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return true
}
