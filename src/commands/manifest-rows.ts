/** The slash commands a platform's manifest installs: the same row under each word. */
import { commands } from './index.ts'

export const manifestRows = (words: readonly string[]) =>
  words.map((word) => ({
    command: `/${word}`,
    description: 'Run a HIPAA incident: declare, roles, checklist, decisions, deadlines',
    usageHint: usageHint(),
  }))

const usageHint = (): string => {
  const verbs = commands
    .filter((row) => row.short !== undefined)
    .sort((a, b) => (a.short ?? 0) - (b.short ?? 0))
    .map((row) => row.verb)
  return `[${verbs.join(' | ')} | help]`.replace('help | help', 'help')
}
