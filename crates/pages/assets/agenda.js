// An agenda while one builds it: the time that is left, and buttons that move an item up and down.
// Without this, numbers are typed and the server works out the time.
const form = document.querySelector('[data-agenda]')
const list = form?.querySelector('ol')
const rows = () => [...(list?.querySelectorAll('[data-row]') ?? [])]
const taken = row => row.querySelector('[data-take]').checked
const named = row => row.querySelector('[data-name]').textContent

function workOut() {
  const minutes = Number(form.dataset.minutes)
  const whole = row => Math.max(0, Math.trunc(Number(row.querySelector('[data-minutes-of]').value)) || 0)
  const used = rows().filter(taken).reduce((sum, row) => sum + whole(row), 0)
  const left = minutes - used
  const time = form.querySelector('#time')
  time.classList.toggle('fd-time--over', left < 0)
  time.querySelector('[data-used]').textContent = used
  time.querySelector('[data-left]').textContent = left < 0 ? `${-left} minutes too many` : `${left} minutes left`
  const bar = time.querySelector('[data-bar]')
  bar.setAttribute('width', Math.min(used, minutes))
  bar.setAttribute('class', left < 0 ? 'fd-late' : 'fd-counting')
}

function number() {
  rows().forEach((row, index) => { row.querySelector('[data-place]').value = index + 1 })
}

function move(row, by) {
  const all = rows()
  const at = all.indexOf(row) + by
  if (at < 0 || at >= all.length) return
  if (by < 0) all[at].before(row)
  else all[at].after(row)
  number()
  document.getElementById('said').textContent = `${named(row)} is now number ${at + 1} of ${all.length}.`
}

function button(row, words, by) {
  const it = document.createElement('button')
  it.type = 'button'
  it.className = 'govuk-button govuk-button--secondary govuk-!-margin-bottom-0'
  it.textContent = words
  const rest = document.createElement('span')
  rest.className = 'govuk-visually-hidden'
  rest.textContent = ` ${named(row)}`
  it.append(rest)
  it.addEventListener('click', () => {
    move(row, by)
    it.focus()
  })
  return it
}

if (list) {
  for (const row of rows()) {
    const moves = document.createElement('div')
    moves.className = 'fd-pick__moves'
    moves.append(button(row, 'Up', -1), button(row, 'Down', 1))
    row.querySelector('.fd-pick__numbers').append(moves)
  }
  list.addEventListener('input', workOut)
  list.addEventListener('change', event => {
    if (!event.target.matches('[data-place]')) return
    const wanted = row => Number(row.querySelector('[data-place]').value)
    const others = rows().filter(row => !row.contains(event.target))
    const row = event.target.closest('[data-row]')
    const after = others[Math.max(0, Math.trunc(wanted(row)) - 1)]
    if (after) after.before(row)
    else list.append(row)
    number()
  })
  workOut()
}
