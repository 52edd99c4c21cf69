import { expect, it } from 'vitest'
import { iciciLimits, iciciOperations } from './operations.ts'

it('B8 is a closed list that only reads', () => {
  const lines = Object.values(iciciOperations).map(({ method, host, path }) => `${method} ${host} ${path}`)
  expect(lines.sort()).toEqual([
    'GET api /breezeapi/api/v1/customerdetails',
    'GET api /breezeapi/api/v1/dematholdings',
    'GET api /breezeapi/api/v1/portfolioholdings',
    'GET api /breezeapi/api/v1/portfoliopositions',
    'GET api /breezeapi/api/v1/quotes',
    'GET history /api/v2/historicalcharts',
    'GET master /MotherAppMaster/SecurityMaster.zip',
    'GET master /NewSecurityMaster/SecurityMaster.zip',
  ])
})

it('repeats everything but what spends the code of a sign-in', () => {
  const once = Object.values(iciciOperations).filter(({ retried }) => !retried)
  expect(once).toEqual([iciciOperations.customerDetails])
})

it("counts every call of the API against both of the vendor's limits", () => {
  const names = Object.keys(iciciLimits)
  for (const { host, limits } of Object.values(iciciOperations)) expect(limits).toEqual(host === 'master' ? [] : names)
})
