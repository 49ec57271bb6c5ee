/** Whom a room is open to decides what people are told to do about it: whoever was invited, or whoever is in the team. */
import { roomsOn } from '../domain/platforms.ts'
import type { Scene } from './scene.ts'

interface RoomWords {
  readonly notOpenYet: string
  readonly isOpenAgain: string
  /** About somebody who should not be in it. */
  readonly takeOut: string
  readonly untilOut: string
  readonly isPublic: string
  readonly closeAgain: string
}

const words: Readonly<Record<'invited' | 'team', RoomWords>> = {
  invited: {
    notOpenYet: 'The room is not open yet; you are invited when it is.',
    isOpenAgain: 'A new room continues the same record; the same people are invited.',
    takeOut:
      'They can read all of it. Take them out of the room if they should not; it is on the record either way.',
    untilOut: 'Stop writing until they are out of the room.',
    isPublic: 'This room was made public: anyone in the workspace can read it.',
    closeAgain: 'Stop writing here. Make it private or open a new room; the record goes on.',
  },
  team: {
    notOpenYet: 'The room is not open yet; you are called to it when it is.',
    isOpenAgain: 'A new room continues the same record; everybody in the team sees it.',
    takeOut:
      'They can read all of it. Have an owner of the team take them out of it if they should not; it is on the record either way.',
    untilOut: 'Stop writing until an owner of the team has taken them out of it.',
    isPublic:
      'The team that holds this room was made public: anyone of the organisation can join and read it.',
    closeAgain: 'Stop writing here until an owner of the team has made it private again. The record goes on.',
  },
}

export const roomWords = (state: Scene['state']): RoomWords => words[roomsOn(state.platform)]
