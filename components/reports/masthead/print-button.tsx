'use client'

import { Button } from '@/components/ui/controls/button'

/** Opens the browser's printing; not there where no script runs, because the browser's own menu prints as well. */
export function PrintButton() {
  return (
    <Button
      size="small"
      className="[@media(scripting:none)]:hidden"
      onClick={() => {
        window.print()
      }}
    >
      Print
    </Button>
  )
}
