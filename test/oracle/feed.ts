/** Image addresses in rank order, by product code. */
export type Galleries = Readonly<Record<string, readonly string[]>>

/** The widest gallery a feed of the oracle has. */
const COLUMNS = 4

/** Products with one image, two, three, one … */
export function furniture(count: number): Galleries {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const code = `CHAIR${at + 1}`
      return [code, Array.from({ length: (at % 3) + 1 }, (_, n) => imageOf(code, n + 1))]
    }),
  )
}

export function imageOf(code: string, view: number): string {
  return `https://images.example.com/${code}/${view}.jpg`
}

/** The same as a CSV feed. */
export function csvOf(galleries: Galleries): string {
  const header = ['sku', ...Array.from({ length: COLUMNS }, (_, at) => `image_${at + 1}`)]
  const rows = Object.entries(galleries).map(([code, urls]) => [
    code,
    ...Array.from({ length: COLUMNS }, (_, at) => urls[at] ?? ''),
  ])
  return `${[header, ...rows].map(row => row.join(',')).join('\n')}\n`
}

/** How a feed changes between two runs. */
export type Edit = (galleries: Galleries) => Galleries

/** What happens to feeds: an image is added, one goes, one is replaced, the order is turned round, a product comes or goes. */
export const EDITS: Readonly<Record<string, (code: string) => Edit>> = {
  add: code => change(code, urls => [...urls, imageOf(code, 90 + urls.length)].slice(0, COLUMNS)),
  drop: code => change(code, urls => (urls.length > 1 ? urls.slice(0, -1) : urls)),
  replace: code => change(code, ([first = '', ...rest]) => [first.replace(/\.jpg$/, 'x.jpg'), ...rest]),
  turn: code => change(code, urls => urls.toReversed()),
  remove: code => galleries => Object.fromEntries(Object.entries(galleries).filter(([each]) => each !== code)),
  insert: code => galleries => ({
    [`NEW${code}`]: [imageOf(`NEW${code}`, 1), imageOf(`NEW${code}`, 2)],
    ...galleries,
  }),
}

function change(code: string, edit: (urls: readonly string[]) => readonly string[]): Edit {
  return galleries =>
    Object.fromEntries(Object.entries(galleries).map(([each, urls]) => [each, each === code ? edit(urls) : urls]))
}
