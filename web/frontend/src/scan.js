// What scripts add to a scan field (template "scan" of package page): a scanner that types fills the form without a new
// page, the camera reads codes, a photo is read as soon as it is chosen. What a code means is for the server to say: here
// its answer is put into the fields that it names. Without scripts the same button sends the form and the page comes back
// filled in.

const box = document.querySelector('[data-scan]')
const form = box.closest('form')
const field = box.querySelector('input[name=code]')
const photo = box.querySelector('input[type=file]')
const button = box.querySelector('button[name=scan]')
const status = box.querySelector('[data-scan-said]')
const GS = '\u001d'

function make (tag, className, text) {
  const e = document.createElement(tag)
  if (className) e.className = className
  if (text) e.textContent = text
  return e
}

function press (text, then) {
  const b = make('button', 'nhsuk-button nhsuk-button--secondary', text)
  b.type = 'button'
  b.addEventListener('click', then)
  return b
}

function say (text, className) {
  const p = make('p', className, text)
  status.replaceChildren(p)
}

// Asking, and putting the answer in.

let asked = 0

async function read (code, pressed = 'read', file) {
  const body = new FormData()
  for (const name of box.dataset.fields.split(' ')) {
    const e = form.elements.namedItem(name)
    if (e) body.append(name, e.value)
  }
  body.append('at', location.pathname)
  body.append('code', code)
  body.append('scan', pressed)
  if (file) body.append('photo', file)
  const mine = ++asked
  if (file) say('Reading the photo…')
  let answer
  try {
    const got = await fetch(box.dataset.scan, { method: 'POST', body, headers: { Accept: 'application/json' } })
    if (got.redirected || !got.ok) throw new Error(got.status)
    answer = await got.json()
  } catch {
    answer = { wrong: 'The code could not be looked up just now. Try again, or type what is on the pack.' }
  }
  if (mine === asked) show(answer)
}

// What is typed next goes over a number, not after it.
function set (e, value) {
  e.value = value
  if (e !== document.activeElement) return
  before = value
  if (e.inputMode === 'numeric') e.select()
}

function fill (name, value) {
  const e = form.elements.namedItem(name)
  if (!e) return
  set(e, value)
  const one = e instanceof RadioNodeList ? [...e].find((r) => r.checked) : e
  if (one) for (const kind of ['input', 'change']) one.dispatchEvent(new Event(kind, { bubbles: true }))
}

function show (answer) {
  field.value = answer.wrong ? field.value : ''
  if (photo) photo.value = ''
  const parts = []
  if (answer.wrong) parts.push(make('p', 'nhsuk-error-message', answer.wrong))
  for (const [name, value] of Object.entries(answer.fill || {})) fill(name, value)
  for (const text of answer.said || []) parts.push(make('p', '', text))
  for (const ask of answer.asks || []) {
    const card = make('div', 'ek-card')
    card.append(make('p', '', ask.text), press(ask.press, () => {
      read(answer.code, ask.value)
      field.focus()
    }))
    parts.push(card)
  }
  for (const link of answer.links || []) {
    const p = make('p')
    const a = make('a', 'nhsuk-link', link.text)
    a.href = link.href
    p.append(a)
    parts.push(p)
  }
  status.replaceChildren(...parts)
}

// A scanner is a keyboard that types fast and then presses Enter. The first button of the form is the one that Enter
// presses; from any other field Enter means what it always meant, to save.

let entered = null // the field in which Enter is being pressed
let before = ''    // what the field that the keyboard is in held when it came to it
let alt = ''       // digits typed while Alt is held

const typing = (e) => e instanceof HTMLInputElement && /^(text|search|tel|url)$/.test(e.type)

// Between the parts of a code stands a character that browsers do not let into a field. Scanners send it as Ctrl and ],
// or as Alt and 029.
function separate (e) {
  e.setRangeText(GS, e.selectionStart, e.selectionEnd, 'end')
}

// A scanner types wherever the keyboard is: mostly into "How many kits?", over the number or after one that was just typed.
// It gives the code, and what the field is to hold without it.
function codeIn (e) {
  const digits = e.inputMode === 'numeric'
  if (digits && /^\d{8,14}$/.test(e.value)) return [e.value, before]
  const at = e.value.search(digits ? /\][A-Za-z]\d|\(\d\d|01\d{14}|https?:/ : /^(\][A-Za-z]\d|\(\d\d\)|01\d{14}|https?:)/)
  return at < 0 ? null : [e.value.slice(at), e.value.slice(0, at) || before]
}

form.addEventListener('focusin', (event) => { before = event.target.value })
if (typing(document.activeElement) && form.contains(document.activeElement)) before = document.activeElement.defaultValue // it came before this script

form.addEventListener('keydown', (event) => {
  const e = event.target
  entered = event.key === 'Enter' && !event.isComposing ? e : null
  if (!typing(e)) return
  if (event.key === GS || (event.ctrlKey && !event.altKey && (event.key === ']' || event.code === 'BracketRight'))) {
    event.preventDefault()
    separate(e)
  } else if (event.altKey && /^Numpad\d$/.test(event.code)) {
    alt += event.code.at(-1)
  }
})

