import { z } from '../lib/schema.ts'
import { parseRate } from '../model/rate.ts'
import type { Target } from '../targets/target.ts'
import { badBaseUrl, normalizeBaseUrl } from './base-url.ts'
import type { TargetSettings } from './config.ts'

const DAY = 86_400
const NUMBERS = ['concurrency', 'batchSize', 'timeout', 'retries', 'maxWait']

/** The keys that every target takes beside its own options; defaults are the vendor's documented limits. */
export function settingsSchema({ baseUrl, limits }: Target) {
  return z.strictObject({
    baseUrl: addressSchema(baseUrl),
    concurrency: z
      .int()
      .min(1)
      .default(Math.min(4, limits.concurrency))
      .meta({ description: 'Requests at the same time.' }),
    rate: z
      .string()
      .refine(text => parseRate(text) !== undefined, 'must be a number of requests such as "10/min" or "5/s", or "off"')
      .optional()
      .meta({
        description: 'Request starts in any second or minute: "10/min", "5/s" or "off". Default: the vendor’s limit.',
      }),
    batchSize: z.int().min(1).max(limits.items).default(limits.items).meta({ description: 'Items of one request.' }),
    timeout: z.number().positive().max(DAY).default(30).meta({ description: 'Seconds to wait for one answer.' }),
    retries: z
      .int()
      .min(0)
      .max(100)
      .default(4)
      .meta({ description: 'Further attempts after a failure that may pass.' }),
    maxWait: z
      .number()
      .min(0)
      .max(DAY)
      .default(300)
      .meta({ description: 'Seconds that one request may wait for further attempts, all waits together.' }),
  })
}

function addressSchema(vendors: string | null) {
  const address = z.string().check(({ value, issues }) => {
    const message = badBaseUrl(value)
    if (message !== null) issues.push({ code: 'custom', message, input: value })
  })
  if (vendors === null) return address.meta({ description: 'Address of your installation.' })
  return address.default(vendors).meta({ description: 'Address of the API. Default: the vendor’s.' })
}

/** The value of a settings key; a number from a variable or the command line arrives as text. */
export function asNumber(key: string, value: unknown): unknown {
  return NUMBERS.includes(key) && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
}

/** What the schema has accepted, as the rest of the tool uses it. */
export function toSettings(settings: z.output<ReturnType<typeof settingsSchema>>, { limits }: Target): TargetSettings {
  const rate = settings.rate === undefined ? limits.rate : (parseRate(settings.rate) ?? null)
  return { ...settings, baseUrl: normalizeBaseUrl(settings.baseUrl), rate }
}
