import Content
import Diagnostics
import Fiscal
import Forms

/// Numbers that belong to persons, told from other numbers by their check digits and what stands beside them.
struct PersonalNumbers {
  enum Kind {
    case identity, oldIdentity, mobile, card, passport
  }

  struct Sighting {
    var kind: Kind
    var range: Range<Int>
    /// Whether there can be no doubt.
    var isCertain: Bool
  }

  let scan: TextScan
  /// Digits of telephone numbers that are meant to be public.
  let contacts: [String]
  /// The last year in which somebody spoken of can be born.
  let year: Int
  /// Whether a table is published as it stands, so that the type of a column is a guess.
  let isAsWritten: (Int) -> Bool

  var sightings: [Sighting] {
    scan.numbers.compactMap { sighting($0) } + passports
  }

  private func sighting(_ number: TextScan.Number) -> Sighting? {
    guard standsAlone(number) else { return nil }
    let names = names(around: number.range)
    let isNamedID = contains(names, .idWords)
    if isIdentity(number) {
      // What is called a code is one, whatever its check digit.
      guard isNamedID || !contains(names, .numberWords) else { return nil }
      return Sighting(kind: .identity, range: number.range, isCertain: true)
    }
    if number.groups == [15], isNamedID, isRegion(number), isDate(number.digits[6..<12]) {
      return Sighting(kind: .oldIdentity, range: number.range, isCertain: false)
    }
    guard !contains(names, .numberWords) else { return nil }
    if let isCertain = isCard(number, isNamed: contains(names, .cardWords)) {
      return Sighting(kind: .card, range: number.range, isCertain: isCertain)
    }
    if isMobile(number), !isPublic(number), !isFigure(number, names) {
      return Sighting(kind: .mobile, range: number.range, isCertain: true)
    }
    return nil
  }

  // MARK: What stands beside it

  /// Neither part of a longer word or number, nor followed by a unit.
  private func standsAlone(_ number: TextScan.Number) -> Bool {
    let passage = scan.passage(of: number.range)
    let scalars = scan.text.scalars
    if number.range.lowerBound > passage.range.lowerBound {
      let before = scalars[number.range.lowerBound - 1]
      if isLatin(before) || ".-_/+=%#&—".unicodeScalars.contains(where: { $0.value == before }) {
        return false
      }
    }
    guard number.range.upperBound < passage.range.upperBound else { return true }
    let next = scalars[number.range.upperBound]
    if isLatin(next) || "-_/=%％&—".unicodeScalars.contains(where: { $0.value == next }) { return false }
    return
      !(next == 0x2E && number.range.upperBound + 1 < passage.range.upperBound
      && digit(scalars[number.range.upperBound + 1]) != nil)
  }

  /// The words before a number, and those of its row and column.
  private func names(around range: Range<Int>) -> String {
    let passage = scan.passage(of: range)
    return scan.before(range.lowerBound, 12) + "\n" + (passage.column ?? "") + "\n"
      + (passage.role == .field ? passage.row ?? "" : "")
  }

  private func contains(_ names: String, _ list: Wording.List) -> Bool {
    scan.wording.words(list).contains { names.contains($0) }
  }

  private func isPublic(_ number: TextScan.Number) -> Bool {
    let digits = String(number.digits.map { Character(Unicode.Scalar($0 + 0x30)) })
    return contacts.contains { $0.contains(digits) }
  }

  /// Whether a number of eleven digits counts something.
  private func isFigure(_ number: TextScan.Number, _ names: String) -> Bool {
    let passage = scan.passage(of: number.range)
    let next = scan.behind(number.range.upperBound, in: passage, 3).drop { $0 == " " }
    if let first = next.unicodeScalars.first, "元万亿人户件次名个份吨台辆平立千".unicodeScalars.contains(first) {
      return true
    }
    guard passage.role == .cell, passage.range.count == number.range.count, let table = passage.table,
      isAsWritten(table)
    else { return false }
    return !contains(passage.column ?? "", .phoneLabels)
  }

  // MARK: Numbers

  private func isIdentity(_ number: TextScan.Number) -> Bool {
    let digits = number.digits
    guard digits.count == (number.endsWithX ? 17 : 18),
      number.groups.count == 1 || number.groups == [6, 8, 4] || number.groups == [6, 8, 3],
      isRegion(number)
    else { return false }
    let born = digits[6..<10].reduce(0) { $0 * 10 + Int($1) }
    guard (1900...max(year, 1900)).contains(born), isDate(digits[10..<14], isShort: true) else {
      return false
    }
    // GB 11643: weights are powers of two modulo 11.
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(digits, weights).reduce(0) { $0 + Int($1.0) * $1.1 }
    let last = number.endsWithX ? 10 : Int(digits[17])
    return (12 - sum % 11) % 11 == last
  }

  /// The first two digits of the code of a province (GB/T 2260).
  private func isRegion(_ number: TextScan.Number) -> Bool {
    switch Int(number.digits[0]) * 10 + Int(number.digits[1]) {
    case 11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71, 81...83: true
    default: false
    }
  }

  /// `yymmdd`, or `mmdd`.
  private func isDate(_ digits: ArraySlice<UInt8>, isShort: Bool = false) -> Bool {
    let rest = Array(isShort ? digits : digits.dropFirst(2))
    guard rest.count == 4 else { return false }
    let month = Int(rest[0]) * 10 + Int(rest[1])
    let day = Int(rest[2]) * 10 + Int(rest[3])
    guard (1...12).contains(month) else { return false }
    return (1...[31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]).contains(day)
  }

