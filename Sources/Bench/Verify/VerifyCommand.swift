import ArgumentParser

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "对照记录：确认过的写入有没有丢、重、或只做了一半")

    func run() async throws {}
}
