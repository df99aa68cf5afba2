import { openLedger } from '../../src/ledger/index.ts'
import { DRIVERS } from '../lib/drivers.ts'
import { folders } from '../lib/folder.ts'
import { describeLedger } from './contract.ts'
import { through } from './opening.ts'

const newFolder = folders()

for (const driver of DRIVERS) {
  describeLedger(`ledger file through ${driver}`, () => {
    const folder = newFolder()
    return { open: () => openLedger(folder, through(driver)) }
  })

  describeLedger(`ledger in memory through ${driver}`, () => {
    const ledger = openLedger(null, through(driver))
    return { open: () => ledger }
  })
}
