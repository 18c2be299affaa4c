import CanonicalJSON
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
    /// 食品经营许可证编号, if the shop sells food.
    let foodPermit: String?
    let legalRepresentative: Sealed

    static let representativePlace: StaticString = "stores.legal_representative"

    /// Takes what is published out of a submission's values.
    init(_ values: JSONValue, under key: OwnerKey) throws {
        func text(_ path: JSONPointer) -> String { values[path]?.string ?? "" }
        creditCode = text(["licence", "creditCode"])
        company = text(["licence", "name"])
        type = text(["licence", "type"])
        capital = text(["licence", "capital"])
        establishedOn = text(["licence", "establishedOn"])
        address = text(["licence", "address"])
        scope = text(["licence", "scope"])
        foodPermit = values[["permits", "foodOperation", "number"]]?.string
        legalRepresentative = try key.seal(
            text(["licence", "legalRepresentative"]), place: Self.representativePlace)
    }

    init(
        creditCode: String, company: String, type: String, capital: String, establishedOn: String, address: String,
        scope: String, foodPermit: String?, legalRepresentative: Sealed
    ) {
        self.creditCode = creditCode
        self.company = company
        self.type = type
        self.capital = capital
        self.establishedOn = establishedOn
        self.address = address
        self.scope = scope
        self.foodPermit = foodPermit
        self.legalRepresentative = legalRepresentative
    }
}
