import { UsageError } from '../model/errors.ts'
import { isMapping, type Mapping, valueAt } from './tree.ts'

/** Addresses and credentials of the emulators by target type; keys named as in the config. */
export type SandboxOptions = Readonly<Record<string, Readonly<Record<string, string | null>>>>

/** What turns an entry of this type to its emulator, which needs no rate limit. Never leaves the vendor's address in place. */
export function emulated(type: unknown, types: readonly string[], sandboxOptions: SandboxOptions): Mapping {
  if (typeof type !== 'string' || !types.includes(type)) return {} // the check says so
  const options = valueAt(sandboxOptions, [type])
  if (!isMapping(options) || options.baseUrl === undefined) {
    throw new UsageError(`The sandbox has no emulator for targets of type "${type}".`, {
      fix: 'Choose other targets with --target.',
    })
  }
  return { rate: 'off', ...options }
}
