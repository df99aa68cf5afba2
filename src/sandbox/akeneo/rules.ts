import { ACCOUNT } from './account.ts'
import type { Refusal, Violation } from './answers.ts'
import { type Attribute, attributeOf, CODE } from './attributes.ts'
import type { Settings } from './behaviour.ts'
import type { Pim } from './call.ts'
import type { MediaFile } from './file-store.ts'
import type { AssetItem, NewValue } from './structure.ts'

const MAX_CODE = 255
const MB = 1024 * 1024

/** What forbids this code, or a new asset of this code; the vendor says so without `errors`. */
export function codeProblem(code: string, isNew: boolean, { namingConvention }: Settings): Refusal | null {
  if (code === '') return { message: 'Asset code cannot be empty' }
  if (code.length > MAX_CODE) {
    return { message: `Asset code cannot be longer than ${MAX_CODE} characters, ${code.length} string long given` }
  }
  if (!CODE.test(code)) {
    return { message: `Asset code may contain only letters, numbers and underscores. "${code}" given` }
  }
  if (!isNew || namingConvention === null || new RegExp(namingConvention).test(code)) return null
  return { message: `Error during naming convention execution: the pattern does not match "${code}"` }
}

/** Which of the item's values break a rule of their attribute. */
export function brokenRules({ values }: AssetItem, pim: Pim): Violation[] {
  return values.flatMap(value => {
    const attribute = attributeOf(value.attribute, pim.settings)
    const problem = attribute && (scopeProblem(value, attribute, pim.settings) ?? dataProblem(value, attribute, pim))
    return problem ? [{ property: `values.${value.attribute}`, message: problem }] : []
  })
}

function scopeProblem(value: NewValue, attribute: Attribute, { channels }: Settings): string | null {
  const { locale, channel } = value
  const unfit =
    fitProblem('locale', locale, attribute.perLocale) ?? fitProblem('channel', channel, attribute.perChannel)
  if (unfit) return `${unfit} for the attribute "${value.attribute}"`
  const known = new Map(Object.entries(channels))
  if (channel !== null && !known.has(channel)) return `The channel "${channel}" does not exist`
  if (locale === null) return null
  if (![...known.values()].flat().includes(locale)) return `The locale "${locale}" is not activated`
  if (channel === null || known.get(channel)?.includes(locale)) return null
  return `The locale "${locale}" is not activated for the channel "${channel}"`
}

function fitProblem(what: string, given: string | null, expected: boolean | null): string | null {
  if (expected === null || expected === (given !== null)) return null
  return expected ? `A ${what} is expected` : `A ${what} is not expected`
}

function dataProblem({ data }: NewValue, { type }: Attribute, { settings, files }: Pim): string | null {
  if (data === null || type === 'text') return null
  if (type === 'media_link') return settings.checksUrls ? urlProblem(fullUrl(data, settings)) : null
  const file = files.find(data)
  return file ? fileProblem(file, settings) : `The file "${data}" does not exist`
}

function urlProblem(url: string): string | null {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? null : `"${url}" is not a valid URL`
}

function fileProblem({ filename, bytes }: MediaFile, { allowedExtensions, maxFileSize }: Settings): string | null {
  const extension = /\.([^.]*)$/.exec(filename)?.[1]?.toLowerCase() ?? ''
  if (allowedExtensions.length > 0 && !allowedExtensions.includes(extension)) {
    return `The extension "${extension}" is not allowed. Allowed: ${allowedExtensions.join(', ')}`
  }
  if (maxFileSize === null || bytes <= Number(maxFileSize) * MB) return null
  return `The file exceeds the maximum size of ${maxFileSize} MB`
}

/** Where a media_link leads. */
export function fullUrl(data: string, { prefix, suffix }: Settings): string {
  return `${prefix ?? ''}${data}${suffix ?? ''}`
}

/** What a failure that has nothing to do with the item looks like. */
export const NOT_SAVED: Violation = { property: `values.${ACCOUNT.attribute}`, message: 'The value could not be saved' }
