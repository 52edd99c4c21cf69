import { describe, expect, it } from 'vitest'
import { deviceName } from './device-name.ts'

describe('the name of a device', () => {
  it('is browser and system', () => {
    expect(deviceName('Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0')).toBe(
      'Firefox on Windows',
    )
    const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
    expect(deviceName(`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/141.0.0.0 Safari/537.36`)).toBe(
      'Chrome on Linux',
    )
    expect(
      deviceName(`Mozilla/5.0 (Linux; Android 15) ${webkit} Chrome/141.0.0.0 Mobile Safari/537.36 Edg/141.0`),
    ).toBe('Edge on Android')
    expect(deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Safari/604.1')).toBe(
      'Safari on iPhone',
    )
  })

  it('is what a program calls itself, and says so when it calls itself nothing', () => {
    expect(deviceName('curl/8.14.1')).toBe('curl/8.14.1')
    expect(deviceName(null)).toBe('A program that did not name itself')
    expect(deviceName(' ')).toBe('A program that did not name itself')
  })
})
