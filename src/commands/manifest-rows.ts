/** What the platforms' manifests say of the command table: a row for each word on Slack, one for each verb on Teams. */
import { commands } from './index.ts'

export const manifestRows = (words: readonly string[]) =>
  words.map((word) => ({
    command: `/${word}`,
    description: 'Run a HIPAA incident: declare, roles, checklist, decisions, deadlines',
    usageHint: usageHint(),
  }))

/** The verbs as Teams lists them, which takes only so many: what people type most first, what another verb does as well last. */
export const verbRows = () =>
  [...commands]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ verb, summary, usage }) => ({ verb, summary, usage }))

const rank = ({ short = 100, within }: (typeof commands)[number]): number => (within ? 200 : short)

const usageHint = (): string => {
  const verbs = commands
    .filter((row) => row.short !== undefined)
    .sort((a, b) => (a.short ?? 0) - (b.short ?? 0))
    .map((row) => row.verb)
  return `[${verbs.join(' | ')} | help]`.replace('help | help', 'help')
}
