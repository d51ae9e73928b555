// swift-tools-version: 6.1
import PackageDescription

// The house: each target is a room, and imports only rooms above it in this list.
// docs/architecture.md says what each room holds and what it never does.
// Tests/HouseTests compares the import lines of every room with this manifest.
let package = Package(
  name: "gongkai",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "gongkai", targets: ["gongkai"])],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
  ],
  targets: [
    // The outside world.
    .target(name: "CExchange"),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
    .target(name: "Files", dependencies: ["CExchange", "CCrypto"]),

    // Words and values.
    .target(name: "Diagnostics"),
    .target(name: "Parsing", dependencies: ["Diagnostics", .product(name: "Yams", package: "Yams")]),
    .target(name: "Fiscal"),
    .target(name: "Formulas", dependencies: ["Diagnostics", "Fiscal"]),
    .target(
      name: "Forms", dependencies: ["Diagnostics", "Parsing", "Fiscal", "Formulas"], exclude: ["Catalogue"],
      plugins: ["EmbedFolder"]),

    // Text and pages.
    .target(name: "Markdown", dependencies: ["CCmark", "Diagnostics"]),
    .target(name: "HTML"),
    .target(
      name: "Reports", dependencies: ["Diagnostics", "HTML"], exclude: ["Style"], plugins: ["EmbedFolder"]),

    // Disclosures.
    .target(
      name: "Content", dependencies: ["Diagnostics", "Parsing", "Fiscal", "Formulas", "Forms", "Markdown"]),
    .target(
      name: "Checks",
      dependencies: ["Diagnostics", "Parsing", "Fiscal", "Formulas", "Forms", "Markdown", "Content"],
      exclude: ["Catalogue"], plugins: ["EmbedFolder"]),
    .target(
      name: "Site",
      dependencies: [
        "Files", "Diagnostics", "Parsing", "Fiscal", "Forms", "Markdown", "HTML", "Content",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      plugins: ["EmbedFolder"]),
    .target(name: "Archive", dependencies: ["Files", "Diagnostics"]),
    .target(
      name: "Pipeline",
      dependencies: [
        "Files", "Diagnostics", "Parsing", "Fiscal", "Forms", "Content", "Checks", "Site", "Archive",
      ]),

    .target(name: "Release", dependencies: ["Files", "Diagnostics", "Parsing", "Archive", "Pipeline"]),
    .target(
      name: "Drafting",
      dependencies: ["Files", "Diagnostics", "Parsing", "Fiscal", "Formulas", "Forms", "Content"]),
    .target(
      name: "Preview",
      dependencies: [
        "Files", "Diagnostics", "Pipeline", .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      exclude: ["Layer"], plugins: ["EmbedFolder"]),
    .executableTarget(
      name: "gongkai",
      dependencies: [
        "Files", "Diagnostics", "Parsing", "Fiscal", "Forms", "Reports", "Checks", "Archive", "Pipeline",
        "Release",
        "Drafting", "Preview",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Embeds the catalogue and the standard theme, one raw string literal a file.
    .executableTarget(name: "EmbedTool"),
    .plugin(
      name: "EmbedFolder", capability: .buildTool(), dependencies: ["EmbedTool"], path: "Sources/EmbedFolder"),

    // How many faults the checks find: make mutation. The judge shares nothing with them.
    .target(
      name: "MutationOracle", dependencies: ["Fiscal", "Formulas", "Forms", "Content"],
      path: "Benchmarks/MutationOracle"),
    .executableTarget(
      name: "mutation",
      dependencies: [
        "Files", "Diagnostics", "Parsing", "Fiscal", "Forms", "Content", "Checks", "MutationOracle",
      ],
      path: "Benchmarks/Mutation", exclude: ["result.md"]),

    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
    .testTarget(name: "FilesTests", dependencies: ["CExchange", "Files"]),
    .testTarget(name: "ParsingTests", dependencies: ["Parsing", "Diagnostics"]),
    .testTarget(name: "FiscalTests", dependencies: ["Fiscal"]),
    .testTarget(name: "FormulasTests", dependencies: ["Formulas", "Fiscal", "Diagnostics"]),
    .testTarget(name: "FormsTests", dependencies: ["Forms", "Parsing", "Diagnostics"]),
    .testTarget(name: "MarkdownTests", dependencies: ["Markdown", "Diagnostics"]),
    .testTarget(name: "HTMLTests", dependencies: ["HTML"]),
    .testTarget(
      name: "ReportsTests", dependencies: ["Files", "Diagnostics", "Reports", "Checks", "Pipeline"],
      exclude: ["Schemas"]),
    .testTarget(name: "ContentTests", dependencies: ["Content", "Forms", "Parsing", "Diagnostics"]),
    .testTarget(name: "ChecksTests", dependencies: ["Checks", "Content", "Forms", "Parsing", "Diagnostics"]),
    .testTarget(
      name: "DocsTests", dependencies: ["Checks", "Content", "Fiscal", "Forms", "Parsing", "Diagnostics"]),
    .testTarget(
      name: "CatalogueTests",
      dependencies: [
        "Files", "Diagnostics", "Parsing", "Fiscal", "Formulas", "Forms", "Markdown", "Content", "Checks",
        "Pipeline",
      ], exclude: ["tying.md"]),
    .testTarget(
      name: "MutationOracleTests",
      dependencies: ["Files", "Diagnostics", "Parsing", "Forms", "Content", "MutationOracle"]),
    .testTarget(name: "HouseTests"),
    .testTarget(
      name: "SiteTests",
      dependencies: ["Files", "Diagnostics", "Fiscal", "Parsing", "Forms", "Content", "HTML", "Site"]),
    .testTarget(name: "SafetyTests", dependencies: ["Files", "Diagnostics", "Pipeline", "gongkai"]),
    .testTarget(
      name: "SourceFiguresTests", dependencies: ["Pipeline", "Files", "Diagnostics"], exclude: ["Figures"]),
    .testTarget(
      name: "ArchiveTests", dependencies: ["Files", "Diagnostics", "Archive", "Pipeline", "Release"]),
    .testTarget(name: "ReleaseTests", dependencies: ["Files", "Diagnostics", "Parsing", "Release"]),
    .testTarget(
      name: "DraftTests",
      dependencies: ["Files", "Diagnostics", "Parsing", "Forms", "Content", "Checks", "Pipeline"]),
    .testTarget(
      name: "DraftingTests",
      dependencies: ["Files", "Diagnostics", "Parsing", "Forms", "Content", "Checks", "Drafting"]),
    .testTarget(name: "GoldenTests", dependencies: ["Files", "Diagnostics", "Pipeline"]),
    .testTarget(name: "PreviewTests", dependencies: ["Files", "Diagnostics", "Preview"]),
    // The executable is named so that it is built before its command tests run.
    .testTarget(
      name: "CommandTests", dependencies: ["gongkai", "Checks", "Content", "Forms"], exclude: ["Cases"]),
  ],
  swiftLanguageModes: [.v6]
)
