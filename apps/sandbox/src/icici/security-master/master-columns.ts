/** Names of columns as the vendor's files have them, spellings and repetitions included; what stands in them here is generated or empty. */
const words = (text: string) => text.trim().split(/\s+/)

export const nseColumns: readonly string[] = words(`
  Token ShortName Series CompanyName ticksize Lotsize DateOfListing DateOfDeListing IssuePrice FaceValue ISINCode 52WeeksHigh 52WeeksLow
  LifeTimeHigh LifeTimeLow HighDate LowDate Symbol InstrumentType PermittedToTrade IssueCapital WarningPercent FreezePercent CreditRating
  IssueRate IssueStartDate InterestPaymentDate IssueMaturityDate BoardLotQty Name ListingDate ExpulsionDate ReAdmissionDate RecordDate
  ExpiryDate NoDeliveryStartDate NoDeliveryEndDate MFill AON ParticipantInMarketIndex BookClsStartDate BookClsEndDate EGM AGM Interest
  Bonus Rights Dividends LocalUpdateDateTime DeleteFlag Remarks NormalMarketStatus OddLotMarketStatus SpotMarketStatus
  AuctionMarketStatus NormalMarketEligibility OddLotlMarketEligibility SpotMarketEligibility AuctionlMarketEligibility
  MarginPercentage ExchangeCode`)

export const bseColumns: readonly string[] = words(`
  Token ShortName Series CompanyName TickSize LotSize ScripCode MarketLot BCastFlag AVMBuyMargin AVMSellMargin ScripID ScripName
  GroupName NdFlag NDSDate NDEDate SuspStatus avmflag SuspensionReason Suspensiondate DateOfListing DateOfDeListing IssuePrice FaceValue
  ISINCode 52WeeksHigh 52WeeksLow LifeTimeHigh LifeTimeLow HighDate LowDate MarginPercentage ExchangeCode`)

/** Of the files of derivatives, whichever the exchange. */
export const contractColumns: readonly string[] = words(`
  Token InstrumentName ShortName Series ExpiryDate StrikePrice OptionType CALevel PermittedToTrade IssueCapital WarningQty FreezeQty
  CreditRating NormalMarketStatus OddLotMarketStatus SpotMarketStatus AuctionMarketStatus NormalMarketEligibility
  OddLotMarketEligibility SpotMarketEligibility AuctionMarketEligibility IssueRate IssueStartDate InterestPaymentDate IssueMaturityDate
  MarginPercentage MinimumLotQty LotSize TickSize CompanyName ListingDate ExpulsionDate ReAdmissionDate RecordDate LowPriceRange
  HighPriceRange SecurityExpiryDate NoDeliveryStartDate NoDeliveryEndDate MF AON ParticipantInMarketIndex BookClsStartDate
  BookClsEndDate ExcerciseStartDate ExcerciseEndDate OldToken AssetInstrument AssetName AssetToken IntrinsicValue ExtrinsicValue
  ExcerciseStyle EGM AGM Interest Bonus Rights Dividends ExAllowed ExRejectionAllowed PlAllowed IsThisAsset IsCorpAdjusted
  LocalUpdateDatetime DeleteFlag Remarks BasePrice ExchangeCode`)
