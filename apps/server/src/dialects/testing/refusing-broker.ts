import { type Broker, UpstreamError } from '@banyan/brokers'

/** A broker that lets nobody in. */
export function refusingBroker(id: 'zerodha' | 'icici'): Broker {
  return {
    id,
    name: id === 'zerodha' ? 'Zerodha' : 'ICICI Direct',
    abilities: { carriesState: id === 'zerodha', canSignOut: false, hasDayPositions: false },
    signInUrl: (apiKey) => `https://broker.example/login?api_key=${encodeURIComponent(apiKey)}`,
    open: () => Promise.reject(new UpstreamError('auth_required', { provider: id, operation: 'open-session' })),
  }
}
