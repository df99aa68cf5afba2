import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { plain, Refused, tooManyResources } from './answers.ts'
import { type Call, type Route, readJson } from './call.ts'
import { updateProduct } from './products.ts'

/** The one content type of this call, for what is sent and what is answered: a JSON object per line. */
export const LINES = 'application/vnd.akeneo.collection+json'

const MAX_LINES = 100
const MAX_LINE = 1_000_000

/** PATCH /api/rest/v1/products: 200 with a line for each line of the request. */
export const patchProducts: Route = call => {
  const lines = linesOf(call.request.body)
  if (lines.length > MAX_LINES) throw tooManyResources()
  const results = call.pim.transaction(() => lines.map((line, at) => patchLine(call, line, at + 1)))
  const body = results.map(result => JSON.stringify(result)).join('\n')
  return { status: 200, headers: { 'content-type': LINES }, body }
}

/** A line feed at the end starts no further line; an empty line in between is one, and no JSON. */
function linesOf(body: Buffer): Buffer[] {
  const bytes = body.toString('latin1').replace(/\n$/, '') // a character per byte, whatever the bytes are
  return bytes === '' ? [] : bytes.split('\n').map(line => Buffer.from(line, 'latin1'))
}

/** Until the identifier is known, a refusal can only name the line. */
function patchLine(call: Call, text: Buffer, line: number): JsonObject {
  let known: JsonObject = { line }
  try {
    const { identifier, data } = readLine(text)
    known = { line, identifier }
    return { ...known, status_code: updateProduct(call, identifier, data) }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { ...known, status_code: error.status, ...plain(error.refusal) }
  }
}

function readLine(text: Buffer): { identifier: string; data: Json } {
  if (text.length > MAX_LINE) throw new Refused(413, 'Line is too long.')
  const data = readJson(text)
  const identifier = isJsonObject(data) ? (data.identifier ?? '') : ''
  if (typeof identifier !== 'string') throw new Refused(422, 'identifier must be of type string.')
  if (identifier.trim() === '') throw new Refused(422, 'Identifier is missing.')
  return { identifier, data }
}
