/**
 * `doctor --canary`: a card is posted, edited and deleted, then a person is asked to do the same with a message; what
 * Graph shows of both and what Teams pushed is told.
 */
import type { CanaryAsked } from './arguments.ts'
import {
  graphFindings,
  ownFindings,
  personFindings,
  postedFindings,
  roomFinding,
  unheardFinding,
} from './canary-findings.ts'
import type { CanaryTools } from './canary-pushes.ts'
import { openPushes } from './canary-pushes.ts'
import { codeOf, ownTrial, personTrial } from './canary-trials.ts'
import { bad, type Finding } from './finding.ts'

export async function* canaryFindings(tools: CanaryTools, asked: CanaryAsked): AsyncGenerator<Finding> {
  const { config, on, check, isRoom, out } = tools
  const { api, team, port, grants } = check
  // A team's own conversation is its General channel.
  const channel = asked.channel ?? (team.code === undefined ? team.found.internalId : undefined)
  if (!channel) return yield bad('No canary: the incidents team cannot be read', 'mend that first')
  const info = await port.roomInfo(channel).catch(codeOf)
  const unfit = roomFinding(info, isRoom(channel))
  if (unfit || typeof info === 'string') return yield unfit!

  const opened = await openPushes(tools, channel)
  const pushes = typeof opened === 'string' ? undefined : opened
  try {
    const own = await ownTrial(api, channel, pushes)
    yield* postedFindings(own, info.name)
    if (own.message === undefined) return
    yield* graphFindings(own)
    if (typeof opened === 'string') return yield unheardFinding(opened, config.healthPort)
    yield ownFindings(own.pushed)
    out(
      `Now you: in ${info.name} of the incidents team, post a message that begins with the word canary, edit it, then delete it. You have ${asked.seconds} seconds.`,
    )
    const person = await personTrial(api, channel, opened, own.message, asked.seconds)
    yield* personFindings(person, {
      seconds: asked.seconds,
      isGranted: grants.code !== undefined || grants.found.includes('ChannelMessage.Read.Group'),
      refused: opened.refused(),
      isOfRunning: opened.isOfRunning,
      at: `${on.httpHost}:${on.httpPort}`,
    })
  } finally {
    await pushes?.stop()
  }
}
