import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { badRequest } from './answers.ts'
import type { Asset, Details, RefId } from './asset.ts'
import type { Call } from './call.ts'
import type { Upload, UploadedFile } from './upload.ts'

/** What a create or update request says about an asset. */
export interface Draft extends Pick<Asset, 'type' | 'access' | 'refIds' | 'details'> {
  /** Null for a BLOB. */
  readonly url: string | null
}

/** Types whose assets must be PUBLIC: https://developer.emporix.io, "Media Tutorial". Any other type is a custom one. */
const PREDEFINED = new Set(['BRAND', 'CATEGORY', 'LABEL', 'PRODUCT', 'MODULE'])

/** Throws Refused when the fields break a rule or name a product that fails or may not be named. */
export function readDraft({ fields, file }: Upload, call: Call): Draft {
  const type = file ? 'BLOB' : 'LINK'
  if (fields.type !== type) throw badRequest(`type: must be ${type} in a request of this content type`)
  const access = fields.access
  if (access !== 'PUBLIC' && access !== 'PRIVATE') throw badRequest('access: must be PUBLIC or PRIVATE')
  const refIds = readRefIds(fields.refIds ?? [])
  const predefined = refIds.find(ref => PREDEFINED.has(ref.type))
  if (predefined && access === 'PRIVATE') throw badRequest(`refIds: ${predefined.type} needs the access PUBLIC`)
  refuseProducts(refIds, call)
  const url = file ? null : readUrl(fields.url)
  return { type, access, url, refIds, details: file && readDetails(fields.details ?? {}, file) }
}

/** The bytes to keep: those of a private BLOB, which are the only ones that the service itself gives out again. */
export function keptContent({ file }: Upload, { access }: Draft): Buffer | null {
  return file && access === 'PRIVATE' ? file.content : null
}

function refuseProducts(refIds: readonly RefId[], { catalogue, behaviour, fails }: Call): void {
  for (const { type, id } of refIds) {
    if (type !== 'PRODUCT') continue
    const code = catalogue.codeOf(id)
    if (code === null && behaviour.unknownProducts === 'refused') {
      throw badRequest(`refIds: the product ${JSON.stringify(id)} does not exist`)
    }
    if (fails(code ?? id)) throw badRequest(`refIds: the product ${JSON.stringify(id)} cannot take an asset`)
  }
}

function readRefIds(value: Json): RefId[] {
  if (!Array.isArray(value)) throw badRequest('refIds: must be an array')
  return value.map((entry: Json, index) => {
    if (!isJsonObject(entry) || !isText(entry.type) || !isText(entry.id)) {
      throw badRequest(`refIds[${index}]: must have a type and an id`)
    }
    return { type: entry.type, id: entry.id }
  })
}

function readUrl(value: Json | undefined): string {
  if (!isText(value)) throw badRequest('url: must be a non-empty string')
  return value
}

/** The fields overrule what the file's part says of itself. */
function readDetails(value: Json, file: UploadedFile): Details {
  if (!isJsonObject(value)) throw badRequest('details: must be an object')
  return { ...file.details, ...readName(value, 'filename'), ...readName(value, 'mimeType') }
}

function readName(details: JsonObject, name: 'filename' | 'mimeType'): Partial<Details> {
  const value = details[name]
  if (value === undefined) return {}
  if (!isText(value)) throw badRequest(`details.${name}: must be a non-empty string`)
  return { [name]: value }
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== ''
}
