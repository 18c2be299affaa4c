/// A part of the way from submission to the open shop. Each belongs to one context, which reports its outcome.
package enum Stage: String, Codable, Sendable, CaseIterable {
    case screening
    case review
    case agreement
    case deposit
    case opening
}
