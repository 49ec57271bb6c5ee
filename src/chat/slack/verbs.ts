/** The verbs of `ChatPort`, on Slack. */
import type { ChatPort } from '../port.ts'
import type { Api } from './api.ts'
import { download } from './files.ts'
import { history } from './history.ts'
import { historyPace } from './history-pace.ts'
import { peopleLookup } from './people.ts'
import { permalink } from './permalink.ts'
import { postPicture } from './picture.ts'
import { directRoom, findPost, post, publishHome, update } from './posts.ts'
import { dress, invite, openRoom, roomInfo } from './rooms.ts'
import { LARGEST, removeFile, sendFile } from './send-file.ts'

export function slackPort(api: Api): ChatPort {
  const pace = historyPace(api.now)
  return {
    platform: 'slack',
    workspace: api.self.workspace,
    capabilities: {
      privateReply: 'in-room',
      readBack: true,
      readBackDirect: true,
      pins: true,
      audience: 'invited',
      deletedText: true,
      reactions: 'all',
      history: 'what-stands',
      lost: ['deleted-unseen', 'who-deleted', 'versions', 'reactions-undone'],
      privateFileBytes: LARGEST,
      pictureBytes: LARGEST,
      home: true,
    },
    openRoom: (wanted) => openRoom(api, wanted),
    invite: (room, people) => invite(api, room, people),
    post: (target, card, delivery) => post(api, target, card, delivery),
    postPicture: (room, picture, card, delivery) => postPicture(api, room, picture, card, delivery),
    update: (ref, card) => update(api, ref, card),
    linkTo: (at) => permalink(api.home, at),
    findPost: (target, delivery, since) => findPost(api, target, delivery, since),
    dress: (room, nicety) => dress(api, room, nicety),
    history: (room, wish) => history(api, pace, room, wish),
    roomInfo: (room) => roomInfo(api, room),
    person: peopleLookup(api),
    audience: async () => [],
    sendFile: (person, file, since) => sendFile(api, person, file, since),
    removeFile: (ref) => removeFile(api, ref),
    reach: async (person) => void (await directRoom(api, person)),
    describe: async (file) => file,
    download: (file) => download(api, file),
    publishHome: (person, card) => publishHome(api, person, card),
  }
}
