/**
 * `npm run icons`: draws the icons of `public/`. The letter is the S of the wordmark (Source Serif 4, weight 600) as an outline, so that it looks the
 * same where that font is missing; the line below it is that of a sourced claim.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureChromium } from './prepare/chromium.mjs'
import { ensureInstalled } from './prepare/install.mjs'
import { root, runCommand } from './prepare/run.mjs'

const letter =
  'M15.46 21Q13.92 21 12.58 20.64Q11.23 20.29 10.39 19.83L10.46 16.25H12.21L12.9 19.86L11.3 19.56V18.25Q11.96 18.67 12.58 18.96Q13.19 19.26 13.87 19.42Q14.55 19.58 15.39 19.58Q16.52 19.58 17.24 19.26Q17.96 18.94 18.33 18.37Q18.69 17.8 18.69 17.09Q18.69 16.4 18.41 15.94Q18.13 15.47 17.56 15.11Q16.99 14.74 16.04 14.39L15.22 14.04Q13.87 13.5 12.84 12.85Q11.81 12.19 11.23 11.29Q10.65 10.38 10.65 9.06Q10.65 7.63 11.39 6.64Q12.12 5.66 13.42 5.13Q14.72 4.6 16.37 4.6Q17.79 4.6 18.93 4.95Q20.07 5.29 20.75 5.72L20.66 9.1H18.96L18.26 5.6L19.88 5.98V7.29Q19.06 6.67 18.26 6.34Q17.45 6.01 16.41 6.01Q15.52 6.01 14.89 6.3Q14.25 6.58 13.9 7.11Q13.55 7.63 13.55 8.32Q13.55 8.97 13.83 9.44Q14.12 9.9 14.69 10.27Q15.26 10.65 16.14 11.01L17 11.34Q18.47 11.94 19.5 12.59Q20.54 13.25 21.07 14.15Q21.61 15.05 21.61 16.33Q21.61 17.77 20.85 18.81Q20.1 19.85 18.72 20.43Q17.35 21 15.46 21Z'

/** The icon as SVG, 32 units per side. `corner` is the radius of the sheet's corners, `scale` the size of the drawing on it. */
function draw({ corner, scale }) {
  const shift = 16 * (1 - scale)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="${corner}" fill="#faf8f3"/>
  <g transform="translate(${shift} ${shift}) scale(${scale})">
    <path d="${letter}" fill="#1e1c19"/>
    <path d="M8 25.6h16" stroke="#17683f" stroke-width="2.4" stroke-linecap="round"/>
  </g>
</svg>
`
}

const plain = { corner: 7, scale: 1 }
// Systems round the corners themselves, and may crop everything outside the middle four fifths.
const bleeding = { corner: 0, scale: 0.8 }

/** An ICO file of PNG images: a header, a directory with one entry per image, then the images. */
function packIco(images) {
  const header = Buffer.alloc(6 + 16 * images.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.length, 4)
  let offset = header.length
  images.forEach(({ size, png }, index) => {
    const entry = 6 + 16 * index
    header.writeUInt8(size, entry)
    header.writeUInt8(size, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(png.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += png.length
  })
  return Buffer.concat([header, ...images.map(({ png }) => png)])
}

async function paint(page, drawing, size) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`,
  )
  return page.screenshot({ omitBackground: true })
}

await runCommand(async () => {
  await ensureInstalled()
  await ensureChromium()
  const { chromium } = await import('@playwright/test')
  const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (path) => path !== undefined && existsSync(path),
  )
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const page = await browser.newPage()
  const save = (name, content) => writeFileSync(join(root, 'public', name), content)
  try {
    save('icon.svg', draw(plain))
    for (const size of [192, 512]) save(`icon-${size}.png`, await paint(page, draw(plain), size))
    save('icon-maskable-512.png', await paint(page, draw(bleeding), 512))
    save('apple-touch-icon.png', await paint(page, draw({ corner: 0, scale: 0.9 }), 180))
    const small = []
    for (const size of [16, 32, 48]) small.push({ size, png: await paint(page, draw(plain), size) })
    save('favicon.ico', packIco(small))
  } finally {
    await browser.close()
  }
})
