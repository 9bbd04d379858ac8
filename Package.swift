// swift-tools-version: 6.2
import PackageDescription

/// The settings that every Swift target of this package shares.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "sallyport",
    products: [
        .executable(name: "sallyportd", targets: ["MonitorProcess"]),
        .executable(name: "sallyport-session", targets: ["SessionProcess"]),
        .executable(name: "sallyport", targets: ["AdminTool"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    ],
    targets: [
        // 0: C
        .systemLibrary(name: "CLibSSH", pkgConfig: "libssh", providers: [.apt(["libssh-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "CSystem", linkerSettings: [.linkedLibrary("seccomp")]),
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),

        // 1: pure
        .target(name: "OpenSSHKeys", dependencies: ["COpenSSL"]),
        .target(name: "LibSSH", dependencies: ["CLibSSH"]),
        .target(name: "TerminalStream"),
        .target(name: "SFTP", dependencies: ["OpenSSHKeys"]),
        .target(name: "Desk", dependencies: ["TerminalStream"]),
        .target(
            name: "Guard", dependencies: ["TerminalStream"], exclude: ["Integration/README.md"],
            resources: ["start.sh", "bash.sh", "zsh.zsh", "fish.fish"].map { .embedInCode("Integration/\($0)") }),
        .target(name: "Policy", dependencies: ["OpenSSHKeys", "Guard", "TerminalStream", "CRE2"]),

        // 2: what processes share
        .target(name: "MonitorProtocol", dependencies: ["OpenSSHKeys", "SFTP", "Guard", "TerminalStream", "CSystem"]),
        .target(name: "Configuration", dependencies: ["Policy", "Guard", "TerminalStream", "OpenSSHKeys", yams]),

        // 3: secrets
        .target(name: "Vault", dependencies: ["COpenSSL", "OpenSSHKeys"]),
        .target(
            name: "Store",
            dependencies: ["MonitorProtocol", "Vault", .product(name: "GRDB", package: "GRDB.swift")]),

        // 4: processes
        .executableTarget(
            name: "SessionProcess",
            dependencies: ["MonitorProtocol", "LibSSH", "TerminalStream", "SFTP", "Guard", "Desk", "OpenSSHKeys", "CSystem"]),
        .executableTarget(
            name: "MonitorProcess",
            dependencies: [
                "MonitorProtocol", "Configuration", "Vault", "Store", "Policy", "SFTP", "Guard", "TerminalStream", "OpenSSHKeys",
                "CSystem", logging,
            ]),
        .executableTarget(
            name: "AdminTool",
            dependencies: [
                "MonitorProtocol", "Configuration", "Policy", "Guard", "TerminalStream", "OpenSSHKeys",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            // `sallyport init` writes it: a link to Config/policy.yaml.
            resources: [.embedInCode("Setup/policy.yaml")]),
    ],
    swiftLanguageModes: [.v6]
)

/// The targets that have a folder Tests/<Target>Tests.
let tested: [String: [Target.Dependency]] = [
    "AdminTool": ["Configuration", "MonitorProtocol", "OpenSSHKeys", "Policy"],
    "Configuration": ["OpenSSHKeys", "Policy", "Guard", "TerminalStream"],
    "Desk": ["TerminalStream", "EndToEndHarness"],
    "Guard": ["TerminalStream", "EndToEndHarness"],
    "LibSSH": [],
    "MonitorProcess": [
        "MonitorProtocol", "Configuration", "OpenSSHKeys", "Policy", "SFTP", "Guard", "TerminalStream", "Vault", "Store", "FakeSession", logging,
    ],
    "MonitorProtocol": ["OpenSSHKeys", "SFTP", "Guard", "TerminalStream"],
    "OpenSSHKeys": ["CLibSSH"],  // libssh sends sshd certificates that ssh itself would not
    "Policy": ["OpenSSHKeys", "Guard"],
    "SFTP": ["OpenSSHKeys"],
    "SessionProcess": ["CSystem", "MonitorProtocol", "OpenSSHKeys"],
    "Store": ["MonitorProtocol", "Vault", .product(name: "GRDB", package: "GRDB.swift")],
    "TerminalStream": ["CPCRE2"],  // the oracle for mask rules
    "Vault": [],
]
for (name, more) in tested.sorted(by: { $0.key < $1.key }) {
    let fixtures = name == "Configuration" ? ["Evasions/Fixtures"] : []  // read from the source folder
    package.targets.append(.testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + more, exclude: fixtures))
}

package.targets.append(.testTarget(name: "DocumentationTests"))

// What says in tests whether masking finds what its patterns mean. Never linked by what is installed.
package.targets.append(
    .systemLibrary(name: "CPCRE2", path: "Tests/CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]))

// Real programs on real terminals, for the tests that run the executables and import none of us.
package.targets.append(.target(name: "EndToEndHarness", path: "Tests/EndToEndHarness"))
package.targets.append(.testTarget(name: "EndToEndTests", dependencies: ["EndToEndHarness", "TerminalStream"]))
// The known failures are read from the source folder.
package.targets.append(.testTarget(name: "FidelityTests", dependencies: ["EndToEndHarness"], exclude: ["known-failures.txt"]))

// Tests load it into a real session process to act from inside it. Never installed.
package.targets.append(.target(name: "SessionProbe", path: "Tests/SessionProbe", linkerSettings: [.linkedLibrary("seccomp")]))
package.products.append(.library(name: "SessionProbe", type: .dynamic, targets: ["SessionProbe"]))

// Stands for sallyport-session in the tests of sallyportd.
package.targets.append(.executableTarget(name: "FakeSession", dependencies: ["MonitorProtocol"], path: "Tests/FakeSession"))

for target in package.targets where target.type != .system && !["CSystem", "CRE2", "SessionProbe"].contains(target.name) {
    target.swiftSettings = strict
    // Compiling the mask rules and following a screen take seconds of each test's start without it.
    if target.name == "TerminalStream" { target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug))) }
}
