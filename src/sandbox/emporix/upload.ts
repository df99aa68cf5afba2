import { createHash } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { ApiRequest } from '../exchange.ts'
import { readForm } from '../multipart.ts'
import { badRequest, Refused, serviceError } from './answers.ts'
import type { Details } from './asset.ts'

/** The body of a create or update request: its fields, and for a BLOB the file. */
export interface Upload {
  readonly fields: JsonObject
  readonly file: UploadedFile | null
}

export interface UploadedFile {
  readonly content: Buffer
  /** As the part itself says it. */
  readonly details: Details
}

/** The document says 10MB and not which; whoever keeps to the smaller reading is right in both. */
const MAX_FILE_BYTES = 10_000_000

/** Reads JSON, which makes a LINK, or a form of `file` and `body`, which makes a BLOB. Throws Refused. */
export async function readUpload(request: ApiRequest): Promise<Upload> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return { fields: parseFields(request.body, 'the body'), file: null }
  if (type !== 'multipart/form-data') throw new Refused(serviceError(415))
  const form = await readForm(request)
  if (form === null) throw badRequest('the body is not multipart/form-data')
  const [file, ...otherFiles] = form.getAll('file')
  const [body, ...otherBodies] = form.getAll('body')
  if (!(file instanceof Blob) || otherFiles.length > 0) throw badRequest('file: must be one part with a file name')
  if (typeof body !== 'string' || otherBodies.length > 0) throw badRequest('body: must be one part of text')
  return { fields: parseFields(Buffer.from(body), 'body'), file: await readFile(file) }
}

async function readFile(file: File): Promise<UploadedFile> {
  if (file.size > MAX_FILE_BYTES) throw new Refused(serviceError(413))
  const content = Buffer.from(await file.arrayBuffer())
  const etag = createHash('md5').update(content).digest('hex')
  return { content, details: { filename: file.name, mimeType: file.type, bytes: content.length, etag } }
}

function parseFields(bytes: Buffer, where: string): JsonObject {
  let value: unknown
  try {
    // JSON has no byte order mark: it is kept, so that it fails.
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw badRequest(`${where}: is not valid JSON`)
  }
  if (!isJsonObject(value)) throw badRequest(`${where}: must be a JSON object`)
  return value
}
