'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { TextArea } from '@/components/ui/controls/field'
import type { ImportOrigin } from '@/lib/client/api/imports'
import { isWebAddress } from '@/lib/domain/fields'
import { maxJobItems } from '@/lib/domain/jobs/schema'

/** The most addresses that are taken at once. */
const maxAddresses = maxJobItems

/** A field for addresses of pages, which the server fetches. `single` takes one only. */
export function AddressBox({
  single = false,
  onAddresses,
}: {
  single?: boolean
  onAddresses: (origins: Extract<ImportOrigin, { kind: 'address' }>[]) => void
}) {
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)

  const send = () => {
    const addresses = [...new Set(text.split(/\s+/).filter((part) => part !== ''))]
    const wrong = addresses.find((address) => !isWebAddress(address))
    const most = single ? 1 : maxAddresses
    if (addresses.length === 0) setError('Write the address of a page, such as https://example.org/page.')
    else if (wrong !== undefined)
      setError(`“${wrong}” is not an address. Write it in full, such as https://example.org/page.`)
    else if (addresses.length > most)
      setError(most === 1 ? 'Write one address.' : `At most ${String(most)} addresses make one batch. Take some away.`)
    else {
      onAddresses(addresses.map((address) => ({ kind: 'address', address })))
      setText('')
      setError(null)
    }
  }

  return (
    <div className="grid gap-3">
      <TextArea
        label={single ? 'Address' : 'Addresses'}
        hint={`${single ? 'Of the page' : 'One a line; more than 20 become a batch'}. The page is fetched as anyone sees it who is not signed in, and only where its site allows programs to. Where it does not, paste the text.`}
        rows={single ? 1 : 3}
        dir="ltr"
        inputMode="url"
        spellCheck={false}
        value={text}
        error={error}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setError(null)
        }}
      />
      <div className="flex justify-end">
        <Button variant="primary" onClick={send}>
          {single ? 'Fetch the page' : 'Fetch'}
        </Button>
      </div>
    </div>
  )
}
