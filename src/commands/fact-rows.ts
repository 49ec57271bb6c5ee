/** How each fact's value is read from what was typed or filled in, said, and asked. One row a fact. */
import type { Fact, FactValues } from '../domain/facts.ts'
import { affected } from './fact-affected.ts'
import { delay } from './fact-delay.ts'
import { diligence } from './fact-diligence.ts'
import { discovered } from './fact-discovered.ts'
import { encryption } from './fact-encryption.ts'
import { happened } from './fact-happened.ts'
import { knew } from './fact-knew.ts'
import { noAddress } from './fact-no-address.ts'
import { notified } from './fact-notified.ts'
import type { FactReader } from './fact-reader.ts'
import { kind, severity } from './fact-simple.ts'
import { started } from './fact-started.ts'
import { takenDown } from './fact-taken-down.ts'
import { vendor } from './fact-vendor.ts'
import { chatCompromised, part2, permitted, phi, unsecured } from './fact-yes-no.ts'

type Readers = { readonly [F in Fact]: FactReader<FactValues[F]> }

const rows: Readers = {
  discovered,
  knew,
  diligence,
  happened,
  affected,
  unsecured,
  phi,
  permitted,
  encryption,
  vendor,
  delay,
  started,
  part2,
  severity,
  kind,
  notified,
  'no-address': noAddress,
  'taken-down': takenDown,
  'chat-compromised': chatCompromised,
}

/** By name, whichever value it reads: a row is only ever given the value it read itself. */
export const readers = rows as unknown as Readonly<Record<Fact, FactReader<FactValues[Fact]>>>
