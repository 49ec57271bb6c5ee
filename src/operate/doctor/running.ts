/** What a running Wardroom says of itself on this machine's health page. */
export interface Health {
  readonly ok?: boolean
  readonly database?: { readonly waiting?: number | null }
  readonly teams?: {
    readonly ok?: boolean
    /** The last canary it was pushed, by Teams' time stamps. */
    readonly seen?: Readonly<Partial<Record<'message' | 'posted' | 'edited' | 'deleted', string>>>
  }
}

const TIMEOUT_MS = 2_000

/** Undefined: nothing answers there. */
export async function askHealth(port: number): Promise<Health | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return (await answer.json()) as Health
  } catch {
    return undefined
  }
}
