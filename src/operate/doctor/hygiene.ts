/** Whether each platform is declared to be under a business associate agreement, and what becomes of PHI in its chat. */
import type { Config } from '../../config.ts'
import { isUnderBaa, phiModeOn } from '../../domain/phi-mode.ts'
import { platformName } from '../../domain/platforms.ts'
import { type Finding, good, warn } from './finding.ts'

export function hygieneFindings(
  { hygiene }: Pick<Config, 'hygiene'>,
  platforms: readonly string[],
): Finding[] {
  if (hygiene.isPractice) return []
  return platforms.map((platform) => {
    const name = platformName(platform)
    if (!isUnderBaa(hygiene, platform)) return warn(notUnderBaa(platform), whatToDo(platform))
    if (hygiene.wanted === 'off')
      return warn(
        `${name} is under a business associate agreement, and nobody is nudged about PHI there`,
        'set PHI_NUDGE=nudge unless something else watches the chat',
      )
    return good(
      `${name} is declared to be under a business associate agreement; PHI_NUDGE is ${phiModeOn(hygiene, platform)}`,
    )
  })
}

const notUnderBaa = (platform: string): string =>
  `${platformName(platform)} is not declared to be under a business associate agreement: PHI_NUDGE is strict there`

const whatToDo = (platform: string): string =>
  `once the agreement is signed set ${platform.toUpperCase()}_BAA=yes; until then no patient information may stand in that chat`

/** Said at each start, a line a platform. */
export const hygieneLines = ({ hygiene }: Pick<Config, 'hygiene'>, platforms: readonly string[]): string[] =>
  platforms
    .filter((platform) => !isUnderBaa(hygiene, platform))
    .map((platform) => `${notUnderBaa(platform)}. ${whatToDo(platform).replace(/^o/, 'O')}.`)
