/** The environment → one frozen object. The only reader of `process.env`; one line for each mistake, naming the variable. */
import { z } from 'zod'
import { remindingOf, remindingShape, targetShape } from './config-reminding.ts'
import { isOnTeams, list, teamsMistakes, teamsOf, teamsShape, teamsWithoutApp } from './config-teams.ts'
import { isCalendarDate } from './domain/calendar.ts'
import { isRegime } from './domain/clock-names.ts'
import { phiModes } from './domain/phi-mode.ts'
import { GUID } from './domain/platforms.ts'
import { isZone } from './domain/zone.ts'

const word = z.string().regex(/^[a-z0-9_-]{1,31}$/, 'a command word of small letters, without the slash')
const port = z.coerce.number().int().min(0).max(65_535)
/** Slack's own commands cannot be taken over. */
const RESERVED = [
  'remind',
  'status',
  'topic',
  'invite',
  'who',
  'search',
  'me',
  'leave',
  'join',
  'open',
  'archive',
]

const shape = z.object({
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  MIGRATE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DISPOSE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('data'),
  RECORD_KEY: z.string().optional(),
  RECORD_KEY_FILE: z.string().optional(),
  CHECKPOINT_KEY: z.string().optional(),
  CHECKPOINT_KEY_FILE: z.string().optional(),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'a bot token begins with xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'an app-level token begins with xapp-').optional(),
  SLACK_SIGNING_SECRET: z.string().min(16).optional(),
  SLACK_API_URL: z.url().optional(),
  /** The workspace is covered by a business associate agreement. */
  SLACK_BAA: z.enum(['yes', 'no']).default('no'),
  SLACK_HTTP_PORT: port.default(3000),
  SLACK_HTTP_HOST: z.string().default('127.0.0.1'),
  ...teamsShape,
  COMMAND: word.default('incident'),
  /** `none`: the command alone. */
  COMMAND_ALIAS: word.default('inc'),
  ORG_ZONE: z.string().refine(isZone, 'an IANA zone such as America/New_York').optional(),
  ORG_ENTITY: z.enum(['covered_entity', 'business_associate']).default('covered_entity'),
  ORG_HOLIDAYS: z.string().optional(),
  ORG_REGIMES: z.string().optional(),
  ...targetShape,
  ...remindingShape,
  WARDROOM_ADMINS: z.string().optional(),
  ANNOUNCE_CHANNEL: z.string().optional(),
  MANAGERS_CHANNEL: z.string().optional(),
  PAGER_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  TSA_URL: z.url({ protocol: /^https?$/ }).optional(),
  TSA_CA_FILE: z.string().optional(),
  CAPTURE_FILES: z.enum(['bytes', 'hash', 'reference']).default('bytes'),
  CAPTURE_MAX_MB: z.coerce.number().positive().max(1024).default(50),
  PHI_NUDGE: z.enum(phiModes).default('nudge'),
  HEALTH_PORT: port.default(3979),
  PRACTICE_PORT: port.default(3978),
})

/** Every variable by name, for the README's table and its test. */
export const variables: readonly string[] = Object.keys(shape.shape)

export type Config = Readonly<ReturnType<typeof readConfig>>

