// What pages do better with a script; without it they work as they stand.
import { initAll } from './govuk.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// A list keeps itself up to date. Every few seconds it asks whether anything moved, which opens
// nobody's name; only then is the page fetched again and the list put in its place, unless
// somebody is in the middle of it: then it waits until they have left it.
const EVERY_SECONDS = 10

const requestsIn = region => new Set([...region.querySelectorAll('[data-request]')].map(it => it.dataset.request))

function say(text) {
  const said = document.getElementById('said')
  if (said) said.textContent = text
}

async function refresh(region) {
  if (document.hidden || region.contains(document.activeElement)) return
  const counted = await fetch(region.dataset.live, { credentials: 'same-origin' })
  if (!counted.ok) return
  const { position } = await counted.json()
  if (String(position) === region.dataset.position) return
  const answer = await fetch(window.location.href, { credentials: 'same-origin' })
  if (!answer.ok || answer.redirected) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const now = page.getElementById(region.id)
  if (!now || region.contains(document.activeElement)) return
  const before = requestsIn(region)
  const come = [...requestsIn(now)].filter(id => !before.has(id)).length
  region.innerHTML = now.innerHTML
  region.dataset.position = now.dataset.position
  say(come === 0 ? 'The list was updated.' : come === 1 ? '1 new request.' : `${come} new requests.`)
}

for (const region of document.querySelectorAll('[data-live]')) {
  setInterval(() => refresh(region).catch(() => {}), EVERY_SECONDS * 1000)
}

// A form that comes to something works it out while one types: the server does the sum, as it does
// for the button.
const AFTER_MILLISECONDS = 400

async function work(form) {
  const body = new URLSearchParams(new FormData(form))
  const response = await fetch(form.dataset.works, { method: 'POST', body, credentials: 'same-origin' })
  if (response.redirected || response.status >= 500) return
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const now = page.getElementById('totals')
  const shown = document.getElementById('totals')
  if (!now || !shown || now.innerHTML === shown.innerHTML) return
  shown.innerHTML = now.innerHTML
  const said = document.getElementById('said')
  if (said) said.textContent = shown.querySelector('[data-said]')?.dataset.said ?? ''
}

for (const form of document.querySelectorAll('form[data-works]')) {
  let soon
  form.addEventListener('input', () => {
    clearTimeout(soon)
    soon = setTimeout(() => work(form).catch(() => {}), AFTER_MILLISECONDS)
  })
}

// A slider over moments goes from one to the next, says which it is, and what is shown follows it.
function slide(form) {
  const region = document.getElementById(form.dataset.slide)
  const range = form.querySelector('input[type=range]')
  const moments = Array.from(range.list.options, it => ({ at: it.value, says: it.label }))
  const after = moments.filter(it => Number(it.at) <= Number(range.value))
  const sent = document.createElement('input')
  Object.assign(sent, { type: 'hidden', name: range.name, value: range.value })
  form.append(sent)
  range.removeAttribute('name')
  range.removeAttribute('list')
  Object.assign(range, { min: 0, max: moments.length - 1, step: 1 })
  range.value = Math.max(0, after.length - 1)
  const says = form.querySelector('[data-slide-says]')
  const say = () => {
    const moment = moments[range.valueAsNumber]
    sent.value = moment.at
    says.textContent = `Just after: ${moment.says}`
    range.setAttribute('aria-valuetext', moment.says)
  }
  let latest = 0
  range.addEventListener('input', async () => {
    say()
    const turn = ++latest
    const address = `${form.getAttribute('action')}?${sent.name}=${sent.value}`
    const response = await fetch(address, { credentials: 'same-origin' })
    if (!response.ok || response.redirected || turn !== latest) return
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    if (turn !== latest) return
    region.replaceChildren(...page.getElementById(region.id).childNodes)
    history.replaceState(null, '', address)
  })
  say()
}

document.querySelectorAll('[data-slide]').forEach(slide)

// Building an agenda has a script of its own.
if (document.querySelector('[data-agenda]')) import('./agenda.js').catch(() => {})
