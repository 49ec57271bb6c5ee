/** A declared type is outside the seal, so it is a type's name or nothing: whatever else a sender wrote there is dropped. */
import { isStopped } from './phi-border.ts'

export const typeName = (mime: string): string =>
  /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(mime) && !isStopped(mime) ? mime : 'application/octet-stream'
