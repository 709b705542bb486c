// Makes dist/ from src/: one stylesheet (the components of nhsuk-frontend that we use, our own pieces, and the classes of
// package draw), one script, one mark. Run by "npm run build".

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const src = join(here, 'src')
const dist = join(here, 'dist')
const zxing = join(here, 'node_modules', 'zxing-wasm', 'dist')
const drawings = join(here, '..', '..', 'draw', 'draw.css')

// Set by budget, not by taste: a page with everything on it stays under 50 KB (quality.md).
const cssLimit = 25 * 1024
const scanLimit = 5 * 1024

function fail (message) {
  console.error(`front end: ${message}`)
  process.exit(1)
}

if (!existsSync(drawings)) fail('draw/draw.css is missing: the charts would come without colours')

const css = ['everykit.scss', drawings].map((file) => sass.compile(file === drawings ? file : join(src, file), {
  style: 'compressed',
  loadPaths: [src, join(here, 'node_modules', 'nhsuk-frontend', 'dist', 'nhsuk')],
  quietDeps: true
}).css).join('\n')

for (const [what, pattern] of [
  ['a font from elsewhere', /frutiger|@font-face/i],
  ['an address of another site', /url\(["']?(https?:)?\/\//i],
  ['the NHS blue', /#005eb8/i]
]) {
  if (pattern.test(css)) fail(`the stylesheet holds ${what}`)
}

const size = gzipSync(css, { level: 9 }).length
if (size > cssLimit) fail(`the stylesheet is ${size} bytes compressed, the limit is ${cssLimit}`)

const scanSize = gzipSync(readFileSync(join(src, 'scan.js')), { level: 9 }).length
if (scanSize > scanLimit) fail(`scan.js is ${scanSize} bytes compressed, the limit is ${scanLimit}`)

// The reader would fetch its other half from a site of its own if nobody told it where that is. It is always told, and the
// address is taken out beside that.
const reader = readFileSync(join(zxing, 'iife', 'reader', 'index.js'), 'utf8').replaceAll(/https?:\/\/[^`'"]*/g, '')
if (!reader.startsWith('var ZXingWASM=')) fail('zxing-wasm is not what scan.js expects')

mkdirSync(dist, { recursive: true })
for (const old of readdirSync(dist)) if (old !== '.keep') rmSync(join(dist, old), { recursive: true })
writeFileSync(join(dist, 'everykit.css'), css)
copyFileSync(join(src, 'everykit.js'), join(dist, 'everykit.js'))
copyFileSync(join(src, 'scan.js'), join(dist, 'scan.js'))
copyFileSync(join(src, 'mark.svg'), join(dist, 'mark.svg'))
writeFileSync(join(dist, 'reader.js'), `/*! zxing-wasm\n${readFileSync(join(zxing, '..', 'LICENSE'), 'utf8')}*/\n${reader}`)
copyFileSync(join(zxing, 'reader', 'zxing_reader.wasm'), join(dist, 'reader.wasm'))
console.log(`front end: stylesheet ${css.length} bytes, ${size} compressed`)
