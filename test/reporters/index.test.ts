import { describe, expect, it } from 'vitest'
import { formatOfFile, REPORTERS, reporterFor } from '../../src/reporters/index.ts'

describe('reporters', () => {
  it('are found by the name of their format', () => {
    expect(REPORTERS.map(({ format }) => reporterFor(format)?.format)).toEqual(['table', 'json', 'ndjson'])
  })

  it('are not found by names that only look like one', () => {
    expect(['yaml', 'JSON', '', '__proto__', 'constructor'].map(reporterFor)).toEqual([null, null, null, null, null])
  })

  it('take the format of a file from its extension', () => {
    const paths = ['report.json', 'reports.old/LAST.NDJSON', 'report.table', 'report', '.json', 'report.json.bak']
    expect(paths.map(formatOfFile)).toEqual(['json', 'ndjson', null, null, null, null])
  })
})
