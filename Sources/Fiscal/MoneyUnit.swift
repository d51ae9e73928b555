/// The unit in which a form states its amounts (金额单位).
public enum MoneyUnit: String, Sendable, Hashable, CaseIterable {
  case yuan = "元"
  case thousandYuan = "千元"
  case tenThousandYuan = "万元"
  case millionYuan = "百万元"
  case hundredMillionYuan = "亿元"

  /// How many fen (分) one unit is.
  public var fen: Int64 {
    switch self {
    case .yuan: 100
    case .thousandYuan: 100_000
    case .tenThousandYuan: 1_000_000
    case .millionYuan: 100_000_000
    case .hundredMillionYuan: 10_000_000_000
    }
  }

  /// How many decimals reach down to one fen.
  public var finestDecimals: Int {
    switch self {
    case .yuan: 2
    case .thousandYuan: 5
    case .tenThousandYuan: 6
    case .millionYuan: 8
    case .hundredMillionYuan: 10
    }
  }
}
