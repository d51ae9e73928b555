import Foundation
import Testing

/// What the toolchain brings, and the rooms that may use it; the rest of the house does without.
private let systemModules: [String: Set<String>] = [
  "Glibc": ["Files", "Parsing", "Pipeline", "Preview", "gongkai"],
  "Synchronization": ["Files", "Forms", "Checks", "Site", "Pipeline", "Preview", "gongkai"],
  "Foundation": ["EmbedTool", "EmbedFolder"],
  "PackagePlugin": ["EmbedFolder"],
]

@Suite struct HouseTests {
  static let rooms: [Room] =
    (try? String(contentsOf: projectFolder.appendingPathComponent("Package.swift"), encoding: .utf8)).map {
      readManifest($0)
    } ?? []
  static let houseRooms = rooms.filter { $0.kind != "testTarget" && $0.kind != "systemLibrary" }

  @Test func `the manifest is understood`() throws {
    let names = Self.rooms.map(\.name)
    #expect(Set(names).count == names.count)
    for room in ["Files", "Diagnostics", "Parsing", "Forms", "Content", "Checks", "Site", "gongkai"] {
      #expect(names.contains(room))
    }
    let forms = try #require(Self.rooms.first { $0.name == "Forms" })
    #expect(forms.dependencies == ["Diagnostics", "Parsing", "Fiscal", "Formulas"])
    let parsing = try #require(Self.rooms.first { $0.name == "Parsing" })
    #expect(parsing.dependencies == ["Diagnostics", "Yams"])
  }

  @Test func `every folder of sources and tests is a room of the manifest`() throws {
    let known = Set(Self.rooms.map(\.folder))
    for top in ["Sources", "Tests"] {
      for name in try FileManager.default.contentsOfDirectory(
        atPath: projectFolder.appendingPathComponent(top).path)
      {
        let hasSwift = try !swiftFiles(below: "\(top)/\(name)").isEmpty
        #expect(!hasSwift || known.contains("\(top)/\(name)"), "\(top)/\(name) is no target")
      }
    }
  }

  @Test(arguments: houseRooms.map(\.name))
  func `a room depends only on rooms above it`(_ name: String) throws {
    let order = Self.rooms.map(\.name)
    let room = try #require(Self.rooms.first { $0.name == name })
    // The plugin stands beside the tool that it runs, at the end of the list.
    for dependency in room.dependencies where order.contains(dependency) {
      let above = try #require(order.firstIndex(of: dependency))
      let own = try #require(order.firstIndex(of: name))
      #expect(above < own, "\(name) depends on \(dependency), which stands below it")
    }
  }

  @Test(arguments: rooms.filter { $0.kind != "systemLibrary" }.map(\.name))
  func `a room imports what the manifest lists, and nothing else`(_ name: String) throws {
    let room = try #require(Self.rooms.first { $0.name == name })
    let isTest = room.kind == "testTarget"
    var used: Set<String> = []
    for file in try swiftFiles(below: room.folder) {
      for (line, module) in imports(of: file.text) {
        used.insert(module)
        if room.dependencies.contains(module) { continue }
        if isTest, ["Testing", "Foundation", "Glibc", "Synchronization"].contains(module) { continue }
        if let allowed = systemModules[module] {
          #expect(allowed.contains(name), "\(file.path):\(line): \(module) is not for this room")
        } else {
          Issue.record("\(file.path):\(line): \(module) is not among the dependencies of \(name)")
        }
      }
    }
    // A room that is not imported is not needed; an empty room has not been furnished yet.
    guard room.kind == "target", used.count > 0 else { return }
    for dependency in room.dependencies {
      #expect(used.contains(dependency), "\(name) does not import \(dependency)")
    }
  }

  @Test func `imports are found in all their spellings`() {
    let text =
      "import A\n@testable import B\nprivate import C\nimport struct D.E\n// import F\n\n@preconcurrency public import G\n"
    #expect(imports(of: text).map(\.module) == ["A", "B", "C", "D", "G"])
    #expect(imports(of: text).map(\.line) == [1, 2, 3, 4, 7])
  }
}
