/** People, remembered for a few minutes: a name changes rarely, and a guest is told apart at every look-up. */
import { ChatError, type Person } from '../port.ts'
import { remembered } from '../remembered.ts'
import type { Api } from './api.ts'
import { calling } from './errors.ts'

export const peopleLookup = (api: Api): ((id: string) => Promise<Person>) =>
  remembered(api.now, (id) => lookUp(api, id))

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
