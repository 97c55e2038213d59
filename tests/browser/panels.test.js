// Before a meeting begins: the queue as a board, the calendar, an agenda and its packs, and who
// reads them.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'

let house
let called
before(async () => {
  house = await open()
  called = await meeting('scheduled')
  await refer(called.panel)
})
after(async () => { await house.close() })

/** What the API answers to one of the demonstration's people. */
async function asked(path, key = 'demo-panel') {
  const answer = await fetch(`${house.address}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })
  return answer.json()
}

/** Sends a panel what waits for the duty adviser, so that it has more than two before it. */
async function refer(panel) {
  const { items } = await asked('/requests?status=with_duty_adviser', 'demo-adviser')
  const reason = { code: 'professional_judgement', text: 'Several services have to agree.' }
  for (const it of items) {
    await fetch(`${house.address}/api/v1/requests/${it.id}/actions/refer-to-panel`, {
      method: 'POST',
      headers: { authorization: 'Bearer demo-adviser', 'content-type': 'application/json' },
      body: JSON.stringify({ panel, reason }),
    })
  }
}

/** A meeting that is called, and one whose packs are out. */
async function meeting(state) {
  const { items } = await asked('/meetings?from=2020-01-01&limit=200')
  return items.find(it => it.state === state && it.items > 0)
}

/** Somebody at a browser of their own, by the key of their account. */
async function comeAs(key, options = {}) {
  const person = await come(house, 'The panel manager', options)
  await person.context.clearCookies()
  await person.page.goto('/sign-in')
  await person.page.getByText('Be somebody else').click()
  await person.page.getByLabel('Demonstration key').fill(key)
  await person.page.getByRole('button', { name: 'Be this person' }).click()
  return person
}

test('the panel manager starts with what waits, and comes from there to a board', async () => {
  const { page, broken } = await come(house, 'The panel manager')
  await look(page, 'panels-start')
  await narrow(page, 'panels-start')
  await page.getByRole('link', { name: 'Panels', exact: true }).click()
  await look(page, 'panels-list')
  await narrow(page, 'panels-list')
  await page.getByRole('rowheader').getByRole('link').first().click()
  await look(page, 'panels-board')
  await narrow(page, 'panels-board')
  const columns = await page.getByRole('heading', { level: 2 }).allInnerTexts()
  assert.ok(columns.some(it => /^In depth \(\d+\)$/.test(it)), columns.join())
  for (const column of await page.locator('section.fd-board__column').all()) {
    const [, count] = (await column.getByRole('heading', { level: 2 }).innerText()).match(/\((\d+)\)/)
    assert.equal(await column.locator('ul.fd-cases > li').count(), Number(count))
  }
  await page.getByRole('link', { name: /On an agenda/ }).click()
  assert.match(page.url(), /standing=on_agenda/)
  await look(page, 'panels-board-filtered')
  assert.deepEqual(broken, [])
})

test('a depth is set with a reason, and not without one', async () => {
  const { page } = await come(house, 'The panel manager')
  await page.goto(`/panels/${called.panel}`)
  await page.getByText('Why this depth').first().click()
  await look(page, 'panels-board-why')
  const reference = await page.locator('.fd-case h3 a').first().innerText()
  await page.getByRole('link', { name: `Change the depth of ${reference}` }).click()
  await look(page, 'panels-depth')
  await page.getByLabel('By consent').check()
  await page.getByRole('button', { name: 'Set the depth' }).click()
  await look(page, 'panels-depth-faults')
  assert.match(await page.textContent('main'), /There is a problem/)
  await page.getByLabel('Reason').selectOption('professional_judgement')
  await page.getByLabel('In your own words').fill('The school and the service agree already.')
  await page.getByRole('button', { name: 'Set the depth' }).click()
  assert.match(await page.textContent('main'), /The depth is set/)
  const column = page.locator('section', { has: page.getByRole('heading', { name: /By consent/ }) })
  assert.match(await column.innerText(), new RegExp(reference))
  await look(page, 'panels-board-set')
})

test('an agenda is put into another order with the keyboard, and saved so', async () => {
  const { page } = await come(house, 'The panel manager')
  await page.goto(`/meetings/${called.id}/agenda`)
  const rows = page.locator('[data-row]')
  const second = await rows.nth(1).locator('[data-name]').innerText()
  await rows.nth(1).locator('[data-take]').check()
  await rows.nth(1).getByRole('button', { name: `Up ${second}` }).focus()
  await page.keyboard.press('Enter')
  assert.equal(await rows.first().locator('[data-name]').innerText(), second)
  assert.match(await page.locator('#said').textContent(), new RegExp(`${second} is now number 1 of`))
  await look(page, 'panels-agenda-order')
  await narrow(page, 'panels-agenda-order')
  await page.getByRole('button', { name: 'Save the agenda' }).click()
  assert.match(await page.textContent('main'), /The agenda is saved/)
  const { items } = await asked(`/meetings/${called.id}/agenda`)
  assert.equal(items[0].reference, second)
  assert.equal(items.length, called.items + 1)
})

test('a meeting is called from what it could take up, its agenda is built, and its packs go out', async () => {
  const { page, broken } = await come(house, 'The panel manager')
  await page.goto(`/panels/${called.panel}/proposal`)
  await look(page, 'panels-proposal')
  await narrow(page, 'panels-proposal')
  await page.goto(`/panels/${called.panel}/dates`)
  await look(page, 'panels-dates')
  await page.getByRole('link', { name: 'Call a meeting' }).click()
  await look(page, 'panels-call')
  await narrow(page, 'panels-call')
  await page.getByRole('button', { name: /Call this meeting/ }).first().click()
  await look(page, 'panels-agenda-new')
  assert.match(await page.textContent('main'), /The meeting is called/)

  const row = page.locator('[data-row]').first()
  await row.getByLabel(/^Minutes/).fill('200')
  assert.match(await page.locator('#time').innerText(), /minutes too many/)
  await look(page, 'panels-agenda-over')
  await page.getByRole('button', { name: 'Save the agenda' }).click()
  await look(page, 'panels-agenda-faults')
  assert.match(await page.textContent('main'), /agenda takes \d+ minutes, and the meeting has 180/)
  await page.locator('[data-row]').first().getByLabel(/^Minutes/).fill('25')
  assert.match(await page.locator('#time').innerText(), /\d+ minutes left/)
  await page.getByRole('button', { name: 'Save the agenda' }).click()
  assert.match(await page.textContent('main'), /The agenda is saved/)
  await look(page, 'panels-agenda-saved')
  await narrow(page, 'panels-agenda-saved')
  await page.getByRole('button', { name: 'Publish the packs' }).click()
  assert.match(await page.textContent('main'), /Every item of the agenda has its pack/)
  await look(page, 'panels-agenda-published')
  assert.deepEqual(broken.filter(it => !/\b4(09|22)\b/.test(it)), [])
})

test('without scripts the server works out the time and keeps what was typed', async () => {
  const { page } = await come(house, 'The panel manager', { javaScriptEnabled: false })
  const { planned_minutes: taken, items: before } = await asked(`/meetings/${called.id}/agenda`)
  await page.goto(`/meetings/${called.id}/agenda`)
  const minutes = page.locator('[data-row]').first().locator('[data-minutes-of]')
  const planned = await minutes.inputValue()
  await minutes.fill('40')
  await page.getByRole('button', { name: 'Work out the time' }).click()
  assert.equal(await page.locator('[data-row]').first().locator('[data-minutes-of]').inputValue(), '40')
  const sum = taken - Number(planned) + 40
  assert.match(await page.locator('#time').innerText(), new RegExp(`^${sum} of 180 minutes planned: ${180 - sum} minutes left`))
  await page.locator('[data-row]').first().locator('[data-take]').uncheck()
  await page.getByRole('button', { name: 'Work out the time' }).click()
  assert.match(await page.locator('#time').innerText(), new RegExp(`^${sum - 40} of 180 minutes planned`))
  const kept = await asked(`/meetings/${called.id}/agenda`)
  assert.equal(kept.items.length, before.length, 'nothing was saved')
})

test('a meeting is called off, and the calendar says where its items went', async () => {
  const { page } = await come(house, 'The panel manager')
  await page.goto('/panels/sensory-physical/meetings/new')
  await page.getByRole('button', { name: /Call this meeting/ }).first().click()
  await page.getByRole('link', { name: 'Call this meeting off' }).click()
  await look(page, 'panels-cancel')
  await page.getByLabel('The weather').check()
  await page.getByRole('button', { name: 'Call it off' }).click()
  assert.match(await page.textContent('main'), /called off[\s\S]*Meetings to come[\s\S]*Because of the weather[\s\S]*Dates of its cycle/)
  await look(page, 'panels-dates-cancelled')
  await page.goto('/panels/calendar')
  const tops = await page.locator('.fd-turns').first().locator('section').evaluateAll(all =>
    all.map(it => it.getBoundingClientRect().top))
  assert.equal(tops.length, 4)
  assert.equal(new Set(tops).size, 1, 'the four panels stand side by side')
  await look(page, 'panels-calendar')
  await narrow(page, 'panels-calendar')
  assert.match(await page.textContent('main'), /Because of the weather/)
})

test('a special meeting needs a time; a feed is told once and can be taken back', async () => {
  const { page } = await come(house, 'The panel manager')
  await page.goto('/panels/semh/meetings/new')
  await page.getByLabel('When does it begin?').fill('2020-01-01T10:00')
  await page.getByRole('button', { name: 'Call a special meeting' }).click()
  await look(page, 'panels-call-faults')
  assert.match(await page.textContent('main'), /There is a problem/)
  await page.goto('/panels/semh/feed')
  await page.getByRole('button', { name: 'Get an address' }).click()
  await look(page, 'panels-feed')
  const address = await page.locator('code').innerText()
  assert.equal((await page.request.get(address)).status(), 200)
  await page.getByRole('button', { name: 'Make my address stop working' }).click()
  assert.match(await page.textContent('main'), /does not work any more/)
  assert.notEqual((await page.request.get(address)).status(), 200)
})

test('a member reads a pack, which is on record, and declares an interest', async () => {
  const out = await meeting('published')
  const { members, chair } = await asked(`/panels/${out.panel}`)
  const member = members.find(it => it.account !== chair).account
  const { page, broken } = await comeAs(`demo-panel-${member}`)
  await look(page, 'panels-member-start')
  await narrow(page, 'panels-member-start')
  await page.getByRole('link', { name: /pack.* that you have not opened/ }).first().click()
  await look(page, 'panels-reading')
  assert.match(await page.textContent('main'), /Not read yet/)
  await page.locator('h2 a').first().click()
  await look(page, 'panels-pack')
  await narrow(page, 'panels-pack')
  for (const words of ['What is asked', 'What was tried', 'What the school provides now', 'How it stands to the criteria']) {
    assert.match(await page.textContent('main'), new RegExp(words))
  }
  await page.getByRole('link', { name: /Packs of/ }).click()
  assert.match(await page.textContent('main'), /Read/)
  await look(page, 'panels-reading-read')
  const { items } = await asked(`/meetings/${out.id}`)
  assert.ok(items[0].opened_by.includes(member), 'it is on record')

  await page.locator('h2 a').first().click()
  await page.getByRole('link', { name: 'Declare an interest' }).click()
  await look(page, 'panels-interest')
  await page.getByRole('button', { name: 'Stand aside' }).click()
  await look(page, 'panels-interest-faults')
  await page.getByLabel('I have worked on it').check()
  await page.getByRole('button', { name: 'Stand aside' }).click()
  assert.match(await page.textContent('main'), /You stand aside/)
  await page.goto(`/meetings/${out.id}/items/${items[0].request}/pack`)
  assert.match(await page.textContent('main'), /neither reads nor decides/)
  await look(page, 'panels-pack-aside')
  assert.deepEqual(broken.filter(it => !it.includes('422')), [])
})

test('what comes in after a pack makes another version of it, which says what is new', async () => {
  const out = await meeting('published')
  const { items: [{ request }] } = await asked(`/meetings/${out.id}`)
  await fetch(`${house.address}/api/v1/requests/${request}/actions/note`, {
    method: 'POST',
    headers: { authorization: 'Bearer demo-panel', 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'The school called: there is a new report.' }),
  })
  const { page } = await come(house, 'The panel manager')
  await page.goto(`/meetings/${out.id}/items/${request}/pack`)
  assert.match(await page.textContent('main'), /Something has come in since/)
  await page.getByRole('button', { name: 'Publish another version' }).click()
  assert.match(await page.textContent('main'), /Another version of the pack is out[\s\S]*Changed since version 1/)
  await look(page, 'panels-pack-renewed')
  await page.getByRole('link', { name: '1', exact: true }).click()
  assert.match(page.url(), /version=1/)
  assert.match(await page.textContent('main'), /This is not the latest/)
  await look(page, 'panels-pack-earlier')
})

test('packs print one item a page, without what is only for a screen', async () => {
  const { page } = await come(house, 'The panel manager')
  const out = await meeting('published')
  await page.goto(`/meetings/${out.id}/packs`)
  await look(page, 'panels-packs')
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.locator('header').first().isVisible(), false)
  assert.equal(await page.getByText(/^Confidential: about a child/).first().isVisible(), true)
  const pdf = await page.pdf({ path: new URL('../../target/screenshots/panels-packs.pdf', import.meta.url).pathname, preferCSSPageSize: true })
  assert.ok(pdf.length > 10_000)
  await page.screenshot({ path: new URL('../../target/screenshots/panels-packs-print.png', import.meta.url).pathname, fullPage: true })
})

test('terms are read by version, and changed as a whole by the administrator', async () => {
  const { page } = await come(house, 'The administrator')
  await page.goto('/panels/semh/terms')
  await look(page, 'panels-terms')
  await narrow(page, 'panels-terms')
  await page.getByRole('link', { name: 'Change the terms' }).click()
  await look(page, 'panels-terms-edit')
  await narrow(page, 'panels-terms-edit')
  await page.getByLabel('How many must be in the room?').fill('0')
  await page.getByRole('button', { name: 'Put these terms into force' }).click()
  await look(page, 'panels-terms-faults')
  assert.match(await page.textContent('main'), /There is a problem/)
  await page.getByLabel('How many must be in the room?').fill('5')
  await page.getByLabel(/Sits on the panel Beth Orme/).uncheck()
  await page.getByRole('button', { name: 'Put these terms into force' }).click()
  assert.match(await page.textContent('main'), /goes by these terms now/)
  assert.doesNotMatch(await page.textContent('main'), /Beth Orme/)
  await page.getByRole('link', { name: 'Version 2', exact: true }).click()
  assert.match(await page.textContent('main'), /not in force any more[\s\S]*Beth Orme/)
})

test('a new panel is established, with every fault of its terms at once', async () => {
  const { page } = await come(house, 'The administrator')
  await page.getByRole('link', { name: 'Panels', exact: true }).click()
  await page.getByRole('link', { name: 'Establish a new panel' }).click()
  await look(page, 'panels-new')
  await narrow(page, 'panels-new')
  await page.getByLabel('Short name').fill('semh')
  await page.getByRole('button', { name: 'Continue' }).click()
  assert.match(await page.textContent('main'), /There is a panel of this name already/)
  await page.getByLabel('Short name').fill('Early years')
  await page.getByRole('button', { name: 'Continue' }).click()
  await look(page, 'panels-new-terms')
  await page.getByRole('button', { name: 'Establish the panel' }).click()
  await look(page, 'panels-new-faults')
  assert.ok(await page.locator('.govuk-error-summary li').count() > 3)
  await page.getByLabel('Name', { exact: true }).fill('Early years panel')
  await page.getByRole('radio', { name: 'Other', exact: true }).check()
  await page.getByLabel('Funding').check()
  await page.getByLabel('Day', { exact: true }).fill('13')
  await page.getByLabel('Month', { exact: true }).fill('1')
  await page.getByLabel('Year', { exact: true }).fill('2027')
  await page.getByRole('checkbox', { name: 'Education adviser' }).check()
  await page.getByLabel('What must a chair be?').selectOption('education_adviser')
  await page.getByLabel('Chair', { exact: true }).selectOption('joan-ferris')
  await page.getByLabel(/^Appoint/).first().check()
  await page.getByLabel('Who', { exact: true }).first().selectOption('joan-ferris')
  await page.getByLabel('As what', { exact: true }).first().selectOption('education_adviser')
  await page.getByLabel('How many must be in the room?').fill('1')
  await page.getByRole('button', { name: 'Establish the panel' }).click()
  assert.match(await page.textContent('main'), /goes by these terms now[\s\S]*Early years panel[\s\S]*Joan Ferris/)
})

test('attendance is read, and told only to whom it may be', async () => {
  const { page } = await come(house, 'The panel manager')
  await page.goto('/panels/communication-interaction/attendance')
  await look(page, 'panels-attendance')
  await narrow(page, 'panels-attendance')
  const adviser = await come(house, 'The duty adviser')
  assert.equal((await adviser.page.goto('/panels/communication-interaction/attendance')).status(), 404)
  const school = await come(house, 'A school')
  assert.equal((await school.page.goto('/panels/communication-interaction')).status(), 404)
})
