/** What a spreadsheet makes of a long number: 1.23457E+12. Digits are lost, so that it may stand for many codes. */
const SCIENTIFIC = /^-?\d(?:[.,]\d+)?E\+\d{2,3}$/i

/** Why a text cannot be trusted as a product code, and what to do; null when it can. */
export function codeProblem(code: string): { readonly message: string; readonly fix: string } | null {
  if (SCIENTIFIC.test(code)) {
    return {
      message: `The code "${code}" is a number that a spreadsheet has shortened; its digits are lost.`,
      fix: 'Format the column as text, not as a number, and export again.',
    }
  }
  if (!code.isWellFormed() || code.includes('\0')) {
    return {
      message: 'The code holds a NUL or half a character, which no system can store.',
      fix: 'Correct it in the feed.',
    }
  }
  return null
}
