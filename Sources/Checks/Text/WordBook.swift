import Content
import Diagnostics
import Fiscal
import Forms

/// The words that a narrative may speak of figures in: those of tag values, names of rows, and words that say nothing.
///
/// Looked up by their first two scalars, once for every place of a text.
struct WordBook {
  /// A row of a table.
  struct RowAddress: Hashable {
    var table: Int
    /// -1 for a field, whose place is `row`; the table is -1 for an extra figure.
    var panel: Int
    var row: Int
  }

  /// Many words of a text are looked at again and again, so that it is shared, not copied: by all places of a text, and
  /// until a disclosure names something with it, by all disclosures of a unit.
  final class Entry {
    let scalars: [Unicode.Scalar]
    /// Values by dimension.
    var tags: [(dimension: Int, value: UInt16)] = []
    var rows: [RowAddress] = []
    /// Columns of figures that bear it; `row` is their place.
    var columns: [RowAddress] = []
    /// Says nothing about which figure is meant.
    var isFiller = false
    var yearOffset: Int?

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    /// The same word for another disclosure, which names other things with it.
    func copy() -> Entry {
      let entry = Entry(scalars)
      (entry.tags, entry.rows, entry.columns) = (tags, rows, columns)
      (entry.isFiller, entry.yearOffset) = (isFiller, yearOffset)
      return entry
    }
  }

  /// A stretch of text that is one word of the book, or that the book does not know.
  struct Token {
    var range: Range<Int>
    /// Nil for unknown words.
    var entry: Int?
  }

  private(set) var entries: [Entry] = []
  private var numbers: [String: Int] = [:]
  /// The entries of titles that were met.
  private var titles: [TitleKey: [Int]] = [:]
  private var index: [UInt64: [Int]] = [:]
  private let titleWords: TitleWords
  /// The values that words of the model stand for, whose numbers may differ from disclosure to disclosure.
  fileprivate private(set) var values: [(entry: Int, lane: Int, value: String)] = []

  /// The words that do not depend on a disclosure, of which none stands for a value yet.
  fileprivate init(_ model: FactModel, _ titleWords: TitleWords, _ facts: FactStore) {
    self.titleWords = titleWords
    for word in fillers { numbers[word] = add(word) { $0.isFiller = true } }
    for (word, offset) in yearWords { add(word) { $0.yearOffset = offset } }
    for known in model.dimensions {
      guard let lane = facts.dimension(known.id) else { continue }
      for (value, words) in known.words {
        for word in words {
          let number = add(word) { $0.isFiller = false }
          guard number >= 0, !values.contains(where: { $0.entry == number && $0.lane == lane }) else {
            continue
          }
          values.append((number, lane, value))
        }
      }
    }
    enter(entries.indices)
    // Room for the names of a disclosure, so that no copy has to grow.
    numbers.reserveCapacity(3 * numbers.count)
    index.reserveCapacity(3 * index.count)
  }

  /// The same words, which stand for the values of these numbers; 0 where a value has none.
  fileprivate func standing(for numbers: [UInt16]) -> WordBook {
    var book = self
    for (known, number) in zip(values, numbers) where number != 0 {
      book.change(known.entry) { $0.tags.append((known.lane, number)) }
    }
    return book
  }

  /// Changes what a disclosure means by a word, for this disclosure only.
  private mutating func change(_ entry: Int, _ change: (Entry) -> Void) {
    if !isKnownUniquelyReferenced(&entries[entry]) { entries[entry] = entries[entry].copy() }
    change(entries[entry])
  }

  /// - Parameters:
  ///   - facts: They number the values of dimensions.
  ///   - text: All pairs of the text that is to be read: names with another pair do not stand in it and are left out.
  init(_ disclosure: Disclosure, _ facts: FactStore, model: FactModel, for text: PairSet) {
    self = facts.words.book(model, facts)
    let first = entries.count
    if let project = facts.dimension("project") {
      for known in disclosure.projects {
        guard let value = facts.number(of: known.id, in: project) else { continue }
        for name in [known.name] + known.otherNames {
          add(name) { $0.tags = [(project, value)] }
        }
      }
    }
    for name in [disclosure.unit.name, disclosure.unit.shortName] { add(name) { $0.isFiller = true } }
    enter(first..<entries.count)
    let names = entries.count
    takeRows(of: disclosure, text)
    for number in names..<entries.count { takeTags(of: number) }
    enter(names..<entries.count)
  }