form.addEventListener('keyup', (event) => {
  if (event.key === 'Enter') entered = null
  if (event.key !== 'Alt') return
  if (/^0*29$/.test(alt) && typing(event.target)) separate(event.target)
  alt = ''
})

// Some scanners press Enter twice. The second is no wish to save, nor another scan.
const twice = 600 // ms
let pressed = -twice // when Enter last read a code

button.addEventListener('click', (event) => {
  event.preventDefault()
  const from = entered
  entered = null
  const echo = from && event.timeStamp - pressed < twice
  if (from && from !== button && from !== field) {
    const found = typing(from) && codeIn(from)
    if (found) {
      pressed = event.timeStamp
      set(from, found[1])
      read(found[0])
      return
    }
    if (!echo) form.requestSubmit([...form.querySelectorAll('button[type=submit]')].find((b) => !box.contains(b)))
    return
  }
  if (from === field) {
    if (echo && field.value === '') return
    pressed = event.timeStamp
  }
  stop()
  read(field.value)
})

// Questions that the server put on the page are asked here too.
box.querySelectorAll('[data-scan-said] button').forEach((b) => b.addEventListener('click', (event) => {
  event.preventDefault()
  read(field.value, b.value)
}))

if (photo) box.querySelectorAll('details button').forEach((b) => b.remove())
if (photo) photo.addEventListener('change', () => { if (photo.files.length > 0) read('', 'read', photo.files[0]) })

// The camera.

const kinds = { data_matrix: 'DataMatrix', qr_code: 'QRCode', code_128: 'Code128', ean_13: 'EAN13', ean_8: 'EAN8' }
const patience = 120000 // ms until a forgotten camera is turned off

let running = null

function stop (words) {
  if (!running) return
  running.stream?.getTracks().forEach((t) => t.stop())
  running.video.remove()
  running = null
  camera.textContent = 'Use the camera'
  if (words) say(words)
}

// This reader keeps the marks between the parts of a code. One in front says so, and then nothing need be asked.
function told (c) {
  const id = c.symbologyIdentifier
  return id + (/^\](d2|C1|Q3|J1|e\d)$/.test(id) ? GS + c.text.replace(/^\u001d+/, '') : c.text)
}

// The browser's own reader where it knows the codes that packs carry, else the one that is served beside this script.
let reader = null
async function finder () {
  if ('BarcodeDetector' in window) {
    const known = await window.BarcodeDetector.getSupportedFormats()
    if (known.includes('data_matrix')) {
      const own = new window.BarcodeDetector({ formats: Object.keys(kinds).filter((k) => known.includes(k)) })
      return async (video) => (await own.detect(video)).map((c) => c.rawValue)
    }
  }
  reader ??= new Promise((resolve, reject) => {
    const s = make('script')
    s.src = box.dataset.reader
    s.onload = resolve
    s.onerror = () => { reader = null; reject(new Error('reader')) }
    document.head.append(s)
  })
  await reader
  const zxing = window.ZXingWASM
  await zxing.prepareZXingModule({ overrides: { locateFile: () => box.dataset.wasm }, fireImmediately: true })
  const picture = make('canvas')
  const draw = picture.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    picture.width = video.videoWidth
    picture.height = video.videoHeight
    if (!picture.width) return []
    draw.drawImage(video, 0, 0)
    const found = await zxing.readBarcodes(draw.getImageData(0, 0, picture.width, picture.height), { formats: Object.values(kinds), textMode: 'Plain', maxNumberOfSymbols: 4 })
    return found.filter((c) => c.isValid).map(told)
  }
}

async function look () {
  const me = { video: make('video', 'ek-scan__video'), stream: null }
  running = me
  me.video.muted = me.video.playsInline = true
  me.video.setAttribute('aria-label', 'What the camera sees')
  camera.textContent = 'Stop the camera'
  say('Starting the camera…')
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } } })
    me.stream = stream
    if (running !== me) return stream.getTracks().forEach((t) => t.stop())
    me.video.srcObject = stream
    status.after(me.video)
    await me.video.play()
    const find = await finder()
    if (running !== me) return
    say('The camera is on. Hold the square code of the pack in the picture.')
    const begun = Date.now()
    let told = false
    while (running === me) {
      // Of several codes on one pack the longest says most.
      const [best] = (await find(me.video)).sort((a, b) => b.length - a.length)
      if (running !== me) return
      if (best) {
        stop('A code was seen. Looking it up…')
        return read(best)
      }
      const gone = Date.now() - begun
      if (gone > patience) return stop('No code was seen, and the camera is off again. Type the code, or take a photo.')
      if (gone > 8000 && !told) {
        told = true
        say('No code is seen yet. Come closer until it is sharp, in good light.')
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  } catch (error) {
    if (running !== me) return
    stop(error.name === 'NotAllowedError'
      ? 'The camera may not be used here. Allow it in the browser, or type the code.'
      : 'The camera cannot be used just now. Type the code, or take a photo.')
  }
}

const camera = press('Use the camera', () => running ? stop('The camera is off.') : look())
if (navigator.mediaDevices?.getUserMedia) {
  button.after(camera)
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') stop('The camera is off.') })
  window.addEventListener('pagehide', () => stop())
  document.addEventListener('visibilitychange', () => { if (document.hidden) stop('The camera is off.') })
}
