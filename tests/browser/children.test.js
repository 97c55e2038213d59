// Whether two requests are about one child: said by an adviser, and taken back when it was wrong.
import { test, before, after } from 'node:test'
import { strict as assert } from 'node:assert'
import { open, come, look, narrow } from './house.js'
import { asked } from './panel.js'

let house, first, second, third
before(async () => {
  house = await open(['--demo-clock', '2026-12-01T12:00:00Z'])
  first = await asked(house, '900012', ['Katharine', 'Okoro'], 'ASD', 'funding')
  second = await asked(house, '900007', ['Katherine', 'Okoro'], 'SLCN', 'funding')
  third = await asked(house, '900024', ['Katharine', 'Okoro'], 'SLCN', 'funding')
})
after(async () => { await house.close() })

const link = page => page.getByRole('button', { name: 'Say that two are the same child' }).click()
const unlink = page => page.getByRole('button', { name: 'Say that they are not the same child' }).click()
/** What was asked for the child of a request, as its page lists it. */
const history = page => page.getByRole('heading', { name: 'Everything asked for this child' })
  .locator('xpath=following-sibling::ul[1]').innerText()

test('an adviser links a child with the right one of several, and takes a wrong link back', async () => {
  const { page, broken } = await come(house, 'The duty adviser')
  await page.goto(`/requests/${first.id}`)
  await page.getByText(/^Who may be the same child/).click()
  await look(page, 'child-same')
  await page.getByRole('link', { name: 'Say that two are the same child' }).first().click()
  await look(page, 'child-link')
  await narrow(page, 'child-link')
  assert.equal(await page.getByLabel(new RegExp(`^${third.reference}`)).count() +
    await page.getByLabel(new RegExp(`^${second.reference}`)).count(), 2)
  await link(page)
  await look(page, 'child-link-faults')
  assert.match(await page.textContent('#request-error'), /Say which request is about the other child/)

  await page.getByLabel(new RegExp(`^${third.reference}`)).check()
  await link(page)
  await look(page, 'child-linked')
  assert.match(await history(page), new RegExp(third.reference))

  await page.getByRole('link', { name: 'Say that they are not the same child' }).click()
  await look(page, 'child-unlink')
  await unlink(page)
  assert.match(await page.textContent('#request-error'), /Say which request is about the other child/)
  await page.getByLabel(new RegExp(`^${third.reference}`)).check()
  await unlink(page)
  await look(page, 'child-unlinked')
  assert.doesNotMatch(await history(page), new RegExp(third.reference))
  assert.equal(await page.getByRole('link', { name: 'Say that they are not the same child' }).count(), 0)

  await page.goto(`/requests/${first.id}/link-child`)
  await page.getByLabel(new RegExp(`^${second.reference}`)).check()
  await link(page)
  assert.match(await history(page), new RegExp(second.reference))
  await page.goto(`/requests/${second.id}`)
  assert.match(await history(page), new RegExp(first.reference))
  assert.doesNotMatch(page.url() + await page.title(), /Okoro|Kath/)
  assert.deepEqual(broken.filter(it => !/422/.test(it)), [])
})

test('nobody but an adviser says which children are one', async () => {
  for (const who of ['A coordinator', 'The panel manager']) {
    const { page, context } = await come(house, who)
    await page.goto(`/requests/${first.id}`)
    assert.equal(await page.getByRole('link', { name: /the same child/ }).count(), 0, who)
    await context.close()
  }
})
