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
  input.before(make('−', 'One less', -1))
  input.after(make('+', 'One more', 1))
}
document.querySelectorAll('[data-step]').forEach(stepper)

function scrolls (region) {
  const wide = region.scrollWidth > region.clientWidth + 1
  region.classList.toggle('ek-scroll--wide', wide)
  if (wide) region.setAttribute('tabindex', '0')
  else region.removeAttribute('tabindex')
}
const regions = document.querySelectorAll('[data-scroll]')
regions.forEach(scrolls)
if (regions.length > 0) window.addEventListener('resize', () => regions.forEach(scrolls))
