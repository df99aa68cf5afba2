import type { ApiAnswer } from './exchange.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQAAAACCEkxzAAAAEklEQVR42mP4DwUMo4xRBukMAOPT/hAC2mzjAAAAAElFTkSuQmCC',
  'base64',
)

/** A white PNG of 64 × 64 pixels: what the sandbox shows for any image. */
export const PICTURE: ApiAnswer = { status: 200, headers: { 'content-type': 'image/png' }, body: PNG }
