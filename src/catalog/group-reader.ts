import type { Group } from './presets/index.ts'

/**
 * Tells the group of each record of one file by the text that names it. It keeps the last one in mind where blank texts
 * continue it; a record that belongs to none has an empty one.
 */
export function groupReader(
  file: string,
  { fillDown, starts }: Pick<Group, 'fillDown' | 'starts'>,
): (text: string) => string {
  let current = ''
  let count = 0
  return text => {
    if (starts !== undefined) {
      if (text.toLowerCase() === starts.toLowerCase() || count === 0) current = `product ${++count} of ${file}`
    } else if (text !== '' || !fillDown) {
      current = text
    }
    return current
  }
}
