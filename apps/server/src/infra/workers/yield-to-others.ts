import { constants, platform, setPriority } from 'node:os'

/**
 * Lets other threads go before this one, which keeps about a tenth of a contended core. Linux keeps a priority per thread, and 0
 * names the calling one (setpriority(2), "C library/kernel differences"); elsewhere it names the process, so nothing is done there.
 */
export function yieldToOthers(): void {
  if (platform() === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL)
}
