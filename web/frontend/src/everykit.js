// What scripts add to pages that work without them: the error summary takes the focus, a form is sent once, plus and
// minus beside a count, and a table that needs no scrolling is no stop for the keyboard.

const summary = document.querySelector('[data-error-summary]')
if (summary) summary.focus()

// A second press on the way to the server would be answered as the first was (every form carries its own key), but the
// person would wait twice.
document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.dataset.sent) {
    event.preventDefault()
    return
  }
  form.dataset.sent = 'yes'
  setTimeout(() => { delete form.dataset.sent }, 3000)
})

// A page brought back by the "back" button may be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent
})

// "Exit this page" leaves nothing on the screen while the other page comes, and nothing for the "back" button. Shift three
// times within five seconds does the same, for when a pointer is too slow. Without scripts it is a plain link.
const exit = document.querySelector('[data-exit]')
if (exit) {
  let presses = []
  exit.querySelector('[hidden]').hidden = false // how to do it by key is true only here
  const leave = (event) => {
    event.preventDefault()
    document.documentElement.hidden = true
    document.title = ''
    window.location.replace(exit.href)
  }
  exit.addEventListener('click', leave)
  document.addEventListener('keydown', (event) => {
    presses = event.key === 'Shift' && !event.repeat ? [...presses.filter((at) => event.timeStamp - at < 5000), event.timeStamp] : []
    if (presses.length === 3) leave(event)
  })
}

function stepper (wrapper) {
  const input = wrapper.querySelector('input')
  const label = document.querySelector(`label[for="${CSS.escape(input.id)}"]`)
  const make = (text, words, by) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'ek-step'
    button.textContent = text
    button.setAttribute('aria-label', `${words}: ${label ? label.textContent : input.name}`)
    button.addEventListener('click', () => {
      const least = input.min === '' ? 0 : Number(input.min)
      const next = (Number.parseInt(input.value, 10) || 0) + by
      input.value = String(Math.max(least, next))
      input.dispatchEvent(new Event('input', { bubbles: true }))
    })
    return button
  }
  input.before(make('−', wrapper.dataset.less, -1))
  input.after(make('+', wrapper.dataset.more, 1))
}
document.querySelectorAll('[data-step]').forEach(stepper)

// A count that is filled in is typed over, not added to: 2 typed into a field that holds 1 must not make 21.
document.querySelectorAll('.ek-count input').forEach((input) => {
  input.addEventListener('focus', () => input.select())
  if (input === document.activeElement) input.select()
})

function scrolls (region) {
  const wide = region.scrollWidth > region.clientWidth + 1
  region.classList.toggle('ek-scroll--wide', wide)
  if (wide) region.setAttribute('tabindex', '0')
  else region.removeAttribute('tabindex')
}
const regions = document.querySelectorAll('[data-scroll]')
regions.forEach(scrolls)
if (regions.length > 0) window.addEventListener('resize', () => regions.forEach(scrolls))

// Paper that is typed in: Enter goes to the next row, Ctrl and D copies the row above, a button copies the last row that
// was filled in. Without scripts Enter saves.
function sheet (table) {
  const form = table.closest('form')
  const rows = [...table.querySelectorAll('[data-row]')]
  const cells = (row) => [...row.querySelectorAll('input, select')]
  const copy = (from, to) => cells(from).forEach((cell, i) => { cells(to)[i].value = cell.value })
  const go = (row) => {
    const cell = row ? cells(row)[0] : form.querySelector('button[type=submit]')
    cell.focus()
    if (cell.select) cell.select()
  }
  const at = (event) => event.altKey || event.metaKey || event.isComposing ? -1 : rows.indexOf(event.target.closest('[data-row]'))
  // On keypress, for that is when Enter would send the form.
  table.addEventListener('keypress', (event) => {
    if (event.key !== 'Enter' || event.ctrlKey || at(event) < 0) return
    event.preventDefault()
    go(rows[at(event) + 1])
  })
  const keys = form.querySelector('[data-sheet-keys]')
  if (!keys) return
  keys.hidden = false
  table.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'd' || !event.ctrlKey || at(event) < 1) return
    event.preventDefault()
    copy(rows[at(event) - 1], rows[at(event)])
    go(rows[at(event) + 1])
  })
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'nhsuk-button nhsuk-button--secondary'
  button.textContent = 'Copy the last row'
  button.addEventListener('click', () => {
    const last = rows.findLastIndex((row) => cells(row)[0].value !== '')
    if (last < 0 || last + 1 === rows.length) return
    copy(rows[last], rows[last + 1])
    go(rows[last + 1])
  })
  form.querySelector('[data-sheet-actions]').append(button)
}
document.querySelectorAll('[data-sheet]').forEach(sheet)

document.querySelectorAll('[data-print]').forEach((button) => {
  button.hidden = false
  button.addEventListener('click', () => window.print())
})

// "Use my location" asks the browser only when it is pressed, and sends where that is to about 100 metres, in the body of the form.
document.querySelectorAll('[data-locate]').forEach((button) => {
  if (!navigator.geolocation) return
  const form = button.form
  const failed = form.querySelector('[data-locate-failed]')
  button.hidden = false
  button.addEventListener('click', () => {
    button.disabled = true
    failed.hidden = true
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.lat.value = coords.latitude.toFixed(3)
      form.elements.lon.value = coords.longitude.toFixed(3)
      form.requestSubmit()
    }, () => {
      button.disabled = false
      failed.hidden = false
    }, { maximumAge: 60000, timeout: 15000 })
  })
})

// A page brought back by the "back" button does not send again where somebody was.
window.addEventListener('pageshow', () => {
  document.querySelectorAll('[data-locate]').forEach((button) => {
    button.disabled = false
    button.form.elements.lat.value = button.form.elements.lon.value = ''
  })
})
