/** The verbs of `ChatPort`, on Teams. */
import { ChatError, type ChatPort } from '../port.ts'
import type { Api } from './api.ts'
import { drawings, messageLink } from './cards/drawing.ts'
import { describe, download } from './verbs/files.ts'
import { historyReader } from './verbs/history.ts'
import { openRoom } from './verbs/open-room.ts'
import { peopleLookup, teamMembers } from './verbs/people.ts'
import { chatWith, findPost, PICTURE_BYTES, post, update } from './verbs/posts.ts'
import { dress, invite, roomInfo } from './verbs/rooms.ts'

const noPrivateFiles = async (): Promise<never> => {
  throw new ChatError('unsupported', 'no_private_files')
}

export function teamsPort(api: Api): ChatPort {
  const person = peopleLookup(api)
  const draw = drawings(api, person)
  const history = historyReader(api)
  return {
    platform: 'teams',
    workspace: api.self.tenant,
    capabilities: {
      privateReply: 'one-to-one',
      readBack: true,
      readBackDirect: false,
      pins: false,
      audience: 'team',
      deletedText: false,
      reactions: 'own-posts',
      history: 'with-deletions',
      lost: ['deleted-unseen', 'deleted-text', 'versions', 'reactions-undone'],
      // A bot's file goes into the person's own OneDrive, with their consent, and no bot can take it out again.
      privateFileBytes: 0,
      pictureBytes: PICTURE_BYTES,
      home: false,
    },
    openRoom: (wanted) => openRoom(api, wanted),
    audience: () => teamMembers(api),
    invite: (_, people) => invite(api, people),
    post: (target, card, delivery) => post(api, draw, target, card, delivery),
    postPicture: (room, picture, card, delivery) => post(api, draw, { room }, card, delivery, picture),
    update: (ref, card) => update(api, draw, ref, card),
    linkTo: (at) => messageLink(api.self, at),
    findPost: (target, delivery, since) => findPost(api, target, delivery, since),
    dress: (room, nicety) => dress(api, room, nicety),
    history,
    roomInfo: (room) => roomInfo(api, room),
    person,
    describe: (file, at) => describe(api, file, at),
    download: (file, at) => download(api, file, at),
    sendFile: noPrivateFiles,
    removeFile: noPrivateFiles,
    reach: async (id) => void (await chatWith(api, id)),
    publishHome: async () => {
      throw new ChatError('unsupported', 'no_home')
    },
  }
}
