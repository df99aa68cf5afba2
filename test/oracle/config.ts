import type { EmulatorName, SandboxTargets } from '../../src/sandbox/emulators.ts'

/** Options of the targets that are secrets; they reach the program by its environment only. */
const SECRETS = ['token', 'secret', 'password', 'apiKey', 'clientSecret']

/** What a world's targets are told besides address and credentials. */
export interface Settings {
  readonly concurrency: number
  readonly batchSize: number
  readonly retries: number
  /** Seconds. */
  readonly maxWait: number
}

export interface Configuration {
  /** Text of the config file. */
  readonly text: string
  readonly env: Readonly<Record<string, string>>
}

/** A config for these emulators as they are reached through their oracles. */
export function configure(
  targets: SandboxTargets,
  urls: ReadonlyMap<EmulatorName, string>,
  settings: Settings,
): Configuration {
  const env: Record<string, string> = {}
  const entries = [...urls].map(([name, url]) => {
    const options = Object.entries(targets[name]).map(([key, value]) => {
      if (!SECRETS.includes(key)) return [key, value]
      const variable = `${name}_${key}`.toUpperCase()
      env[variable] = String(value)
      return [key, `\${${variable}}`]
    })
    const link = name === 'akeneo' ? { link: { attribute: 'packshots' } } : {}
    const baseUrl = url + new URL(targets[name].baseUrl).pathname
    return [name, { ...Object.fromEntries(options), ...link, ...settings, rate: 'off', baseUrl }]
  })
  return { text: JSON.stringify({ targets: Object.fromEntries(entries) }), env }
}
