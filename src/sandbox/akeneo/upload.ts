import { readForm } from '../multipart.ts'
import { emptyAnswer, link, Refused } from './answers.ts'
import type { Route } from './call.ts'

/** POST /api/rest/v1/asset-media-files: 201 without a body; the file's code is in the headers alone. */
export const uploadFile: Route = async ({ request, pim }) => {
  const form = await readForm(request)
  const part = form?.get('file') ?? null
  // A part without a filename comes as a text. A form with the wrong boundary has no parts at all.
  if (part === null || typeof part === 'string') throw new Refused(422, 'Property "file" is required.')
  const extension = /\.([^.]*)$/.exec(part.name)?.[1] ?? ''
  if (!/^[a-zA-Z0-9]*$/.test(extension)) {
    throw new Refused(422, 'File extension cannot contain special characters.')
  }
  const code = pim.transaction(() => pim.files.add({ filename: part.name, bytes: part.size }))
  const location = link(request, `/api/rest/v1/asset-media-files/${code}`)
  return emptyAnswer(201, { 'Asset-media-file-code': code, location })
}
