// What pages do better with a script; without it they work as they stand.
import { initAll } from './govuk.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// A list keeps itself up to date: what is marked is fetched again and put in its place, unless
// somebody is in the middle of it.
const EVERY_SECONDS = 20

async function refresh(region) {
  if (document.hidden || region.contains(document.activeElement)) return
  const response = await fetch(window.location.href, { credentials: 'same-origin' })
  if (!response.ok || response.redirected) return
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const now = page.getElementById(region.id)
  if (!now || now.innerHTML === region.innerHTML) return
  region.innerHTML = now.innerHTML
  const said = document.getElementById('said')
  if (said) said.textContent = 'The list was updated.'
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
