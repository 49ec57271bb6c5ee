/** Deletes sealed content, as the one role the database lets do it, inside the transaction that puts the deletion on the record. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { DisposalOf } from '../domain/custody-events.ts'
import type { Database, Tx } from './database.ts'
import { DatabaseFault, databaseFault } from './fault.ts'
import { logKey, sealed } from './schema.ts'

/** This login is no member of the disposal role, or there is none. */
export const NO_DISPOSAL = 'no-disposal'

export async function dropSealed(tx: Tx, incident: string, of: DisposalOf): Promise<void> {
  await asDisposal(tx, async () => {
    if (of.what === 'entry')
      return tx.delete(sealed).where(and(eq(sealed.incident, incident), inArray(sealed.seq, [...of.seqs])))
    await tx.delete(sealed).where(eq(sealed.incident, incident))
    return tx.delete(logKey).where(eq(logKey.incident, incident))
  })
}

async function asDisposal(tx: Tx, work: () => Promise<unknown>): Promise<void> {
  try {
    await tx.execute(sql`set local role wardroom_disposal`)
  } catch (error) {
    const fault = databaseFault(error)
    if (!(fault instanceof DatabaseFault)) throw error
    throw new DatabaseFault(NO_DISPOSAL, 'This login may not dispose of sealed content.')
  }
  await work()
  await tx.execute(sql`reset role`)
}

/** Embedded, what was deleted is written over at once: nobody else would ever do it. A server has its own vacuum. */
export async function compact({ kind, db, embedded }: Database): Promise<void> {
  if (kind !== 'embedded') return
  await db.execute(sql`vacuum full log_key`)
  await db.execute(sql`vacuum full sealed`)
  await embedded?.checkpoint()
}
