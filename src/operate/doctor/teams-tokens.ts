/** The tokens Microsoft gives the app, and what is wrong where it gives none. */
import type { TeamsCheck } from '../../chat/teams/app/check.ts'
import type { TeamsIdentity } from '../../chat/teams/wire/identity.ts'
import { bad, type Finding, good } from './finding.ts'

type AppType = TeamsIdentity['appType']

/** By Entra's own number. */
const entraFixes: Readonly<Record<string, string>> = {
  AADSTS7000215: 'copy the client secret’s value, not its id, into TEAMS_APP_PASSWORD',
  AADSTS7000222: 'the client secret has expired: make a new one in Entra and set TEAMS_APP_PASSWORD',
  AADSTS700016:
    'there is no such app in this tenant: TEAMS_APP_ID and TEAMS_TENANT_ID must be of one registration',
  AADSTS90002: 'there is no such tenant: copy TEAMS_TENANT_ID again from Entra’s overview',
  AADSTS7000112: 'the app registration is switched off: let its users sign in, in Entra',
}

export function tokenFindings(appType: AppType, check: TeamsCheck): Finding[] {
  const { bot, graph } = check.tokens
  const refused = [
    { to: 'the bot API', outcome: bot },
    { to: 'Graph', outcome: graph },
  ].flatMap(({ to, outcome }) => (outcome.code === undefined ? [] : [{ to, ...outcome }]))
  const [first] = refused
  if (!first) return [good('TEAMS_APP_ID gets its tokens for the bot API and for Graph')]
  const fix = tokenFix(appType, first, check)
  const isOne = refused.every(({ code, entra }) => code === first.code && entra === first.entra)
  const told = isOne ? [{ ...first, to: refused.map(({ to }) => to).join(' and for ') }] : refused
  return told.map(({ to, code, entra }) =>
    bad(`TEAMS_APP_ID gets no token for ${to} (${entra ?? code})`, fix),
  )
}

function tokenFix(
  appType: AppType,
  { code, entra }: { readonly code: string; readonly entra?: string | undefined },
  { tenant, hosts }: TeamsCheck,
): string {
  if (appType === 'UserAssignedMSI')
    return 'see that the managed identity is assigned to this machine, and that TEAMS_APP_ID is its client id'
  const known = entra && entraFixes[entra]
  if (known) return known
  if (tenant?.code === 'tenant_not_found') return entraFixes.AADSTS90002!
  if (tenant?.code !== undefined || code !== 'token_refused')
    return `see that this machine reaches ${hosts.login} (network, proxy)`
  return 'see that TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID are of one registration, and that the client secret has not expired'
}
