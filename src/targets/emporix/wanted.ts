import type { HttpRequest } from '../../model/http.ts'
import type { ImageFile } from '../../model/image.ts'
import type { Item } from '../../model/item.ts'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import type { EmporixOptions } from './options.ts'

/** The asset that an item shall be. */
export interface Wanted {
  readonly type: 'LINK' | 'BLOB'
  readonly access: 'PUBLIC' | 'PRIVATE'
  /** What the image belongs to. */
  readonly ref: { readonly id: string; readonly type: string }
  readonly url: string
  /** The bytes and the name they get; null for a LINK. */
  readonly upload: { readonly filename: string; readonly image: ImageFile } | null
}

export function wantedFor(item: Item, refId: string, image: ImageFile | null, options: EmporixOptions): Wanted {
  return {
    type: image === null ? 'LINK' : 'BLOB',
    access: options.access,
    ref: { id: refId, type: options.refType },
    url: item.gallery[0] ?? '',
    upload: image === null ? null : { filename: String(item.values.filename), image },
  }
}

export function createBody(wanted: Wanted): JsonObject {
  return { ...ownFields(wanted), refIds: [wanted.ref] }
}

/**
 * What a PUT does with fields that it does not name is not documented, so everything that others put there is sent back:
 * further references and custom attributes. Without the version it read, a PUT could undo somebody else's change.
 */
export function updateBody(wanted: Wanted, held: JsonObject, version: number): JsonObject {
  const { mixins, metadata } = held
  const schemas = isJsonObject(metadata) ? metadata.mixins : undefined
  const others = refIdsOf(held).filter(({ id, type }) => id !== wanted.ref.id || type !== wanted.ref.type)
  return {
    ...ownFields(wanted),
    refIds: [...others, wanted.ref],
    ...(mixins === undefined ? {} : { mixins }),
    metadata: { version, ...(schemas === undefined ? {} : { mixins: schemas }) },
  }
}

export function refIdsOf({ refIds }: JsonObject): readonly JsonObject[] {
  return Array.isArray(refIds) ? refIds.filter((ref: Json) => isJsonObject(ref)) : []
}

function ownFields({ type, access, url, upload }: Wanted): JsonObject {
  if (upload === null) return { type, access, url }
  return { type, access, details: { filename: upload.filename, mimeType: upload.image.type } }
}

/**
 * A LINK travels as JSON; a BLOB as a form of two parts, of which `body` is a JSON text. (The vendor's page shows the form as
 * one JSON object with an `externalValue`, which is an artefact of its making: there is no upload by address.)
 */
export async function write(
  method: 'POST' | 'PUT',
  url: string,
  body: JsonObject,
  { upload }: Wanted,
): Promise<HttpRequest> {
  const text = JSON.stringify(body)
  if (upload === null) {
    return { method, url, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) }
  }
  const { image } = upload
  const form = new FormData()
  form.append('file', new Blob([await image.read()], { type: image.type }), image.filename)
  form.append('body', text)
  const encoded = new Response(form)
  return {
    method,
    url,
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    body: new Uint8Array(await encoded.arrayBuffer()),
  }
}
