/**
 * The Teams app manifest 1.29, from the command table. Permissions are resource-specific: a team's owner grants them for
 * that team alone, and each is one the adapter uses. Nothing is asked for the tenant.
 */
export interface VerbRow {
  readonly verb: string
  readonly summary: string
  readonly usage: string
}

export interface TeamsManifestInput {
  /** The app registration's id: of the app, its bot and its permissions alike. */
  readonly appId: string
  /** Raised with every change, or Teams keeps the installed one. */
  readonly version: string
  readonly verbs: readonly VerbRow[]
}

/** Stands in the kept manifest; the package is made with the real one. */
export const NO_APP_ID = '00000000-0000-0000-0000-000000000000'

/** Permission → what we need it for. */
export const permissions: Readonly<Record<string, string>> = {
  'Channel.Create.Group': 'makes the room of an incident',
  'ChannelMessage.Read.Group':
    'hears every message of the team without a mention, and reads back what was missed',
  'ChannelSettings.ReadWrite.Group': 'finds a room again, and sets its description',
  'TeamMember.Read.Group': 'who sees the rooms, and who of them is a guest',
  'TeamSettings.Read.Group': 'whether the team is private',
  'TeamsAppInstallation.Read.Group': 'doctor: which of these permissions were granted',
}

/** Forms that open from the compose box, from slash, or on a message. Ids are what requests.ts reads. */
export const extensions = [
  {
    id: 'declare',
    title: 'Declare incident',
    description: 'Opens the form that declares an incident',
    context: ['compose', 'commandBox'],
    triggers: ['slash'],
  },
  {
    id: 'declare_from_message',
    title: 'Declare from message',
    description: 'Declares an incident with this message as its first entry',
    context: ['message'],
  },
  {
    id: 'record_decision',
    title: 'Record as decision',
    description: 'Puts this message on the record as a decision',
    context: ['message'],
  },
  {
    id: 'record_evidence',
    title: 'Record as evidence',
    description: 'Marks this message as key evidence',
    context: ['message'],
  },
  {
    id: 'mark_privileged',
    title: 'Mark as privileged',
    description: 'Counsel: keeps its content out of what is exported',
    context: ['message'],
  },
] as const

/** Teams shows three lists of twelve at most; every verb can be typed, listed or not. */
const LISTS = 3
const A_LIST = 12

export function teamsManifest({ appId, version, verbs }: TeamsManifestInput): Record<string, unknown> {
  const site = 'https://wardroom.example.org'
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.29/MicrosoftTeams.schema.json',
    manifestVersion: '1.29',
    version,
    id: appId,
    developer: {
      name: 'Wardroom',
      websiteUrl: site,
      privacyUrl: `${site}/privacy`,
      termsOfUseUrl: `${site}/terms`,
    },
    name: { short: 'Wardroom', full: 'Wardroom: HIPAA incidents' },
    description: {
      short: 'Runs HIPAA incidents from detection to closure',
      full: 'One room for each incident, with roles, a checklist for each phase, decisions with their reasons, a record of everything said, and a countdown to every notification deadline. Everything said in the rooms of the incidents team is recorded.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1f3a4d',
    defaultInstallScope: 'team',
    defaultGroupCapability: { team: 'bot' },
    bots: [
      {
        botId: appId,
        scopes: ['team', 'personal'],
        supportsTargetedMessages: true,
        supportsFiles: false,
        commandLists: lists(verbs).map((commands) => ({
          scopes: ['team', 'personal'],
          triggers: ['mention', 'slash'],
          commands,
        })),
      },
    ],
    composeExtensions: [
      {
        botId: appId,
        commands: extensions.map((each) => ({ ...each, type: 'action', fetchTask: true })),
      },
    ],
    permissions: ['identity', 'messageTeamMembers'],
    webApplicationInfo: { id: appId, resource: 'https://graph.microsoft.com' },
    authorization: {
      permissions: {
        resourceSpecific: Object.keys(permissions).map((name) => ({ name, type: 'Application' })),
      },
    },
  }
}

function lists(verbs: readonly VerbRow[]) {
  const rows = verbs.map(({ verb, summary }) => ({ title: verb, description: summary }))
  return Array.from({ length: LISTS }, (_, at) => rows.slice(at * A_LIST, (at + 1) * A_LIST)).filter(
    (list) => list.length > 0,
  )
}

export const manifestText = (input: TeamsManifestInput): string =>
  `${JSON.stringify(teamsManifest(input), null, 2)}\n`
