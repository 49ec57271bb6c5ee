/** The database: reachable, migrated, opened with the right key, and what its logins could do to the record. */
import type { Config } from '../../config.ts'
import { type Inspected, knownMigrations, type Login } from '../../store/inspect.ts'
import { bad, type Finding, good, length, skew, warn } from './finding.ts'

/** gen_random_uuid() came with this one. */
const POSTGRES_AT_LEAST = 13
const OLD_SECONDS = 15 * 60
const DATABASE_SKEW_MS = 2_000

export interface Seen {
  readonly inspected: Inspected
  /** As the owner's login sees it, where the application's may not look. */
  readonly migrated: number | undefined
  /** This machine's clock at the moment of the look. */
  readonly at: Date
}

export function databaseFindings(config: Config, { inspected, migrated, at }: Seen): Finding[] {
  const embedded = config.databaseUrl === undefined
  const { version, versionText, login } = inspected
  return [
    embedded
      ? warn(
          'Embedded database: one process, one disk; whoever holds the disk holds the record',
          'set DATABASE_URL for replicas, roles and backups while running',
        )
      : version < POSTGRES_AT_LEAST * 10_000
        ? bad(`Postgres ${versionText} is too old`, `use Postgres ${POSTGRES_AT_LEAST} or later`)
        : good(`Postgres ${versionText} is reachable`),
    migrationFinding(migrated),
    ...(login && !embedded ? loginFindings(config, login) : []),
    skew('The database’s clock', inspected.at.getTime() - at.getTime(), DATABASE_SKEW_MS),
  ]
}

function migrationFinding(migrated: number | undefined): Finding {
  const known = knownMigrations()
  if (migrated === undefined)
    return warn(
      'This login may not see which migrations ran',
      'set MIGRATE_DATABASE_URL too, so that the owner’s login can look',
    )
  if (migrated > known)
    return bad(
      'The database was migrated by a newer Wardroom',
      'run that version, or a later one; an older one must not write here',
    )
  if (migrated < known)
    return warn(
      `The database has ${migrated} of ${known} migrations`,
      'back it up, then start Wardroom: the start migrates',
    )
  return good(`The database is migrated (${known} of ${known})`)
}

export function loginFindings(config: Config, login: Login): Finding[] {
  const { user, superuser, owner, mayChange, mayWrite, mayDispose } = login
  const grant = `as the owner: grant wardroom_app to "${user}"`
  if (superuser)
    return [
      warn(
        `The application’s login ${user} is a superuser: nothing in the database stops it`,
        'make a login that is only a member of wardroom_app (README, Postgres)',
      ),
    ]
  if (!mayWrite) return [bad(`The application’s login ${user} may not write the record`, grant)]
  if (owner)
    return [
      warn(
        `One login for all: ${user} owns the record, so the database’s roles guard accidents only`,
        'give the owner’s login as MIGRATE_DATABASE_URL and a member of wardroom_app as DATABASE_URL (README, Postgres)',
      ),
    ]
  const findings = [
    mayChange
      ? warn(
          `The application’s login ${user} has a right to change or delete entries (the triggers refuse it still)`,
          `as the owner: revoke update, delete, truncate on entry from "${user}"`,
        )
      : good(`The application’s login ${user} can add entries and change none`),
  ]
  if (mayDispose)
    findings.push(
      warn(
        `The application’s login ${user} may delete what is sealed, which only a disposal should`,
        `as the owner: revoke wardroom_disposal from "${user}", and give DISPOSE_DATABASE_URL a login of its own`,
      ),
    )
  if (config.migrateDatabaseUrl === undefined)
    findings.push(
      warn('MIGRATE_DATABASE_URL is not set', 'give the owner’s login, or the next upgrade cannot migrate'),
    )
  return findings
}

/** Of the login that only `wardroom dispose` uses. */
export function disposalFinding({ user, mayWrite, mayDispose }: Login): Finding {
  if (mayWrite && mayDispose) return good(`The login of disposals, ${user}, may carry out what was approved`)
  return bad(
    `The login of disposals, ${user}, may not carry out a disposal`,
    `as the owner: grant wardroom_app, wardroom_disposal to "${user}"`,
  )
}

/** What is in it. Counts only. */
export function contentFindings(
  config: Config,
  contents: NonNullable<Inspected['contents']>,
  fingerprint: string | undefined,
): Finding[] {
  const { configured } = contents.organisation
  const findings: Finding[] = []
  if (fingerprint && contents.fingerprint && contents.fingerprint !== fingerprint)
    findings.push(
      bad(
        `The record was written under key ${contents.fingerprint}, and ${fingerprint} is given`,
        'give the key whose fingerprint is the first: the start is refused with any other',
      ),
    )
  else if (fingerprint && contents.fingerprint)
    findings.push(good('The record key is the one this database was made with'))
  if (config.orgZone === undefined)
    findings.push(
      warn(
        `ORG_ZONE is not set: days are counted in ${config.zone}`,
        'set it to your own, for example America/Chicago',
      ),
    )
  else if (configured && configured.zone !== config.orgZone)
    findings.push(
      warn(
        `ORG_ZONE is ${config.orgZone}; the record counts in ${configured.zone}`,
        'the next start puts the change on the record; open incidents keep the zone they were declared with',
      ),
    )
  else findings.push(good(`Legal days are counted in ${config.zone}`))
  findings.push(outboxFinding(contents))
  if (contents.quarantined > 0)
    findings.push(
      warn(
        `Quarantine: ${contents.quarantined} payload${contents.quarantined === 1 ? '' : 's'} nobody could read, sealed, kept 30 days`,
        'upgrade Wardroom; if they go on coming, report it',
      ),
    )
  else findings.push(good('Quarantine is empty'))
  return findings
}

/** Any other than the last signs nothing, and the start refuses it. Before the first start there is none. */
export function checkpointKeyInUse(
  { checkpointKeys }: Pick<NonNullable<Inspected['contents']>, 'checkpointKeys'>,
  fingerprint: string | undefined,
): Finding[] {
  const inUse = checkpointKeys.at(-1)
  if (inUse === undefined || fingerprint === undefined) return []
  if (inUse === fingerprint) return [good('The checkpoint key is the one this database signs with')]
  return [
    checkpointKeys.includes(fingerprint)
      ? bad(
          `The checkpoint key ${fingerprint} was replaced by ${inUse}`,
          'give the one that took its place: the start is refused with any other',
        )
      : bad(
          `This database signs with checkpoint key ${inUse}, and ${fingerprint} is given`,
          'give the first, or with it change over: wardroom checkpoint-key rotate',
        ),
  ]
}

function outboxFinding({ waiting, oldestSeconds, attempts }: NonNullable<Inspected['contents']>): Finding {
  if (waiting === 0) return good('Outbox is empty')
  const what = `Outbox: ${waiting} waiting, the oldest for ${length(oldestSeconds)}, tried at most ${attempts} times`
  if (oldestSeconds < OLD_SECONDS) return good(what)
  return warn(what, 'see that Wardroom runs and reaches the platform; its log names the code of each refusal')
}
