import { isJsonObject } from '../../model/json.ts'
import type { ApiRequest } from '../exchange.ts'
import { readForm } from '../multipart.ts'
import { Refused } from './answers.ts'
import type { Parameters } from './upload.ts'

/** What POST /training-asset was sent, as JSON or as a form. Throws Refused. */
export async function readParameters(request: ApiRequest): Promise<Parameters> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return readJson(request.body)
  if (type === 'multipart/form-data') return fromForm(await readForm(request))
  throw new Refused(415, 'Content-Type must be multipart/form-data or application/json')
}

function readJson(body: Buffer): Parameters {
  const value = parse(body)
  if (!isJsonObject(value)) throw new Refused(400, 'The body must be a JSON object')
  return { file: value.file, url: value.url, name: value.name, tags: value.tags }
}

/** The document's curl sample repeats `tags[]`, its Python sample `tags`. */
function fromForm(form: FormData | null): Parameters {
  if (!form) throw new Refused(400, 'The form cannot be read')
  const first = (name: string) => form.get(name) ?? undefined
  const tags = [...form.getAll('tags[]'), ...form.getAll('tags')]
  return { file: first('file'), url: first('url'), name: first('name'), tags }
}

function parse(body: Buffer): unknown {
  try {
    // JSON has no byte order mark: it is kept, so that it fails.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body))
  } catch {
    throw new Refused(400, 'The body is not valid JSON')
  }
}
