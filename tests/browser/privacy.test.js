// A data protection officer: what a child and its family are owed, from a mother's question to
// the certificate of an erasure.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

/** A child of our own, whom nobody else's test looks for. */
async function child(page, name) {
  const sent = await page.request.post('/api/v1/requests', {
    headers: { authorization: 'Bearer demo-school-900001', 'idempotency-key': `child-${name}` },
    data: {
      requested_by: { name: 'Rosalind Hughes', role: 'SENCO' },
      about: 'child',
      child: { given_name: name, family_name: 'Quendelina', date_of_birth: '2016-03-02', year_group: 5 },
      needs: { primary: 'HI', description: `${name} does not hear what is said behind her.` },
      support_sought: ['advice'],
      consent: { given: true, by: 'parent', on: '2026-06-01', method: 'written' },
      summary: 'Her brother was here too.',
    },
  })
  assert.equal(sent.status(), 201, await sent.text())
  return sent.json()
}

/** To the child's page, by its name, which then stands in no address. */
async function find(page, name) {
  await page.goto('/privacy')
  await page.getByRole('link', { name: 'Find a child' }).click()
  await page.getByLabel('Name, date of birth').fill(name)
  await page.getByRole('button', { name: 'Find' }).click()
  assert.doesNotMatch(page.url(), new RegExp(name))
  await page.getByRole('rowheader').getByRole('link', { name: `${name} Quendelina` }).click()
}

async function fillDate(page, legend, [day, month, year]) {
  const group = page.getByRole('group', { name: legend })
  await group.getByLabel('Day').fill(day)
  await group.getByLabel('Month').fill(month)
  await group.getByLabel('Year').fill(year)
}

const today = () => {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London' }).format(new Date())
  return parts.split('/')
}

test('the start of an officer leads to all there is to do', async () => {
  const { page, broken } = await come(house, 'The data protection officer')
  await look(page, 'privacy-start')
  await narrow(page, 'privacy-start')
  for (const [link, heading] of [
    ['Find a child', /Find a child/],
    ['Subject access requests', /Subject access requests/],
    ['What falls due', /What falls due/],
    ['The retention schedule', /How long records are kept/],
    ['Unusual reading', /Unusual reading/],
    ['Everything else of audit', /Audit/],
  ]) {
    await page.goto('/privacy')
    await page.getByRole('link', { name: link, exact: true }).click()
    assert.match(await page.textContent('h1'), heading)
    await look(page, `privacy-${link.toLowerCase().replaceAll(/[^a-z]+/g, '-').slice(0, 20)}`)
  }
  assert.deepEqual(broken, [])
})

