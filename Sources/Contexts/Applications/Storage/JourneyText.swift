import Foundation

/// A journey as its row keeps it: the text that `Codable` makes of it. Every request reads one, and nearly all are among
/// a dozen that carry nothing of their own; those are told by their text.
enum JourneyText {
    private static let plain: [(state: JourneyState, text: String)] =
        [(.draft, #"{"draft":{}}"#), (.open, #"{"open":{}}"#), (.withdrawn, #"{"withdrawn":{}}"#)]
        + Stage.allCases.map { (.at($0), #"{"at":{"_0":"\#($0.rawValue)"}}"#) }
    private static let states = Dictionary(uniqueKeysWithValues: plain.map { ($0.text, $0.state) })

    static func write(_ journey: Journey) throws -> String {
        if let known = plain.first(where: { $0.state == journey.state }) {
            return #"{"round":\#(journey.round),"state":\#(known.text)}"#
        }
        return String(decoding: try JSONEncoder().encode(journey), as: UTF8.self)
    }

    static func read(_ text: String) throws -> Journey {
        if let journey = known(text) { return journey }
        return try JSONDecoder().decode(Journey.self, from: Data(text.utf8))
    }

    private static func known(_ text: String) -> Journey? {
        let (start, middle) = (#"{"round":"#, #","state":"#)
        guard text.hasPrefix(start), let comma = text.utf8.firstIndex(of: UInt8(ascii: ",")),
            text[comma...].hasPrefix(middle), text.hasSuffix("}"),
            let round = Int(text[text.utf8.index(text.startIndex, offsetBy: start.utf8.count)..<comma]),
            let state = states[String(text[text.utf8.index(comma, offsetBy: middle.utf8.count)...].dropLast())]
        else { return nil }
        return Journey(state: state, round: round)
    }
}
