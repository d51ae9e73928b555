import Foundation
import PackagePlugin

/// Embeds a folder of text files into the target that asks for it.
@main
struct EmbedFolder: BuildToolPlugin {
  /// Which folder each target embeds, and the name of the value that holds it.
  let folders = [
    "Forms": (folder: "Sources/Forms/Catalogue", name: "embeddedCatalogue"),
    "Checks": (folder: "Sources/Checks/Catalogue", name: "embeddedRules"),
    "Site": (folder: "Themes/standard", name: "embeddedTheme"),
    "Reports": (folder: "Sources/Reports/Style", name: "embeddedStyle"),
    "Preview": (folder: "Sources/Preview/Layer", name: "embeddedLayer"),
  ]

  func createBuildCommands(context: PluginContext, target: Target) async throws -> [Command] {
    guard let (folder, name) = folders[target.name] else { return [] }
    let root = context.package.directoryURL.appending(path: folder)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
    let files = paths.map { root.appending(path: $0) }.filter {
      (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
        && !$0.lastPathComponent.hasPrefix(".")
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "\(name).swift")
    return [
      .buildCommand(
        displayName: "Embedding \(folder)",
        executable: try context.tool(named: "EmbedTool").url,
        arguments: [output.path, name, root.path] + files.map(\.path),
        inputFiles: files,
        outputFiles: [output])
    ]
  }
}
