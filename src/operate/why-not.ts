/** Why the start was refused, in one line each, with what to do. A fault of the program keeps its stack. */
import { ChatError } from '../chat/port.ts'
import { ConfigMistake } from '../config.ts'
import { DatabaseFault } from '../store/fault.ts'

const slackFixes: Readonly<Record<string, string>> = {
  invalid_auth: 'copy SLACK_BOT_TOKEN and SLACK_APP_TOKEN again from the app’s settings.',
  token_revoked: 'reinstall the app and give the new token.',
  account_inactive: 'install the app again.',
  not_a_bot_token: 'SLACK_BOT_TOKEN must be the Bot User OAuth Token.',
  not_allowed_token_type: 'SLACK_APP_TOKEN must be an app-level token with connections:write.',
  missing_scope: 'reinstall the app from manifest/slack-socket.json.',
}

export function whyNot(error: unknown): readonly string[] {
  if (error instanceof ConfigMistake) return error.lines
  if (error instanceof ChatError)
    return [
      `Slack refused the connection (${error.code}): ${slackFixes[error.code] ?? 'run wardroom doctor for what to mend.'}`,
    ]
  if (error instanceof DatabaseFault) return [error.message]
  if (!(error instanceof Error)) return ['Wardroom could not start.']
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE')
    return [
      `Port ${port} is taken: stop what listens there, or set PRACTICE_PORT (SLACK_HTTP_PORT with a platform) to another; 0 takes any free one.`,
    ]
  return [error.name === 'Error' ? error.message : (error.stack ?? error.message)]
}
