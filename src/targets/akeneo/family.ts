import { nearest } from '../../lib/text.ts'
import { Fault } from '../../model/fault.ts'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { parseJson } from '../answer.ts'
import type { Io } from '../target.ts'
import { rest } from './address.ts'
import { unreadable } from './answers.ts'
import type { AkeneoOptions } from './options.ts'

/** An attribute of the asset family, as far as it decides how values are written. */
export interface Attribute {
  readonly code: string
  readonly type: string
  readonly perLocale: boolean
  readonly perChannel: boolean
  /** What a media_link puts around its data to make the address; empty: nothing. */
  readonly prefix: string
  readonly suffix: string
}

/** What has to be known of the family before the first write, and what this run found out since. */
export interface Facts {
  readonly media: Attribute
  readonly attributes: ReadonlyMap<string, Attribute>
  /** New assets of this run that are not there: a product that named one would be refused. */
  readonly missing: Set<string>
}

/** Reads the family's attributes (all in one answer, at most 100) and checks the options against them. */
export async function readFamily(io: Io, options: AkeneoOptions): Promise<Facts> {
  const url = rest(io, 'asset-families', options.family, 'attributes')
  const response = await io.send({ method: 'GET', url, headers: {}, body: null })
  const answer = parseJson(response.body)
  if (!Array.isArray(answer)) throw unreadable(response, undefined)
  const attributes = new Map(
    answer
      .filter(isJsonObject)
      .map(attributeOf)
      .map(each => [each.code, each]),
  )
  const media = mediaAttribute(attributes, options)
  checkScopes([media, ...usedIn(options.values, attributes)], options)
  return { media, attributes, missing: new Set() }
}

function attributeOf({ code, type, value_per_locale, value_per_channel, prefix, suffix }: JsonObject): Attribute {
  return {
    code: textOf(code),
    type: textOf(type),
    perLocale: value_per_locale === true,
    perChannel: value_per_channel === true,
    prefix: textOf(prefix),
    suffix: textOf(suffix),
  }
}

function mediaAttribute(attributes: ReadonlyMap<string, Attribute>, options: AkeneoOptions): Attribute {
  const { family, attribute: code } = options
  const media = attributes.get(code)
  if (media === undefined) {
    const near = nearest(code, [...attributes.keys()])
    const hint = near === null ? `It has: ${[...attributes.keys()].join(', ')}.` : `Did you mean "${near}"?`
    throw wrongOption(`The asset family "${family}" has no attribute "${code}". ${hint}`)
  }
  if (media.type === 'media_link' || media.type === 'media_file') return media
  throw wrongOption(`The attribute "${code}" is a ${media.type}; images go into a media_link or a media_file.`)
}

/** Attributes that the family does not name are left to the PIM's own words. */
function usedIn(values: AkeneoOptions['values'], attributes: ReadonlyMap<string, Attribute>): Attribute[] {
  return Object.keys(values).flatMap(code => attributes.get(code) ?? [])
}

/** A localizable attribute needs a locale and a scopable one a channel; the others take neither, whatever the options say. */
function checkScopes(used: readonly Attribute[], { locale, channel }: AkeneoOptions): void {
  for (const { code, perLocale, perChannel } of used) {
    if (perLocale && locale === null) throw noScope(code, 'locale')
    if (perChannel && channel === null) throw noScope(code, 'channel')
  }
}

function noScope(code: string, scope: 'locale' | 'channel'): Fault {
  return wrongOption(`The attribute "${code}" has a value per ${scope}: name one with the option ${scope}.`)
}

function wrongOption(words: string): Fault {
  return new Fault('refused', words, { reason: 'option-refused' })
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
