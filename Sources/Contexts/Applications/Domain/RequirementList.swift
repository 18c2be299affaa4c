package import CanonicalJSON
package import Catalogue
package import Kernel

/// Everything that an application still wants, and until when: what programs and people are shown at any time, so that
/// nothing is found only at the end. What is missing is due; only what is there can be wrong.
package struct RequirementList: Sendable, Equatable {
    /// Wanted now.
    package let currentlyDue: [PackField]
    /// Wanted on answers that were not given yet.
    package let eventuallyDue: [PackField]
    /// Wanted, and late: the deadline has passed.
    package let pastDue: [PackField]
    /// Handed in or uploaded, and being looked at.
    package let pendingVerification: [PackField]
    /// Needs that one of several papers meets, none chosen yet.
    package let alternatives: [QualificationChoice]
    /// What announced rules will want.
    package let future: [FutureRules]
    package let errors: [Finding]
    /// Until when the applicant's part has to be done; nil when it is not his turn.
    package let deadline: Instant?

    /// What would become due if the application followed rules that are in force or announced.
    package struct FutureRules: Sendable, Equatable {
        package let pack: String
        package let version: String
        package let effectiveAt: Instant
        /// Wanted then and not now.
        package let added: [PackField]
        /// Wanted now and not then.
        package let dropped: [PackField]
        package let errors: [Finding]
    }
}

extension RequirementList {
    /// The list as the API tells it.
    package var json: JSONValue {
        [
            "currently_due": Self.paths(currentlyDue), "eventually_due": Self.paths(eventuallyDue),
            "past_due": Self.paths(pastDue), "pending_verification": Self.paths(pendingVerification),
            "alternatives": .array(alternatives.map(\.json)), "future": .array(future.map(\.json)),
            "errors": .array(errors.map(\.requirementJSON)), "deadline": deadline.map { .string($0.iso8601) } ?? .null,
        ]
    }

    static func paths(_ fields: [PackField]) -> JSONValue { .array(fields.map { .string($0.path) }) }
}

extension RequirementList.FutureRules {
    var json: JSONValue {
        [
            "pack": .string(pack), "version": .string(version), "effective_at": .string(effectiveAt.iso8601),
            "currently_due": .array(added.map { .string($0.path) }),
            "no_longer_due": .array(dropped.map { .string($0.path) }), "errors": .array(errors.map(\.requirementJSON)),
        ]
    }
}

extension QualificationChoice {
    var json: JSONValue {
        [
            "path": .string(field.path),
            "options": .array(
                options.map { option in
                    [
                        "value": .string(option.qualification), "name": .string(option.name),
                        "brings": .array(option.paths.map { .string($0) }),
                    ]
                }),
        ]
    }
}

extension Finding {
    var requirementJSON: JSONValue {
        [
            "path": .string(path), "code": .string(code), "message": .string(message),
            "hint": hint.map { .string($0) } ?? .null,
        ]
    }
}