test('a mother’s question is recorded, its clock stops and goes on, and it is answered', async () => {
  const { page } = await come(house, 'The data protection officer')
  await child(page, 'Ivy')
  await find(page, 'Ivy')
  await look(page, 'privacy-child')
  await narrow(page, 'privacy-child')
  assert.doesNotMatch(await page.title(), /Ivy|Quendelina/)
  await page.getByRole('link', { name: 'Somebody asked what is held' }).click()
  await page.getByRole('button', { name: 'Begin' }).click()
  await look(page, 'privacy-ask-faults')
  assert.match(await page.textContent('.govuk-error-summary'), /received on|by/i)
  await fillDate(page, 'On which day did it come in?', today())
  await page.getByLabel('A parent or carer').check()
  await page.getByLabel('Yes').check()
  await page.getByLabel('What do they want').fill('All that the panel said.')
  await look(page, 'privacy-ask')
  await page.getByRole('button', { name: 'Begin' }).click()
  assert.match(await page.textContent('main'), /It must be answered by/)
  await look(page, 'privacy-access')
  const one = page.url().split('?')[0]

  await page.getByRole('link', { name: 'Ask them for proof' }).click()
  await page.getByLabel('What they mean').check()
  await fillDate(page, 'On which day did you ask?', today())
  await look(page, 'privacy-clarify')
  await page.getByRole('button', { name: 'Stop the clock' }).click()
  assert.match(await page.textContent('main'), /The clock stands still/)
  await look(page, 'privacy-access-waiting')
  await page.getByRole('link', { name: 'They answered' }).click()
  await fillDate(page, 'On which day did they answer?', today())
  await page.getByRole('button', { name: 'Let the clock go on' }).click()

  await page.getByRole('link', { name: 'Take two months longer' }).click()
  await page.getByLabel('The request is complex').check()
  await look(page, 'privacy-extend')
  await page.getByRole('button', { name: 'Take two months longer' }).click()
  assert.match(await page.textContent('main'), /Two months longer, because/)

  await page.getByRole('link', { name: 'Read what is held' }).click()
  await look(page, 'privacy-held')
  await narrow(page, 'privacy-held')
  const held = await page.textContent('main')
  assert.match(held, /does not hear what is said behind her/)
  assert.match(await page.locator('.fd-apart').textContent(), /Rosalind Hughes/)
  assert.equal(held.split('Rosalind Hughes').length, 2, 'others stand apart, and only there')
  assert.match(held, /To be read/)
  const paper = await page.request.get(await page.getByRole('link', { name: 'Download the paper' }).getAttribute('href'), { headers: { accept: 'text/html' } })
  assert.ok((await paper.text()).includes('What we hold about you'))
  assert.ok(!(await paper.text()).includes('Rosalind'))
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.locator('.fd-apart').isVisible(), false, 'on paper nobody else stands')
  await page.emulateMedia({ media: null })

  await page.goto(one)
  await page.getByRole('link', { name: 'Record the answer' }).click()
  await page.getByLabel('Everything was given').check()
  await look(page, 'privacy-answer')
  await page.getByRole('button', { name: 'Record the answer' }).click()
  assert.match(await page.textContent('main'), /Everything was given/)
  await page.goto('/subject-access?state=answered')
  assert.match(await page.textContent('table'), /Answered/)
  await look(page, 'privacy-access-list')
})

test('a hold prevents an erasure; released, a child is erased after two confirmations, and is gone', async () => {
  const { page } = await come(house, 'The data protection officer')
  const request = await child(page, 'Wren')
  await find(page, 'Wren')
  const address = page.url()
  await page.getByRole('link', { name: 'Put a hold on the record' }).click()
  await page.getByRole('button', { name: 'Put the hold' }).click()
  await look(page, 'privacy-hold-faults')
  await page.getByLabel('A complaint is being looked into').check()
  await page.getByLabel('In words').fill('Her mother complains.')
  await page.getByRole('button', { name: 'Put the hold' }).click()
  assert.match(await page.textContent('main'), /Nothing about this child can be erased/)
  await look(page, 'privacy-held-back')

  await page.getByRole('link', { name: 'Erase the child' }).click()
  assert.match(await page.textContent('main'), /A hold prevents it/)
  assert.equal(await page.getByRole('button', { name: 'Go on to the second' }).count(), 0)
  await look(page, 'privacy-erase-held')
  await page.goto(`${address.split('?')[0]}/erase/confirm`)
  await confirm(page, request.reference)
  assert.match(await page.textContent('.govuk-error-summary'), /hold|held/i)

  await page.goto(address)
  await page.getByRole('link', { name: /^Release/ }).click()
  await page.getByLabel('The reason for it has gone').check()
  await look(page, 'privacy-release')
  await page.getByRole('button', { name: 'Release the hold' }).click()
  await page.getByRole('link', { name: 'Erase the child' }).click()
  await look(page, 'privacy-erase')
  await narrow(page, 'privacy-erase')
  assert.match(await page.textContent('main'), /What goes, for good[\s\S]*What stays/)
  await page.getByRole('button', { name: 'Go on to the second' }).click()

  await page.getByRole('button', { name: 'Erase this child' }).click()
  const faults = await page.textContent('.govuk-error-summary')
  for (const wanted of [/Say why/, /Type the reference/, /cannot be undone/]) assert.match(faults, wanted)
  await look(page, 'privacy-erase-faults')
  await confirm(page, 'FD-00000-00000')
  assert.match(await page.textContent('.govuk-error-summary'), /reference of a request about it/)
  await confirm(page, request.reference)
  assert.match(await page.textContent('h1'), /Certificate of erasure/)
  await look(page, 'privacy-certificate')
  await narrow(page, 'privacy-certificate')
  assert.doesNotMatch(await page.textContent('main'), /Wren|Quendelina/)

  await gone(page, address, request)
})