  /// A name that is made of words with tags says what they say.
  private mutating func takeTags(of number: Int) {
    guard entries[number].tags.isEmpty else { return }
    var tags: [(dimension: Int, value: UInt16)] = []
    for token in tokens(of: entries[number].scalars) {
      guard let known = token.entry, entries[known].rows.isEmpty || !entries[known].tags.isEmpty else {
        return
      }
      for tag in entries[known].tags {
        tags.removeAll { $0.dimension == tag.dimension }
        tags.append(tag)
      }
    }
    change(number) { $0.tags = tags }
  }

  private mutating func enter(_ numbers: Range<Int>) {
    var touched: Set<UInt64> = []
    for number in numbers {
      let key = key(entries[number].scalars, 0, entries[number].scalars.count)
      index[key, default: []].append(number)
      touched.insert(key)
    }
    for key in touched {
      index[key]?.sort {
        let (left, right) = (entries[$0].scalars.count, entries[$1].scalars.count)
        return left != right ? left > right : $0 < $1
      }
    }
  }

  private mutating func takeRows(of disclosure: Disclosure, _ text: PairSet) {
    for (tableIndex, table) in disclosure.tables.enumerated() {
      for (panelIndex, filled) in table.panels.enumerated() {
        for row in filled.rows.indices {
          name(filled.rows[row].title, RowAddress(table: tableIndex, panel: panelIndex, row: row), text)
        }
        for leaf in filled.panel.leaves.indices where filled.panel.leaves[leaf].isNamed {
          name(
            column: filled.panel.leaves[leaf], RowAddress(table: tableIndex, panel: panelIndex, row: leaf),
            text)
        }
      }
      for (fieldIndex, filled) in table.fields.enumerated() where filled.field.type.isNumeric {
        name(filled.field.title, RowAddress(table: tableIndex, panel: -1, row: fieldIndex), text)
      }
    }
    for (figureIndex, figure) in disclosure.figures.enumerated() {
      let address = RowAddress(table: -1, panel: -1, row: figureIndex)
      name(figure.title, address, text)
      if figure.id != figure.title { name(figure.id, address, text) }
    }
  }

  private mutating func name(_ title: String, _ address: RowAddress, _ text: PairSet) {
    // The same names stand in table after table.
    let key = TitleKey(title)
    if let known = titles[key] {
      for number in known { change(number) { $0.rows.append(address) } }
      return
    }
    var found: [Int] = []
    for (word, name) in titleWords.words(of: title) where name.pairs.allSatisfy(text.contains) {
      let number = add(word) { if !$0.isFiller { $0.rows.append(address) } }
      if number >= 0, !entries[number].isFiller, !found.contains(number) { found.append(number) }
    }
    titles[key] = found
  }

  /// 在职人数 is called 在职, too.
  private mutating func name(column leaf: Leaf, _ address: RowAddress, _ text: PairSet) {
    let title = titleWords.titles.bare(leaf.title)
    var names = [title]
    for ending in ["人数", "数量", "数"] where title.hasSuffix(ending) {
      names.append(String(title.dropLast(ending.count)))
    }
    for name in names
    where name.utf8.count >= 6 && titleWords.titles.name(name).pairs.allSatisfy(text.contains) {
      add(name) { if !$0.isFiller, $0.tags.isEmpty { $0.columns.append(address) } }
    }
  }

  @discardableResult
  private mutating func add(_ word: String, _ change: (Entry) -> Void) -> Int {
    if let known = numbers[word] {
      self.change(known, change)
      return known
    }
    let scalars = titleWords.titles.name(word).scalars
    guard !scalars.isEmpty else { return -1 }
    let entry = Entry(scalars)
    change(entry)
    entries.append(entry)
    numbers[word] = entries.count - 1
    return entries.count - 1
  }

  private func key(_ scalars: [Unicode.Scalar], _ start: Int, _ end: Int) -> UInt64 {
    let first = UInt64(scalars[start].value) << 32
    return start + 1 < end ? first | UInt64(scalars[start + 1].value) : first
  }

  /// The longest word that begins at a place.
  private func longest(at start: Int, in scalars: [Unicode.Scalar]) -> Int? {
    if start + 1 < scalars.count, let some = index[key(scalars, start, scalars.count)] {
      for number in some where entries[number].scalars.count <= scalars.count - start {
        let word = entries[number].scalars
        if word.indices.allSatisfy({ scalars[start + $0] == word[$0] }) { return number }
      }
    }
    return index[UInt64(scalars[start].value) << 32]?.first
  }

