import { describe, expect, it } from 'vitest'
import { formatOfFile, REPORTERS, reporterFor } from '../../src/reporters/index.ts'

describe('reporters', () => {
  it('are found by the name of their format', () => {
    const formats = ['table', 'json', 'ndjson', 'csv', 'junit', 'html', 'markdown', 'code-quality']
    expect(REPORTERS.map(({ format }) => reporterFor(format)?.format)).toEqual(formats)
  })

  it('are not found by names that only look like one', () => {
    expect(['yaml', 'JSON', '', '__proto__', 'constructor'].map(reporterFor)).toEqual([null, null, null, null, null])
  })

  it('take the format of a file from its extension', () => {
    const formats = {
      'report.json': 'json',
      'reports.old/LAST.NDJSON': 'ndjson',
      'items.csv': 'csv',
      'junit.xml': 'junit',
      'report.html': 'html',
      'report.htm': 'html',
      'summary.md': 'markdown',
      'report.table': null,
      report: null,
      '.json': null,
      'report.json.bak': null,
    }
    expect(Object.fromEntries(Object.keys(formats).map(path => [path, formatOfFile(path)]))).toEqual(formats)
  })
})
