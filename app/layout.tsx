import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { appearanceAttributes, readAppearance } from '@/components/shell/frame/appearance'
import { CompositionGuard } from '@/components/ui/composition-guard'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Sourcemark', template: '%s · Sourcemark' },
  description: 'A fact-checking annotation workbench for teams',
  robots: { index: false, follow: false },
  manifest: '/manifest.webmanifest',
  icons: {
    icon: [
      { url: '/favicon.ico', sizes: '48x48' },
      { url: '/icon.svg', type: 'image/svg+xml', sizes: 'any' },
    ],
    apple: '/apple-touch-icon.png',
  },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf8f3' },
    { media: '(prefers-color-scheme: dark)', color: '#181715' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies()
  return (
    <html lang="en" {...appearanceAttributes(readAppearance((name) => jar.get(name)?.value))}>
      <body>
        <CompositionGuard />
        {children}
      </body>
    </html>
  )
}
