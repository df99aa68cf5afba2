import type { JsonObject } from '../../model/json.ts'
import { ACCOUNT } from './account.ts'
import type { Settings } from './behaviour.ts'

export interface Attribute {
  readonly type: 'text' | 'media_link' | 'media_file'
  /** Whether values name a locale, a channel; null where both ways are fine. */
  readonly perLocale: boolean | null
  readonly perChannel: boolean | null
}

/** What the vendor makes a code of, for attributes, families and assets alike. */
export const CODE = /^[a-zA-Z0-9_]+$/

/** Texts that the family always has; every family of the vendor has a `label` per locale. */
const TEXTS: ReadonlyMap<string, boolean> = new Map([
  ['label', true],
  ['photographer', false],
])

/** The family's attribute of this code, or null. */
export function attributeOf(code: string, settings: Settings): Attribute | null {
  if (code === ACCOUNT.attribute) {
    const { mediaType, valuePerLocale, valuePerChannel } = settings
    return { type: mediaType, perLocale: valuePerLocale, perChannel: valuePerChannel }
  }
  const perLocale = TEXTS.get(code)
  if (perLocale !== undefined) return { type: 'text', perLocale, perChannel: false }
  if (settings.texts === 'any') return CODE.test(code) ? { type: 'text', perLocale: null, perChannel: null } : null
  return settings.texts.includes(code) ? { type: 'text', perLocale: false, perChannel: false } : null
}

/** The attributes as GET shows them; texts that are taken under any name are not among them. */
export function showAttributes(settings: Settings): JsonObject[] {
  const named = settings.texts === 'any' ? [] : settings.texts
  const texts = [...new Set([...TEXTS.keys(), ...named])]
  return [showMedia(settings), ...texts.map(code => showText(code, TEXTS.get(code) ?? false))]
}

function showMedia(settings: Settings): JsonObject {
  const shared = {
    ...showCommon(ACCOUNT.attribute, settings.mediaType, settings.valuePerLocale),
    value_per_channel: settings.valuePerChannel,
    media_type: 'image',
  }
  return settings.mediaType === 'media_link'
    ? { ...shared, prefix: settings.prefix, suffix: settings.suffix }
    : { ...shared, allowed_extensions: settings.allowedExtensions, max_file_size: settings.maxFileSize }
}

function showText(code: string, perLocale: boolean): JsonObject {
  return {
    ...showCommon(code, 'text', perLocale),
    max_characters: null,
    is_textarea: false,
    is_rich_text_editor: null,
    validation_rule: null,
    validation_regexp: null,
  }
}

function showCommon(code: string, type: string, perLocale: boolean): JsonObject {
  return {
    code,
    labels: {},
    type,
    value_per_locale: perLocale,
    value_per_channel: false,
    is_required_for_completeness: false,
    is_read_only: false,
  }
}
