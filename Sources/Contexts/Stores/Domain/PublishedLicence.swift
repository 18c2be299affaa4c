import CanonicalJSON
import Catalogue
import Sealing

/// What a shop shows of its licence and permits for as long as it is open.
///
/// 电子商务法 Art. 15: the licence's information and the permits for the business, prominently and lastingly; 网络交易监督
/// 管理办法 Art. 12: for companies the code, name, type, legal representative, registered capital and domicile. All of it
/// is public registry data; the one natural person's name is sealed all the same.
struct PublishedLicence: Sendable, Equatable {
    let creditCode: String
    let company: String
    let type: String
    let capital: String
    let establishedOn: String
    let address: String
    let scope: String
    /// The numbers of the permits for what is sold.
    let permits: [Permit]
    let legalRepresentative: Sealed

    /// A permit for a business, as it is published.
    struct Permit: Sendable, Equatable {
        let label: String
        let number: String
        /// Until when it is good, as its paper has it; empty if that was not asked.
        var until = ""
    }

    static let representativePlace: StaticString = "stores.legal_representative"

    /// Takes what is published out of a submission's values.
    ///
    /// A natural person is not registered and publishes just that (电子商务法 Art. 15): of which kind, and from which
    /// region, but neither name nor number.
    init(_ values: JSONValue, under pack: Pack, key: OwnerKey) throws {
        let form = pack.form(in: values)
        let subject = pack.content.subject(form.selection.subject)?.name ?? ""
        func text(_ paths: String...) -> String {
            paths.lazy.compactMap { path in
                form.field(at: path).flatMap { field in values[field.pointer].flatMap(field.display) }
            }.first ?? ""
        }
        creditCode = text("/licence/creditCode", "/overseas/brNumber", "/overseas/unifiedNumber", "/overseas/number")
        company = pack.title(of: values) ?? subject
        let exemption = text("/person/exemption")
        type =
            exemption.isEmpty
            ? text("/licence/type", "/licence/kind", "/overseas/region") : "依法不需要办理市场主体登记：\(exemption)"
        capital = text("/licence/capital")
        establishedOn = text("/licence/establishedOn", "/overseas/establishedOn")
        address = text("/licence/address", "/overseas/address", "/person/region")
        scope = text("/licence/scope")
        permits = form.asked(in: values).compactMap { field in
            guard field.path.hasPrefix("/qualifications/"), field.path.hasSuffix("/number"),
                let number = values[field.pointer]?.string
            else { return nil }
            let id = field.pointer.tokens.dropFirst().first ?? ""
            let paper = pack.content.qualification(id)?.name ?? ""
            return Permit(
                label: field.label.hasPrefix(paper) ? field.label : paper + field.label, number: number,
                until: text("/qualifications/\(id)/validTo"))
        }
        legalRepresentative = try key.seal(text("/licence/legalRepresentative"), place: Self.representativePlace)
    }

    init(
        creditCode: String, company: String, type: String, capital: String, establishedOn: String, address: String,
        scope: String, permits: [Permit], legalRepresentative: Sealed
    ) {
        self.creditCode = creditCode
        self.company = company
        self.type = type
        self.capital = capital
        self.establishedOn = establishedOn
        self.address = address
        self.scope = scope
        self.permits = permits
        self.legalRepresentative = legalRepresentative
    }
}
