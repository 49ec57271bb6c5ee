/** A database knows its keys by fingerprint: started with another key, a process would write what nobody can read together. */
import { eq } from 'drizzle-orm'
import type { Database } from './database.ts'
import { keyFingerprint } from './schema.ts'

export async function assertSameKey(database: Database, name: string, fingerprint: string): Promise<void> {
  const known = await database.transaction(async (tx) => {
    await tx.insert(keyFingerprint).values({ name, fingerprint }).onConflictDoNothing()
    return tx.select().from(keyFingerprint).where(eq(keyFingerprint.name, name))
  })
  const first = known[0]!.fingerprint
  if (first !== fingerprint)
    throw new Error(
      `The ${name} key is ${fingerprint}, but this database was made with ${first}: give it that key.`,
    )
}
