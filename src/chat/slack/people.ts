/** People, remembered for a few minutes: a name changes rarely, and a guest is told apart at every look-up. */
import { ChatError, type Person } from '../port.ts'
import type { Api } from './api.ts'
import { calling } from './errors.ts'

const rememberedMs = 5 * 60_000
const rememberedPeople = 5000

export function peopleLookup(api: Api): (id: string) => Promise<Person> {
  const known = new Map<string, { person: Person; at: number }>()
  return async (id) => {
    const now = api.now().getTime()
    const hit = known.get(id)
    if (hit && now - hit.at >= 0 && now - hit.at < rememberedMs) return hit.person
    const person = await lookUp(api, id)
    if (known.size >= rememberedPeople) known.clear()
    known.set(id, { person, at: now })
    return person
  }
}

async function lookUp(api: Api, id: string): Promise<Person> {
  const { user } = await calling(() => api.read.users.info({ user: id }))
  if (!user) throw new ChatError('gone', 'user_not_found')
  const { profile } = user as { profile?: { display_name?: string; real_name?: string } }
  const stranger = (user as { is_stranger?: boolean }).is_stranger
  return {
    id: user.id ?? id,
    // The record names people as their badge does, not by the handle they chose.
    name: profile?.real_name || user.real_name || profile?.display_name || user.name || id,
    kind: user.is_bot || id === 'USLACKBOT' ? 'bot' : 'human',
    guest: Boolean(user.is_restricted || user.is_ultra_restricted || stranger),
    deactivated: Boolean(user.deleted),
  }
}
