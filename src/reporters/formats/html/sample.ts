import type { Document } from '../../reporter.ts'
import { galleryOf } from './gallery.ts'
import { section } from './section.ts'
import { exactText, foreignText, label } from './text.ts'

/** The first products of a check as they would be sent. */
export function* sampleOf(document: Document): Generator<string> {
  if (document.kind !== 'check') return
  yield* section(
    'The first products as they would be sent',
    document.sample.map(({ code, gallery, source, dropped }) => {
      const remark = dropped === null ? '' : `<p>${label('warning')} ${foreignText(dropped)}</p>\n`
      return `<article class="cause">\n<h3>${exactText(code)} <small>${exactText(source)}</small></h3>\n${remark}${galleryOf(gallery)}\n</article>\n`
    }),
  )
}
