import Foundation
import Kernel
import Web

/// The addresses of this context: the same values make routes and links.
enum RulesPath {
    static let rules = "/rules"
    static let history = "/rules/history"
    static let tradePattern = "/rules/{trade}"
    static let packPattern = "/rules/packs/{pack}"
    static let packTradePattern = "/rules/packs/{pack}/{trade}"

    /// The pages of a pack; those of the one in force have addresses of their own.
    static func pack(_ hash: String?) -> String { hash.map { "/rules/packs/\($0)" } ?? rules }

    /// A trade's page, at the place of one category if it is given.
    static func trade(_ name: String, of hash: String? = nil, category: String? = nil) -> String {
        pack(hash) + "/" + name.percentEncodedForQuery.replacing("/", with: "%2F") + (category.map { "#" + $0 } ?? "")
    }

    static func bundle(_ hash: String) -> String { "/rules/packs/\(hash).json" }

    static let desk = "/operations/packs"
    static let actPattern = "/operations/packs/{publication}"
    static let propose = "/operations/packs/propose"

    static func act(_ act: PublishingAct, on id: ID<Publication>) -> String { "\(desk)/\(id)/\(act.rawValue)" }
}

/// What an operator does with a publication.
enum PublishingAct: String {
    case approve
    case withdraw
}
