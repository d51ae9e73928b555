extension Check {
  /// Every check, in the order they are run: what is printed in one table comes before what ties tables together,
  /// so that a figure already found wrong does not accuse its neighbours.
  public static let all: [Check] = [
    sumOfColumns, sumOfRows, differenceDiffers, percentageDiffers, computedColumn, partExceedsWhole,
    totalLeftEmpty,
    formRelations, sameFact, extraFigures, laws, factWithinWhole, scoreOutOfRange, groupPoints,
    indicatorGroups, totalScore,
    grade,
    indicatorIncomplete, emptyTableWithoutNote, noteContradictsData, numbersDiffer, outlineDiffers,
    textAmounts, textChanges, textShares, textParts, textDenials, textTwice,
    placeholderLeft, exampleLeft,
  ]

  public static func named(_ id: String) -> Check? { all.first { $0.id == id } }
}
