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

/** Teams' own codes: Slack has none of them. */
const teamsFixes: Readonly<Record<string, string>> = {
  token_refused:
    'see that TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID belong together, and that the secret has not run out.',
  team_not_found: 'TEAMS_TEAM_ID must be the Entra group id of a team of this tenant.',
}

export function whyNot(error: unknown): readonly string[] {
  if (error instanceof ConfigMistake) return error.lines
  if (error instanceof ChatError) {
    const { code } = error
    const [who, fix] = teamsFixes[code] ? ['Microsoft', teamsFixes[code]] : ['Slack', slackFixes[code]]
    return [`${who} refused the connection (${code}): ${fix ?? 'run wardroom doctor for what to mend.'}`]
  }
  if (error instanceof DatabaseFault) return [error.message]
  if (!(error instanceof Error)) return ['Wardroom could not start.']
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE')
    return [
      `Port ${port} is taken: stop what listens there, or set PRACTICE_PORT (with a platform SLACK_HTTP_PORT or TEAMS_HTTP_PORT) to another; 0 takes any free one.`,
    ]
  return [error.name === 'Error' ? error.message : (error.stack ?? error.message)]
}
