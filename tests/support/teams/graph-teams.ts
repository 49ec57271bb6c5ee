/** A team in Graph: who is in it, in pages, and what its owner consented to. */
import type { Core } from './core.ts'
import { context, memberRow } from './graph-rows.ts'
import { type Answer, type Ask, graphError } from './http.ts'
import { guid, type Team } from './state.ts'

const MOST = 999
const USUAL = 100

/** One person, or everybody in pages. */
export function members(core: Core, team: Team, { query }: Ask): Answer {
  const filter = query.get('$filter')
  const wanted = /^\(microsoft\.graph\.aadUserConversationMember\/userId eq '([^']+)'\)$/.exec(
    filter ?? '',
  )?.[1]
  if (filter !== null && wanted === undefined)
    return graphError(400, 'BadRequest', 'Filter is not supported.')
  const top = Number(query.get('$top') ?? USUAL)
  if (!Number.isInteger(top) || top < 1 || top > MOST)
    return graphError(400, 'BadRequest', `Invalid $top: at most ${MOST}.`)
  const all = [...team.members].filter((id) => wanted === undefined || id === wanted.toLowerCase())
  const from = Number(query.get('$skiptoken') ?? 0)
  const size = Math.min(top, core.pageSize)
  const next = `${core.origin()}/graph/v1.0/teams/${team.id}/members?$top=${top}&$skiptoken=${from + size}`
  const page = all.slice(from, from + size)
  return {
    status: 200,
    body: {
      '@odata.context': context('members'),
      '@odata.count': page.length,
      ...(from + size < all.length ? { '@odata.nextLink': next } : {}),
      value: page.map((id) => memberRow(core, team, id)),
    },
  }
}

export const permissionGrants = (core: Core, team: Team): Answer => ({
  status: 200,
  body: {
    '@odata.context': context('permissionGrants'),
    value: [...team.grants].map((permission) => ({
      id: guid(),
      deletedDateTime: null,
      clientAppId: core.state.appId,
      clientId: core.state.appId,
      resourceAppId: '00000003-0000-0000-c000-000000000000',
      permissionType: 'Application',
      permission,
    })),
  },
})
