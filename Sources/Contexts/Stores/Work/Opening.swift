import Accounts
import Applications
import CanonicalJSON
import Catalogue
import Database
import Kernel
import Sealing
import Work

/// Opens the store when an application reaches its last stage.
struct Opening: Sendable {
    let submission: @Sendable (ID<Application>, _ round: Int, borrowing Transaction) throws -> Submission?
    let pack: @Sendable (_ hash: String) throws -> Pack
    let vault: Vault
    private let stores = StoreStore()
    private let readings = ReadingLog()

    init(
        submission: @escaping @Sendable (ID<Application>, _ round: Int, borrowing Transaction) throws -> Submission?,
        pack: @escaping @Sendable (_ hash: String) throws -> Pack, vault: Vault
    ) {
        self.submission = submission
        self.pack = pack
        self.vault = vault
    }

    /// What the shop would be made of was never submitted, or its owner's data was erased.
    struct MissingSubmission: Error {}

    var handler: EventHandler {
        EventHandler("stores.open-store").on(StageRequested.self) { delivery, now, tx in
            let request = delivery.event
            guard request.stage == .opening else { return }
            if try stores.find(of: request.application, in: tx) == nil { try open(for: request, at: now, in: tx) }
            try tx.emit(StageReport(to: request, .passed), at: now)
        }
        .replayable()
    }

    private func open(for request: StageRequested, at now: Instant, in tx: borrowing Transaction) throws {
        guard let submission = try submission(request.application, request.round, tx) else { throw MissingSubmission() }
        let values = submission.values.reveal()
        let owner = request.person.keyOwner
        let pack = try pack(request.pack)
        let key = try vault.existingKey(for: owner, in: tx)
        let licence = try PublishedLicence(values, under: pack, key: key)
        let store = Store(
            id: .new(at: now), application: request.application, person: request.person,
            name: values[["shop", "name"]]?.string ?? licence.company, pack: request.pack,
            subject: Self.counted(values, under: pack), categories: request.categories, licence: licence,
            openedAt: now,
            contact: try key.seal(MaskedContact(in: values).json.canonicalText, place: Store.contactPlace),
            hasAccount: values["settlement"]?.object.map { !$0.isEmpty } ?? false)
        try stores.add(store, in: tx)
        if values[["licence", "legalRepresentative"]] != nil {
            // From here on everybody may read the name: noted once, as one reading by the public.
            try readings.note(
                of: owner, by: "public", what: "/licence/legalRepresentative", purpose: "licence_page", at: now, in: tx)
        }
        try tx.emit(StoreOpened(store: store.id, application: store.application, person: store.person), at: now)
    }

    /// Who runs the shop, as far as its turnover goes. 电子商务法 Art. 10 frees those who sell what they grew, made at home
    /// or do with their hands whatever they sell; only 零星小额 trade has a limit.
    private static func counted(_ values: JSONValue, under pack: Pack) -> String {
        let subject = pack.content.selection(in: values).subject
        guard let exemption = values[["person", "exemption"]]?.string, exemption != "small-trade" else {
            return subject
        }
        return "\(subject)/\(exemption)"
    }
}
