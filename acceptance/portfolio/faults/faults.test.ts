import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrokerStage, startBrokerStage } from '../broker-stage.ts'
import type { SandboxBroker } from '../sandbox-process.ts'
import { type FaultCase, pausingFaults, quickFaults, slowFaults } from './fault-cases.ts'
import { type FaultFigure, printFigures } from './figures.ts'
import { measureFaults } from './measure-fault.ts'
import { measureOutage } from './measure-outage.ts'

const brokers = ['zerodha', 'icici'] as const
const stageCount = 3

const stages: BrokerStage[] = []
beforeAll(async () => {
  stages.push(...(await Promise.all(Array.from({ length: stageCount }, () => startBrokerStage()))))
}, 180_000)
afterAll(async () => {
  await Promise.all(stages.map((stage) => stage.close()))
})

/** Stages of the quick faults, dealt out in turn. Stage 0 has most of the slow ones. */
const quickTurns = [0, 1, 2, 1, 2, 1, 2] as const

function casesOf(stage: number, broker: SandboxBroker): readonly FaultCase[] {
  const isOwn = (one: FaultCase) => one.brokers?.includes(broker) ?? true
  return [
    ...slowFaults.filter(isOwn).filter((_, i) => i % stageCount === stage),
    ...quickFaults.filter(isOwn).filter((_, i) => quickTurns[i % quickTurns.length] === stage),
  ]
}

/** What changes a server's mind about a broker for a while comes last. */
async function measureLasting(stage: BrokerStage, index: number): Promise<readonly FaultFigure[]> {
  const outageOf = brokers[index - 1]
  if (outageOf !== undefined) return measureOutage(stage, outageOf)
  const pausing = (broker: SandboxBroker) => pausingFaults.filter((one) => one.brokers?.includes(broker) ?? true)
  return (await Promise.all(brokers.map((broker) => measureFaults(stage, broker, pausing(broker))))).flat()
}

describe.skipIf(process.platform !== 'linux')('faults of brokers', () => {
  it('SB-2, U1, U3, U6: end in time, are told as what they are, change no book, leave no socket and do not reach the other broker', async () => {
    const figures = await Promise.all(
      stages.map(async (stage, index) => {
        const cases = await Promise.all(brokers.map((broker) => measureFaults(stage, broker, casesOf(index, broker))))
        return [...cases.flat(), ...(await measureLasting(stage, index))]
      }),
    )
    printFigures(figures.flat())
    expect(figures.flat().filter(({ pass }) => !pass)).toEqual([])
    for (const broker of brokers)
      for (const { fault, brokers: only = brokers } of [...quickFaults, ...slowFaults, ...pausingFaults])
        if (only.includes(broker))
          expect(
            figures.flat().filter((one) => one.provider === broker && one.fault === fault),
            fault,
          ).not.toEqual([])
  }, 400_000)
})
