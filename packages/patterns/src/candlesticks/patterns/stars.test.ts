import { describePattern, type Row } from '../pattern-examples.suite.ts'

const longBlack: Row = [105, 105.5, 99.5, 100]
const longWhite: Row = [100, 105.5, 99.5, 105]
const comesBackUp: Row = [99.6, 104, 99.5, 103]
const comesBackDown: Row = [105.5, 105.9, 101, 102]

describePattern('CDLMORNINGSTAR', {
  found: [{ value: 100, rows: [longBlack, [98.5, 99.5, 97.5, 99], comesBackUp] }],
  missed: {
    'the second body does not gap down': [longBlack, [99, 101, 98, 100.5], comesBackUp],
    'the third closes only 30 % into the first': [longBlack, [98.5, 99.5, 97.5, 99], [98, 102, 97.5, 101.5]],
    'the third is short': [longBlack, [98.5, 99.5, 97.5, 99], [101, 103, 100.5, 102.5]],
  },
})

describePattern('CDLEVENINGSTAR', {
  found: [{ value: -100, rows: [longWhite, [106, 107.5, 105.5, 106.5], comesBackDown] }],
  missed: {
    'the second body does not gap up': [longWhite, [104.5, 106, 104, 105.5], comesBackDown],
    'the third closes only 30 % into the first': [longWhite, [106, 107.5, 105.5, 106.5], [107, 107.5, 103, 103.5]],
    'the third is white': [longWhite, [106, 107.5, 105.5, 106.5], [99, 103, 98, 102]],
  },
})

describePattern('CDLMORNINGDOJISTAR', {
  found: [{ value: 100, rows: [longBlack, [98.5, 99, 98, 98.75], comesBackUp] }],
  missed: { 'the second is no doji': [longBlack, [98.5, 99.5, 97.5, 99.2], comesBackUp] },
})

describePattern('CDLEVENINGDOJISTAR', {
  found: [{ value: -100, rows: [longWhite, [106, 106.5, 105.5, 106.25], comesBackDown] }],
  missed: { 'the second is no doji': [longWhite, [106, 107.5, 105.5, 106.7], comesBackDown] },
})

describePattern('CDLABANDONEDBABY', {
  found: [
    { value: 100, rows: [longBlack, [98.5, 99, 98, 98.75], comesBackUp] },
    { value: -100, rows: [longWhite, [106.5, 107, 106, 106.75], comesBackDown] },
  ],
  missed: {
    'the shadow of the first reaches the doji': [longBlack, [98.5, 99.5, 98, 98.75], comesBackUp],
    'the shadow of the third reaches the doji': [longBlack, [98.5, 99, 98, 98.75], [99.6, 104, 98.9, 103]],
  },
})
