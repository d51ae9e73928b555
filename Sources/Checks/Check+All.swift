extension Check {
  /// Every check, in the order they are run: what is printed in one table comes before what ties tables together,
  /// so that a figure already found wrong does not accuse its neighbours.
  public static let all: [Check] =
    [
      sumOfColumns, sumOfRows, differenceDiffers, percentageDiffers, computedColumn, partExceedsWhole,
      totalLeftEmpty, computedLeftEmpty, nameContradictsCode, codeUnknown, codeObsolete, codeRepeated,
      codeParentMissing, codeChildMissing,
      formRelations, sameFact, extraFigures, laws, factWithinWhole, partsExceedWhole, boundExceeded,
      negativeAmount,
      scoreOutOfRange, groupPoints, indicatorGroups, totalScore, grade,
      indicatorIncomplete, deviationUnexplained, scoreUnfounded, indicatorNotComparable, indicatorRepeated,
      emptyTableWithoutNote, noteContradictsData, numbersDiffer, outlineDiffers,
      textAmounts, textYears, textChanges, textShares, textParts, textDenials, textTwice,
      sheetYearDiffers, goalDate, changeWithoutReason, codeNameDiffers,
      factElsewhere, tieViolated, publishedLate, datesOutOfOrder,
    ] + ofWords + [placeholderLeft, exampleLeft]

  /// Those that read words and let the figures be: what they find has to do with no form.
  public static let ofWords: [Check] = [
    goalAsDone, goalsCounted,
    personalNumber, personalColumn, formFillerShown, vehicleOrPosition, secrecyMark,
    templateLeft, yearDiffers, otherUnitNamed, foreignKind, contentsDiffer, glossaryUnused, headingTwice,
    numberingBroken, doubledWords, knownTypo, unpairedMarks, punctuationDoubled, halfWidthPunctuation,
    blankInWord, relativeYear,
  ]

  public static func named(_ id: String) -> Check? { all.first { $0.id == id } }
}
