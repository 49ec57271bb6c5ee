/** The body of a request, up to a limit: nobody has proved who they are yet when it is read. */
import type { IncomingMessage } from 'node:http'

/** Undefined: longer than the limit. */
export async function bodyWithin(request: IncomingMessage, bytes: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let total = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    total += part.length
    if (total > bytes) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}
