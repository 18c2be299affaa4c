import Database

/// The tables that grow with the number of applications, parents first, as the migrations make them. The benchmark
/// copies and counts their rows beside the contexts that own them, which nothing in the product may do.
enum BenchTables {
    static let keys = Table(
        "sealing", "keys", key: ["owner"], columns: ["owner", "wrapped", "created_at", "destroyed_at"])
    static let people = Table(
        "accounts", "people", key: ["id"], columns: ["id", "phone", "phone_index", "created_at"])
    static let sessions = Table(
        "accounts", "sessions", key: ["token_digest"],
        columns: ["token_digest", "person", "created_at", "expires_at", "ended_at"])
    static let documents = Table(
        "documents", "documents", key: ["id"],
        columns: [
            "id", "person", "stream", "kind", "media_type", "width", "height", "uploaded_at", "blob", "digest",
            "reading", "content",
        ])
    static let applications = Table(
        "applications", "applications", key: ["id"],
        columns: ["id", "person", "pack", "state", "journey", "created_at", "updated_at"])
    static let drafts = Table(
        "applications", "drafts", key: ["application"], columns: ["application", "version", "content", "saved_at"])
    static let submissions = Table(
        "applications", "submissions", key: ["application", "round"],
        columns: [
            "application", "round", "person", "pack", "submitted_at", "content", "salts", "commitments", "digest",
        ])
    static let milestones = Table(
        "applications", "milestones", key: ["application", "number"],
        columns: ["application", "number", "at", "round", "what", "stage", "detail"])
    static let entities = Table(
        "screening", "entities", key: ["application"],
        columns: ["application", "person", "credit_code", "round", "is_live", "seen_at"])
    static let checks = Table(
        "screening", "checks", key: ["application", "round"],
        columns: [
            "application", "round", "person", "findings", "checked_at", "content", "salts", "commitments", "digest",
        ])
    static let cases = Table(
        "review", "cases", key: ["id"],
        columns: [
            "id", "application", "person", "round", "pack", "company", "categories", "submitted_at", "state",
            "reviewer", "claimed_at", "active_at", "verdict", "ended_at", "version",
        ])
    static let acts = Table(
        "review", "acts", key: ["case_id", "number"],
        columns: ["case_id", "number", "application", "act", "reviewer", "at"])
    static let decisions = Table(
        "review", "decisions", key: ["case_id"],
        columns: [
            "case_id", "application", "round", "person", "verdict", "reason", "reviewer", "decided_at", "content",
            "salts", "commitments", "digest",
        ])
    static let stores = Table(
        "stores", "stores", key: ["id"],
        columns: [
            "id", "application", "person", "name", "pack", "subject", "categories", "credit_code", "company",
            "company_type", "capital", "established_on", "address", "scope", "permits", "legal_representative",
            "opened_at",
        ])
    static let readings = Table(
        "sealing", "readings", key: ["id"], columns: ["id", "owner", "reader", "what", "purpose", "at"])
    static let streams = Table("work", "streams", key: ["stream"], columns: ["stream", "head"])
    static let events = Table(
        "work", "events", key: ["stream", "number"],
        columns: ["stream", "number", "name", "payload", "at", "is_fanned"])
    static let cursors = Table(
        "work", "cursors", key: ["handler", "stream"],
        columns: [
            "handler", "stream", "delivered", "head", "due_since", "retry_at", "attempts", "error", "parked_at",
            "claim",
            "claimed_until",
        ])
    static let answers = Table(
        "work", "answers", key: ["scope", "token"], columns: ["scope", "token", "answer", "at"])
    static let jobs = Table("work", "jobs", key: ["id"], columns: ["id"])
}
