import { akeneo } from './akeneo/index.ts'
import { catalogix } from './catalogix/index.ts'
import { emporix } from './emporix/index.ts'
import type { EmulatorKind } from './emulator.ts'
import { mediapocket } from './mediapocket/index.ts'
import { productai } from './productai/index.ts'

/** Every emulator of the sandbox, by the type name of its target; the name is also its path prefix. */
export const EMULATORS = { catalogix, akeneo, mediapocket, productai, emporix } satisfies Record<string, EmulatorKind>

export type EmulatorName = keyof typeof EMULATORS

// Object.keys forgets the key type of a constant that has exactly these keys.
export const EMULATOR_NAMES = Object.keys(EMULATORS) as readonly EmulatorName[]

/** What a config has to say to reach each emulator. */
export type SandboxTargets = {
  readonly [Name in EmulatorName]: { readonly baseUrl: string } & (typeof EMULATORS)[Name]['credentials']
}

/** What each emulator shall do where its vendor's document leaves it open. */
export type Behaviours = {
  readonly [Name in EmulatorName]?: NonNullable<Parameters<(typeof EMULATORS)[Name]['open']>[1]>
}
