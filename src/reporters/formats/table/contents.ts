import type { CheckReport } from '../../../model/report.ts'
import type { Look } from '../../reporter.ts'
import { paint } from '../../style.ts'
import { inThousands } from '../../text/counts.ts'

/** How much there is of what, and how it is spread. */
export function contentLines(check: CheckReport, look: Look): string[] {
  const { feed, selected } = check
  const isPart = selected.products !== feed.products || selected.rejected !== feed.rejected
  const warnings = feed.warnings.reduce((sum, { count }) => sum + count, 0)
  const rows: readonly Row[] = [
    ['records', feed.records, ''],
    ['products', feed.products, ''],
    ['images', feed.images, isPart ? '' : spread(check)],
    ['without images', feed.withoutImages, 'what the targets hold of them stays as it is'],
    ['rejected', feed.rejected, ''],
    ['warnings', warnings, ''],
    ['looked at', isPart ? selected.products : 0, `with ${spread(check)}: what --only and --limit leave`],
  ]
  const due = rows.filter(([label, count]) => count > 0 || label === 'products')
  const labelWidth = Math.max(...due.map(([label]) => label.length))
  const countWidth = Math.max(...due.map(([, count]) => inThousands(count).length))
  return [
    paint(look, 'bold', 'Contents'),
    ...due.map(([label, count, remark]) =>
      `  ${label.padEnd(labelWidth)}  ${inThousands(count).padStart(countWidth)}  ${remark}`.trimEnd(),
    ),
  ]
}

type Row = readonly [label: string, count: number, remark: string]

function spread({ selected: { products, images, fewest, most } }: CheckReport): string {
  if (fewest === most) return `${inThousands(most)} per product`
  const average = (images / products).toLocaleString('en-US', { maximumFractionDigits: 1 })
  return `${inThousands(fewest)} to ${inThousands(most)} per product, ${average} on average`
}
