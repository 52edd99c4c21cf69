const names: Readonly<Record<string, string>> = {
  zerodha: 'Zerodha',
  icici: 'ICICI Direct',
  kotak: 'Kotak',
  synapsewave: 'Synapsewave',
  csv: 'CSV file',
}

/** Returns a broker's name for people; one this page does not know keeps its id. */
export const brokerName = (broker: string): string => names[broker] ?? broker

/** Returns an account at a broker, `Zerodha AB1234`. */
export const brokerAccountName = (broker: string, account: string): string => `${brokerName(broker)} ${account}`
