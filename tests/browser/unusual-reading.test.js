// Reading that was broken open: a row in the report of unusual reading, on the start of whoever
// must look, and on the list of exceptions.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, comeAs, look, narrow } from './house.js'

let house
before(async () => { house = await open() })
after(async () => { await house.close() })

/** A service manager opens a request that is another's, and reads it. */
async function broken(reference) {
  const { page } = await comeAs(house, 'demo-service-educational-psychology')
  await page.goto('/break-glass')
  await page.getByLabel('The whole reference').fill(reference)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByLabel('A child’s safety').check()
  await page.getByLabel('What has happened?').fill('The hospital asks tonight who works with this child.')
  await page.getByLabel('For how long?').selectOption('15')
  await page.getByRole('button', { name: 'Read the request' }).click()
  assert.match(page.url(), /done=break-glass/)
  assert.match(await page.textContent('main'), /What is asked/)
}

test('a reading by exception is what auditor and officer are shown to look at', async () => {
  const adviser = await come(house, 'The duty adviser')
  await adviser.page.goto('/requests?status=awaiting_panel&open=any')
  const reference = await adviser.page.getByRole('rowheader').getByRole('link').first().innerText()
  await broken(reference)
  for (const who of ['An auditor', 'The data protection officer']) {
    const { page, broken: errors } = await come(house, who)
    const name = who.toLowerCase().replaceAll(' ', '-')
    await look(page, `unusual-start-${name}`)
    await page.getByRole('link', { name: 'Unusual reading', exact: true }).first().click()
    const card = page.locator('.govuk-summary-card').filter({ hasText: 'Under an access that was broken open' })
    assert.match(await card.innerText(), /demo-service-educational-psychology/)
    await look(page, `unusual-${name}`)
    await narrow(page, `unusual-${name}`)
    await card.getByRole('link', { name: 'demo-service-educational-psychology' }).click()
    assert.match(await page.textContent('main'), /Read a request[\s\S]*Break glass/)
    await page.goto('/audit/break-glass')
    const row = page.getByRole('row').filter({ hasText: reference })
    assert.match(await row.innerText(), /demo-service-educational-psychology/)
    assert.match(await row.innerText(), /\d+ looks?/)
    await look(page, `glass-read-${name}`)
    assert.deepEqual(errors, [])
  }
})
