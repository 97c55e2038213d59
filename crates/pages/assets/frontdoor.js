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
