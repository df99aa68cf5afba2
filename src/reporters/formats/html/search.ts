import { createHash } from 'node:crypto'

/** Hides the rows without the searched text. The box is hidden where no script may run. */
export const SEARCH = `
const box = document.getElementById('search')
const rows = document.querySelectorAll('#items tbody tr')
if (box) {
  box.closest('label').hidden = false
  box.addEventListener('input', () => {
    const text = box.value.trim().toLowerCase()
    for (const row of rows) row.classList.toggle('away', !row.textContent.toLowerCase().includes(text))
  })
}
`

/** By which the policy of the page lets this script run, and no other. */
export function searchHash(): string {
  return createHash('sha256').update(SEARCH).digest('base64')
}
