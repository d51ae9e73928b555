import Foundation

/// A JSON Schema, as far as the two schemas of these tests use the language; any other keyword is a fault.
///
/// `format` is a remark to people here, as it is by default in the drafts since 2019.
struct JSONSchema {
  let root: JSON

  /// What of a value breaks the schema, each with its path; empty where it is valid.
  func faults(of value: JSON) -> [String] { check(value, root, "$") }

  private func check(_ value: JSON, _ schema: JSON, _ path: String) -> [String] {
    if case .boolean(let allows) = schema { return allows ? [] : ["\(path): nothing may stand here"] }
    return schema.members.sorted { $0.key < $1.key }.flatMap { keyword, wanted in
      check(value, keyword, wanted, in: schema, path)
    }
  }

  private func check(_ value: JSON, _ keyword: String, _ wanted: JSON, in schema: JSON, _ path: String)
    -> [String]
  {
    switch keyword {
    case "$schema", "$id", "id", "title", "description", "default", "definitions", "$defs", "format":
      return []
    case "$ref": return referenced(wanted).map { check(value, $0, path) } ?? ["\(path): no \(wanted)"]
    case "type":
      let types = wanted.text.map { [$0] } ?? wanted.items.compactMap(\.text)
      return types.contains { isA($0, value) } ? [] : ["\(path): no \(types)"]
    case "enum": return wanted.items.contains(value) ? [] : ["\(path): \(value) is none of the values"]
    case "const": return value == wanted ? [] : ["\(path): not \(wanted)"]
    case "anyOf":
      return wanted.items.contains { check(value, $0, path).isEmpty } ? [] : ["\(path): fits none"]
    case "oneOf":
      return wanted.items.count { check(value, $0, path).isEmpty } == 1 ? [] : ["\(path): does not fit one"]
    case "minimum", "maximum", "pattern", "minLength":
      return checkScalar(value, keyword, wanted, path)
    case "items":
      return value.items.enumerated().flatMap { check($1, wanted, "\(path)[\($0)]") }
    case "minItems":
      guard case .array(let items) = value else { return [] }
      return items.count >= wanted.whole ?? 0 ? [] : ["\(path): too few"]
    case "uniqueItems":
      return wanted == .boolean(false) || Set(value.items).count == value.items.count
        ? [] : ["\(path): twice"]
    case "properties":
      return wanted.members.sorted { $0.key < $1.key }.flatMap { name, inner in
        value[name].map { check($0, inner, "\(path).\(name)") } ?? []
      }
    case "additionalProperties":
      let known = schema["properties"]?.members ?? [:]
      return value.members.filter { known[$0.key] == nil }.flatMap { check($1, wanted, "\(path).\($0)") }
    case "required":
      guard case .object(let members) = value else { return [] }
      return wanted.items.compactMap(\.text).filter { members[$0] == nil }.map { "\(path): lacks \($0)" }
    case "dependentRequired":
      return wanted.members.filter { value[$0.key] != nil }.flatMap { name, others in
        others.items.compactMap(\.text).filter { value[$0] == nil }.map { "\(path).\(name): lacks \($0)" }
      }
    default: return ["\(path): the schema has a keyword that is not known here: \(keyword)"]
    }
  }

  private func checkScalar(_ value: JSON, _ keyword: String, _ wanted: JSON, _ path: String) -> [String] {
    switch (keyword, value, wanted) {
    case ("minimum", .integer(let number), .integer(let limit)):
      return number >= limit ? [] : ["\(path): below \(limit)"]
    case ("minimum", .number(let number), .integer(let limit)):
      return number >= Double(limit) ? [] : ["\(path): below \(limit)"]
    case ("maximum", .integer(let number), .integer(let limit)):
      return number <= limit ? [] : ["\(path): above \(limit)"]
    case ("maximum", .number(let number), .integer(let limit)):
      return number <= Double(limit) ? [] : ["\(path): above \(limit)"]
    case ("pattern", .string(let text), .string(let pattern)):
      guard let expression = try? NSRegularExpression(pattern: pattern) else {
        return ["\(path): \(pattern)"]
      }
      let range = NSRange(text.startIndex..., in: text)
      return expression.firstMatch(in: text, range: range) != nil ? [] : ["\(path): not like \(pattern)"]
    case ("minLength", .string(let text), .integer(let limit)):
      return text.unicodeScalars.count >= limit ? [] : ["\(path): too short"]
    default: return []
    }
  }

  private func isA(_ type: String, _ value: JSON) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .boolean), ("string", .string), ("array", .array), ("object", .object),
      ("integer", .integer), ("number", .integer), ("number", .number):
      true
    default: false
    }
  }

  /// `#/definitions/name`
  private func referenced(_ reference: JSON) -> JSON? {
    guard let text = reference.text, text.hasPrefix("#") else { return nil }
    return text.dropFirst().split(separator: "/").reduce(Optional(root)) { $0?[String($1)] }
  }
}
