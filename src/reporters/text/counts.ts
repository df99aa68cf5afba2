/** 1204 as "1,204". */
export function inThousands(count: number): string {
  return count.toLocaleString('en-US')
}

/** "1 item", "2,048 items". */
export function counted(count: number, one: string): string {
  return `${inThousands(count)} ${count === 1 ? one : `${one}s`}`
}