  /// A text word by word.
  func tokens(of scalars: [Unicode.Scalar]) -> [Token] {
    var tokens: [Token] = []
    var place = 0
    while place < scalars.count {
      if isSilent(scalars[place]) {
        place += 1
        continue
      }
      if let entry = longest(at: place, in: scalars) {
        let end = place + entries[entry].scalars.count
        tokens.append(Token(range: place..<end, entry: entry))
        place = end
      } else if let last = tokens.last, last.entry == nil, last.range.upperBound == place {
        tokens[tokens.count - 1].range = last.range.lowerBound..<place + 1
        place += 1
      } else {
        tokens.append(Token(range: place..<place + 1, entry: nil))
        place += 1
      }
    }
    return tokens
  }
}

/// What the narratives of a unit's disclosures are read with: words that do not depend on a disclosure, and titles.
final class UnitWords {
  private let titleWords = TitleWords()
  var titles: TitleCache { titleWords.titles }
  private var plain: WordBook?
  /// The words for the values of the disclosure before, which mostly have the same numbers.
  private var last: (numbers: [UInt16], book: WordBook)?

  func book(_ model: FactModel, _ facts: FactStore) -> WordBook {
    let plain = plain ?? WordBook(model, titleWords, facts)
    self.plain = plain
    let numbers = plain.values.indices.map { index -> UInt16 in
      let (_, lane, value) = plain.values[index]
      if let number = last?.numbers[index], facts.isNumber(number, of: value, in: lane) { return number }
      return facts.number(of: value, in: lane) ?? 0
    }
    if let last, last.numbers == numbers { return last.book }
    let book = plain.standing(for: numbers)
    last = (numbers, book)
    return book
  }
}

extension Leaf {
  /// Whether narratives may call its figures by its title alone.
  fileprivate var isNamed: Bool { type.isNumeric && !isDerived && states.isEmpty || type == .count }
}

/// Punctuation, digits and blanks, which no word is made of.
private func isSilent(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case " ", "-", "—", "·", "%", ".", "…": true
  default: isDelimiter(scalar) || asciiDigit(scalar) != nil
  }
}

/// Words of grammar and of counting, which do not say which figure is meant.
private let fillers: [String] = [
  "其中", "主要", "用于", "全年", "年度", "安排", "预算数", "决算数", "执行数", "预算", "决算", "预算总额", "总额", "金额", "资金",
  "合计", "总计", "共计", "小计", "一共", "总共", "计", "共", "为", "是", "约", "达", "达到", "的", "数", "部门", "本部门", "单位", "本单位",
  "全部", "全部门", "各项", "情况", "说明", "情况说明", "总体", "总体情况", "收支", "和", "及", "与", "等", "也", "均", "都", "了",
  "按", "分", "分别", "来源", "中", "里", "另有", "有", "实际", "总", "预计", "合", "即", "年初", "年末", "年", "末", "表", "方面", "由",
  "在", "本", "费用", "具体", "具体情况", "部分", "共有", "（类）", "（款）", "（项）", "类", "款", "项", "安排的", "财政", "经费", "经费预算",
  "拨款",
  "按来源", "按性质", "按功能分类", "按支出性质", "支出性质", "资金来源", "功能分类", "经济分类", "按经济分类", "按资金来源",
  "本项", "此项", "该项", "项目资金", "我", "全", "于", "以", "预算安排", "说", "如下", "重要事项", "其他重要事项",
  "其他需要", "需要", "其他", "结构", "安排情况", "、", "对", "一般", "变动", "变为", "人数", "数量", "现有", "截至", "底", "比", "较", "与",
  "同比", "相比", "增加", "增长", "上升", "减少", "下降", "降低", "大于", "小于", "高于",
  "低于", "增加额", "减少额", "占", "占比", "比重", "完成", "持平", "相同", "主要是", "同", "其余", "各", "扣除", "任务", "绩效", "目标",
  "绩效目标", "自评", "工作", "开展", "分析", "投入", "机构设置", "机构", "职能", "职责", "概况", "基本", "基本情况", "构成", "国有资产", "占用",
  "使用", "管理", "落实", "实施", "重点", "文字",
  "单位基本情况", "部门概况", "及其他", "主要职责", "主要工作", "组织", "结果", "公开", "评价", "存在", "问题", "原因", "措施", "需", "事项", "明细",
  "人员", "整体", "有关", "后", "数为", "纳入", "包括", "主要包括", "以下", "以下方面", "下列", "用途", "按用途", "支出用途", "按支出用途", "分类",
  "分类情况",
  "按支出用途分类", "按支出功能分类", "按支出经济分类", "按支出功能", "按支出经济", "均为",
]

private let yearWords: [(String, Int)] = [
  ("上年", -1), ("上一年", -1), ("上年度", -1), ("去年", -1), ("本年", 0), ("今年", 0), ("当年", 0), ("本年度", 0), ("下年", 1),
  ("次年", 1),
]