async function confirm(page, reference) {
  await page.getByLabel('Somebody asked for it').check()
  await page.getByLabel('Type the reference').fill(reference)
  await page.getByLabel('I understand').check()
  await page.getByRole('button', { name: 'Erase this child' }).click()
}

/** Nobody reads of her again, on any page. */
async function gone(page, address, request) {
  const named = /Wren|does not hear what is said/
  for (const path of [address, `${address.split('?')[0]}/subject-access`, `/requests/${request.id}`, `/audit/requests/${request.id}`]) {
    await page.goto(path)
    assert.doesNotMatch(await page.content(), named, path)
    await look(page, `privacy-gone-${path.split('/').at(3) === 'children' ? 'child' : path.split('/').at(1)}`)
  }
  await page.goto('/children')
  await page.getByLabel('Name, date of birth').fill('Wren')
  await page.getByRole('button', { name: 'Find' }).click()
  assert.match(await page.textContent('main'), /Nobody like this is known here/)
  await look(page, 'privacy-nobody')
  for (const who of ['The duty adviser', 'A coordinator']) {
    const other = await come(house, who)
    await other.page.goto(`/requests/${request.id}`)
    assert.doesNotMatch(await other.page.content(), named, who)
    await other.context.close()
  }
}

test('the schedule is read and set, what falls due is previewed, and nothing can be erased before its day', async () => {
  const { page } = await come(house, 'The data protection officer')
  await page.goto('/retention')
  await page.getByRole('link', { name: 'Change the schedule' }).click()
  await look(page, 'privacy-retention-set')
  await narrow(page, 'privacy-retention-set')
  const supported = page.getByRole('group', { name: 'A request that led to support' })
  await supported.getByLabel('Kept for so many years').fill('0')
  await page.getByRole('button', { name: 'Set the schedule' }).click()
  assert.match(await page.textContent('.govuk-error-summary'), /years/i)
  await look(page, 'privacy-retention-faults')
  await supported.getByLabel('Kept for so many years').fill('31')
  await page.getByRole('button', { name: 'Set the schedule' }).click()
  assert.match(await page.textContent('table'), /31 years/)
  await page.getByRole('link', { name: 'What falls due' }).click()
  await page.getByLabel('By the day').fill('2060-01-01')
  await page.getByRole('button', { name: 'Show' }).click()
  await look(page, 'privacy-due')
  await narrow(page, 'privacy-due')
  assert.match(await page.textContent('table'), /is kept until/)
  assert.match(await page.textContent('main'), /None of them can be erased today/)
  assert.equal(await page.getByRole('button', { name: 'Erase those that are ticked' }).count(), 0)
})

test('only the administrator replaces the master key, and says first what follows', async () => {
  const officer = await come(house, 'The data protection officer')
  assert.equal((await officer.page.goto('/keys/master')).status(), 404)
  const { page } = await come(house, 'The administrator')
  await page.goto('/keys/master')
  await look(page, 'privacy-master-key')
  await page.getByRole('button', { name: 'Replace the master key' }).click()
  assert.match(await page.textContent('.govuk-error-summary'), /new backup of the keys/)
  await page.getByLabel('I will take a backup').check()
  await page.getByRole('button', { name: 'Replace the master key' }).click()
  assert.match(await page.textContent('main'), /A new master key is in force/)
  await look(page, 'privacy-master-key-replaced')
})
