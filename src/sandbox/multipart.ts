import type { ApiRequest } from './exchange.ts'

/** The parts of a multipart/form-data body by name, in order; null when the body is no such form. */
export async function readForm({ headers, body }: ApiRequest): Promise<FormData | null> {
  const type = headers['content-type'] ?? ''
  if (!type.toLowerCase().startsWith('multipart/form-data')) return null
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData()
  } catch {
    return null
  }
}
