import Diagnostics
import Files

/// Follows the chain of some bags: each holds the digest of the tag manifest of the one archived before it.
///
/// Whoever rewrites an older bag, manifests and all, is found out by the one that refers to it.
///
/// - Parameter wanted: The bags in question: what they refer to is followed to the end of the chain, and so is
///   what refers to them.
public func verifyChain(of wanted: [Bag], in shelf: BagShelf) -> [Finding] {
  var findings: [Finding] = []
  let bags: [Bag]
  do {
    bags = try shelf.bags()
  } catch {
    return [Finding("disk", at: Place(file: shelf.folder), error.message)]
  }
  var pending = wanted.map(\.name)
  for bag in bags where !pending.contains(bag.name) {
    if let previous = previous(of: bag), pending.contains(previous) { pending.append(bag.name) }
  }
  var seen: Set<BagName> = []
  while let name = pending.popLast() {
    guard seen.insert(name).inserted, let bag = bags.first(where: { $0.name == name }) else { continue }
    findings += verifyLink(of: bag, among: bags)
    if let previous = previous(of: bag) { pending.append(previous) }
  }
  return findings.inReadingOrder()
}

/// Bags with all those before them in the chain, oldest year first.
public func withPredecessors(_ wanted: [Bag], in shelf: BagShelf) throws(BagError) -> [Bag] {
  let bags = try shelf.bags()
  var pending = wanted.map(\.name)
  var seen: Set<BagName> = []
  while let name = pending.popLast() {
    guard seen.insert(name).inserted, let bag = bags.first(where: { $0.name == name }) else { continue }
    if let previous = previous(of: bag) { pending.append(previous) }
  }
  return bags.filter { seen.contains($0.name) }
}

private func previous(of bag: Bag) -> BagName? {
  guard let info = try? bag.info(), let text = info[BagInfo.previousBag] else { return nil }
  return BagName(text)
}

private func verifyLink(of bag: Bag, among bags: [Bag]) -> [Finding] {
  let place = Place(file: bag.path(BagLayout.info))
  let subject = Subject(year: bag.name.year)
  // A file that is not there is reported where all files are looked at.
  guard let info = try? bag.info() else { return [] }
  let (name, digest) = (info[BagInfo.previousBag], info[BagInfo.previousDigest])
  if name == nil, digest == nil {
    // Only the first bag of all stands by itself.
    guard let first = bags.first(where: { previousIsUnnamed($0) && $0.name != bag.name }),
      first.name < bag.name
    else { return [] }
    return [
      Finding(
        "archive-chain", at: place, "没有记下前一份存档的摘要，链条在这里断开", hint: "恢复备份里的这一份存档", subject: subject)
    ]
  }
  guard let name, let digest, let previous = BagName(name) else {
    return [
      Finding(
        "archive-chain", at: place, "\(BagInfo.previousBag) 和 \(BagInfo.previousDigest) 不完整", subject: subject
      )
    ]
  }
  guard let older = bags.first(where: { $0.name == previous }) else {
    return [
      Finding(
        "archive-chain", at: place, "前一份存档 \(name) 不见了", hint: "从备份恢复 \(name)", subject: subject)
    ]
  }
  guard let found = try? older.tagManifestDigest(), found != digest else { return [] }
  return [
    Finding(
      "archive-chain", at: Place(file: older.path(BagLayout.tagManifest)),
      "与存档 \(bag.name.text) 记下的摘要不符：存档 \(name) 在封存之后被改过或换过", hint: "从备份恢复存档 \(name)",
      notes: [.init("摘要记在这里", at: place)], subject: Subject(year: previous.year))
  ]
}

private func previousIsUnnamed(_ bag: Bag) -> Bool {
  guard let info = try? bag.info() else { return false }
  return info[BagInfo.previousBag] == nil
}