  private func isMobile(_ number: TextScan.Number) -> Bool {
    !number.endsWithX && number.digits.count == 11 && number.digits[0] == 1 && number.digits[1] >= 3
      && (number.groups == [11] || number.groups == [3, 4, 4])
  }

  /// nil where it is no card; otherwise whether that is certain.
  private func isCard(_ number: TextScan.Number, isNamed: Bool) -> Bool? {
    guard !number.endsWithX, (16...19).contains(number.digits.count), isLuhn(number.digits),
      Set(number.digits).count > 2
    else { return nil }
    let isGrouped = number.groups.count > 3 && number.groups.dropLast().allSatisfy { $0 == 4 }
    guard number.groups.count == 1 || isGrouped else { return nil }
    if isNamed { return true }
    return isGrouped && number.digits.starts(with: [6, 2]) ? false : nil
  }

  private func isLuhn(_ digits: [UInt8]) -> Bool {
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      let value = place % 2 == 1 ? Int(digit) * 2 : Int(digit)
      sum += value > 9 ? value - 9 : value
    }
    return sum % 10 == 0
  }

  /// `E12345678` behind the word 护照.
  private var passports: [Sighting] {
    scan.hits(.passportWords).compactMap { hit in
      let passage = scan.passage(of: hit.range)
      let scalars = scan.text.scalars
      let limit = min(passage.range.upperBound, hit.range.upperBound + 16)
      guard
        let start = (hit.range.upperBound..<max(hit.range.upperBound, limit)).first(where: {
          isLatin(scalars[$0])
        })
      else { return nil }
      var index = start
      while index < passage.range.upperBound, index - start < 2, isLatin(scalars[index]) { index += 1 }
      let letters = index - start
      while index < passage.range.upperBound, digit(scalars[index]) != nil { index += 1 }
      guard index - start == 9, letters <= 2,
        index == passage.range.upperBound || !isLatin(scalars[index])
      else { return nil }
      return Sighting(kind: .passport, range: start..<index, isCertain: true)
    }
  }
}

extension CheckContext {
  func personalNumbers(_ kinds: [PersonalNumbers.Kind]) -> [PersonalNumbers.Sighting] {
    guard !text.numbers.isEmpty || !text.hits(.passportWords).isEmpty else { return [] }
    let tables = disclosure.tables
    let numbers = PersonalNumbers(scan: text, contacts: contacts.map(digitsOnly), year: disclosure.year + 1) {
      tables.indices.contains($0) && tables[$0].form.isAsWritten
    }
    return numbers.sightings.filter { kinds.contains($0.kind) }
  }

  /// A finding that shows nothing of what it found.
  func secretFinding(
    _ id: String, _ severity: Severity, _ range: Range<Int>, _ message: String, hint: String
  ) -> Finding {
    var finding = notice(id, severity, range, message, hint: hint)
    finding.secrets = text.text.places(range)
    return finding
  }

  /// A number with only its first and last digits: `43●●●●4`.
  func masked(_ range: Range<Int>) -> String {
    let scalars = Array(text.text.text(range).unicodeScalars)
    var view = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      view.append(index < 2 || index == scalars.count - 1 ? scalar : hiddenMark)
    }
    return String(view)
  }
}

/// The digits of a text.
func digitsOnly(_ text: String) -> String {
  String(text.unicodeScalars.filter { digit($0.value) != nil }.map(Character.init))
}

/// Personal data in what `unit.yaml` says of a unit.
func personalData(inSettings unit: BoundUnit, _ wording: Wording, contacts: [String]) -> [Finding] {
  let scan = TextScan(DisclosureText(unit.settingTexts), wording)
  let numbers = PersonalNumbers(
    scan: scan, contacts: (contacts + [unit.unit.contact].compactMap { $0 }).map(digitsOnly), year: 2100
  ) { _ in false }
  return numbers.sightings.filter(\.isCertain).map { sighting in
    var finding = Finding(
      "personal-number", at: scan.text.place(sighting.range), "单位的说明里有个人的证件号、手机号或卡号",
      hint: "删去；办公电话写在 contact", subject: Subject(unit: unit.unit.slug))
    finding.secrets = scan.text.places(sighting.range)
    return finding
  }
}

extension [Finding] {
  /// What pages must not print: what findings show to be secret and no waiver lets pass.
  public var hidden: HiddenPlaces { HiddenPlaces(filter { $0.waived == nil }.flatMap(\.secrets)) }
}

/// Takes personal numbers out of what other findings say of the same cells.
func redact(_ findings: inout [Finding], of unit: BoundUnit) {
  let secrets = Set(findings.flatMap(\.secrets))
  guard !secrets.isEmpty else { return }
  var words: Set<String> = []
  for text in unit.disclosures.map({ DisclosureText($0) }) + [DisclosureText(unit.settingTexts)] {
    words.formUnion(text.words(at: secrets).filter { $0.unicodeScalars.count >= 7 })
  }
  guard !words.isEmpty else { return }
  func clean(_ text: String) -> String {
    words.reduce(text) { $0.replacing($1, with: String(repeating: "●", count: $1.unicodeScalars.count)) }
  }
  for index in findings.indices {
    findings[index].message = clean(findings[index].message)
    findings[index].hint = findings[index].hint.map(clean)
    findings[index].subject.table = findings[index].subject.table.map(clean)
    findings[index].subject.row = findings[index].subject.row.map(clean)
    findings[index].subject.column = findings[index].subject.column.map(clean)
    for note in findings[index].notes.indices {
      findings[index].notes[note].message = clean(findings[index].notes[note].message)
    }
  }
}
