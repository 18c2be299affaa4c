import Foundation

/// Somebody whom the load plays, and what he works on: a line of `targets.tsv`.
struct Target: Sendable {
    enum Kind: String, Sendable {
        /// A draft that can be handed in.
        case ready
        /// A draft with half of its answers.
        case half
        /// Handed in; its case waits.
        case review
        case decided
        /// A member of staff; has no application.
        case reviewer
    }

    let kind: Kind
    /// Counts the applications from 0; the answers are made from it.
    let number: Int
    /// The token for the session cookie.
    let session: String
    let person: String
    let application: String
    /// The case, if it came that far.
    let caseID: String
    let pictures: SampleAnswers.Pictures

    /// The address from which this person comes, for the limit on writes per client.
    var address: String { Self.address(of: number) }

    static func address(of number: Int) -> String {
        "10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
    }
}

/// `targets.tsv`: the seed of the answers in its first line, then one target a line.
enum TargetFile {
    static func write(_ targets: [Target], seed: UInt64, to file: URL) throws {
        var text = "seed\t\(seed)\n"
        for one in targets {
            text +=
                [
                    one.kind.rawValue, String(one.number), one.session, one.person, one.application, one.caseID,
                    one.pictures.licence, one.pictures.other,
                ].joined(separator: "\t") + "\n"
        }
        try Data(text.utf8).write(to: file, options: .atomic)
    }

    static func read(_ file: URL) throws -> (targets: [Target], seed: UInt64) {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw Complaint(description: "没有 \(file.path)：请先运行 ruzhu-bench seed")
        }
        let lines = text.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        guard let first = lines.first, first.count == 2, let seed = UInt64(first[1]) else {
            throw Complaint(description: "\(file.path) 不是 seed 写的")
        }
        let targets = try lines.dropFirst().map { words in
            guard words.count == 8, let kind = Target.Kind(rawValue: words[0]), let number = Int(words[1]) else {
                throw Complaint(description: "\(file.path) 有一行读不懂")
            }
            return Target(
                kind: kind, number: number, session: words[2], person: words[3], application: words[4],
                caseID: words[5], pictures: SampleAnswers.Pictures(licence: words[6], other: words[7]))
        }
        return (targets, seed)
    }
}