/** Throws one `ConfigMistake` with a line a mistake. Empty variables count as unset. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env) {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = shape.safeParse(given)
  if (!parsed.success)
    throw new ConfigMistake(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  const values = parsed.data
  const isPractice = !values.SLACK_BOT_TOKEN && !isOnTeams(values)
  const regimes = list(values.ORG_REGIMES).filter((regime) => regime !== 'hipaa')
  const mistakes = [
    ...(['COMMAND', 'COMMAND_ALIAS'] as const)
      .filter((name) => RESERVED.includes(values[name]))
      .map((name) => `${name}: /${values[name]} belongs to Slack; choose another word`),
    ...(values.COMMAND === values.COMMAND_ALIAS
      ? ['COMMAND_ALIAS: is the same word as COMMAND; choose another, or none']
      : []),
    ...(['ANNOUNCE_CHANNEL', 'MANAGERS_CHANNEL'] as const)
      .filter((name) => values[name] && !/^[CG][A-Z0-9]{5,}$/.test(values[name]))
      .map((name) => `${name}: the channel’s id, which begins with C or G, not its name`),
    ...list(values.WARDROOM_ADMINS)
      .filter((id) => !/^[UW][A-Z0-9]{5,}$/.test(id) && !GUID.test(id))
      .map(
        (id) =>
          `WARDROOM_ADMINS: ${id} is no Slack member id, which begins with U or W, and no Entra object id`,
      ),
    ...(isPractice && values.NODE_ENV === 'production'
      ? [
          'SLACK_BOT_TOKEN, TEAMS_APP_ID: neither is set, and practice is refused when NODE_ENV=production; connect a platform or unset NODE_ENV',
        ]
      : []),
    ...(isOnTeams(values) ? teamsMistakes(values, values.NODE_ENV) : teamsWithoutApp(values)),
    ...(values.SLACK_BOT_TOKEN && !values.SLACK_APP_TOKEN && !values.SLACK_SIGNING_SECRET
      ? ['SLACK_APP_TOKEN: give it for Socket Mode, or SLACK_SIGNING_SECRET for HTTP']
      : []),
    ...(!isPractice && !values.ORG_ZONE
      ? ['ORG_ZONE: legal days are counted in your zone; set it, for example America/New_York']
      : []),
    ...(values.TSA_URL && /\/\/[^/]*@/.test(values.TSA_URL)
      ? ['TSA_URL: without a name and a password; an authority is asked by anybody']
      : []),
    ...(values.TSA_CA_FILE && !values.TSA_URL
      ? ['TSA_CA_FILE: the roots of which authority? Set TSA_URL too']
      : []),
    ...(values.CAPTURE_FILES === 'reference' || values.CAPTURE_MAX_MB >= 1
      ? []
      : ['CAPTURE_MAX_MB: at least 1']),
    ...list(values.ORG_HOLIDAYS)
      .filter((day) => !isCalendarDate(day))
      .map((day) => `ORG_HOLIDAYS: ${day} is not a day written YYYY-MM-DD`),
    ...regimes
      .filter((regime) => !isRegime(regime))
      .map(
        (regime) =>
          `ORG_REGIMES: ${regime} begins no clock of the table; for instance state, state.tx, part2`,
      ),
  ]
  if (mistakes.length > 0) throw new ConfigMistake(mistakes)
  return Object.freeze({
    isPractice,
    nodeEnv: values.NODE_ENV,
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL,
    migrateDatabaseUrl: values.MIGRATE_DATABASE_URL,
    disposeDatabaseUrl: values.DISPOSE_DATABASE_URL,
    dataDir: values.DATA_DIR,
    recordKey: values.RECORD_KEY,
    recordKeyFile: values.RECORD_KEY_FILE,
    checkpointKey: values.CHECKPOINT_KEY,
    checkpointKeyFile: values.CHECKPOINT_KEY_FILE,
    slack: {
      botToken: values.SLACK_BOT_TOKEN,
      appToken: values.SLACK_APP_TOKEN,
      signingSecret: values.SLACK_SIGNING_SECRET,
      apiUrl: values.SLACK_API_URL,
      httpPort: values.SLACK_HTTP_PORT,
      httpHost: values.SLACK_HTTP_HOST,
    },
    /** Undefined: not on Teams. */
    teams: isOnTeams(values) ? teamsOf(values) : undefined,
    commands: [values.COMMAND, values.COMMAND_ALIAS].filter((each) => each !== 'none'),
    orgZone: values.ORG_ZONE,
    zone: values.ORG_ZONE ?? 'America/New_York',
    entityType: values.ORG_ENTITY,
    holidays: values.ORG_HOLIDAYS === undefined ? undefined : list(values.ORG_HOLIDAYS),
    /** Besides HIPAA: beginnings of rows' ids. */
    regimes,
    targetDays: values.TARGET_DAYS,
    targets: values.TARGET_DAYS_BY_RULE,
    reminding: remindingOf(values),
    admins: list(values.WARDROOM_ADMINS).map((id) => (GUID.test(id) ? id.toLowerCase() : id)),
    announceChannels: { slack: values.ANNOUNCE_CHANNEL, teams: values.TEAMS_ANNOUNCE_CHANNEL },
    managersChannels: { slack: values.MANAGERS_CHANNEL, teams: values.TEAMS_MANAGERS_CHANNEL },
    pagerWebhook: values.PAGER_WEBHOOK_URL,
    tsaUrl: values.TSA_URL,
    tsaCaFile: values.TSA_CA_FILE,
    captureFiles: values.CAPTURE_FILES,
    captureMaxBytes: Math.floor(values.CAPTURE_MAX_MB * 1024 * 1024),
    hygiene: {
      wanted: values.PHI_NUDGE,
      isPractice,
      underBaa: [
        ...(values.SLACK_BAA === 'yes' ? ['slack'] : []),
        ...(values.TEAMS_BAA === 'yes' ? ['teams'] : []),
      ],
    },
    healthPort: values.HEALTH_PORT,
    practicePort: values.PRACTICE_PORT,
  })
}

export class ConfigMistake extends Error {
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.name = 'ConfigMistake'
    this.lines = lines
  }
}
