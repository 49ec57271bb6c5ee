/** A stage on the local Teams: the real adapter under real tokens, and limits that are waited for in no time. */
import { raiseStage, type Stage, type StageOptions } from '../../../src/demo/stage.ts'
import { defaultPeople } from '../../../src/practice/people.ts'
import { practiceRoster } from '../../../src/practice/roster.ts'
import { identityOf, seamsOf } from '../../chat/teams/connected.ts'
import { type LocalTeams, startLocalTeams } from './local.ts'
import { localPeople, localPerson } from './people.ts'
import { teamsWorld } from './world.ts'

export interface TeamsStage extends Stage {
  readonly local: LocalTeams
}

/** The bot met her as it started; then she left, account and all. */
const stranger = localPerson('ines', 'Ines Novak', 'Leaves today')

export async function raiseTeamsStage(options: StageOptions): Promise<TeamsStage> {
  const local = await startLocalTeams({
    now: options.clock.now,
    retryScale: 0.001,
    people: [...localPeople, stranger],
  })
  const stage = await raiseStage(options, {
    at: {
      teams: {
        identity: identityOf(local),
        team: local.teamId,
        teams: [local.hospitalTeamId],
        httpHost: '127.0.0.1',
        httpPort: 0,
        anonymous: false,
        seams: seamsOf(local),
      },
    },
    world: teamsWorld(local, stranger),
    roster: practiceRoster.map((line) => ({
      ...line,
      holder: sameOnTeams(line.holder),
      ...(line.deputy ? { deputy: sameOnTeams(line.deputy) } : {}),
    })),
    found({ chats }) {
      local.setBot(`http://127.0.0.1:${chats[0]?.current()?.httpPort}/api/messages`)
      for (const team of [local.teamId, local.hospitalTeamId]) local.admin.removeFromTeam(team, stranger.id)
    },
    close: local.close,
  })
  return { ...stage, local }
}

/** The practice workspace's people work here too, under other ids. */
function sameOnTeams(id: string): string {
  const name = defaultPeople.find((each) => each.id === id)?.name
  const person = localPeople.find((each) => each.name === name)
  if (!person) throw new Error(`nobody ${id} works at the local hospital`)
  return person.id
}
