import ChineseIdentifiers

/// What may stand in a field. Parses at the edge, and says in Chinese what is wrong.
package enum FieldKind: String, Sendable, CaseIterable {
    case text
    case longText
    case creditCode
    case personName
    case residentID
    case mobile
    case account
    case date
    case foodPermit
    /// One or more of the pack's categories.
    case categories
    /// A picture of a business licence, which is read.
    case licence
    /// Any other picture.
    case picture

    package var isPicture: Bool { self == .licence || self == .picture }

    /// Whether the value says something about a natural person, so that views mask it.
    package var isPersonal: Bool {
        switch self {
        case .personName, .residentID, .mobile, .account: true
        case .text, .longText, .creditCode, .date, .foodPermit, .categories, .licence, .picture: false
        }
    }

    /// The value as it is kept, or what is wrong with it. `text` is not empty.
    func normal(_ text: String, on today: CivilDate) -> Result<String, FieldFault> {
        switch self {
        case .text, .longText, .categories, .licence, .picture: .success(text)
        case .creditCode: parse { () throws(CreditCode.Fault) in try CreditCode(text).plain }
        case .personName: parse { () throws(PersonName.Fault) in try PersonName(text).plain }
        case .residentID: parse { () throws(ResidentID.Fault) in try ResidentID(text, asOf: today).plain }
        case .mobile: parse { () throws(MobileNumber.Fault) in try MobileNumber(text).plain }
        case .account: parse { () throws(CorporateAccountNumber.Fault) in try CorporateAccountNumber(text).plain }
        case .foodPermit: parse { () throws(FoodOperationPermit.Fault) in try FoodOperationPermit(text).plain }
        case .date: date(text, on: today)
        }
    }

    private func parse<Fault: IdentifierFault>(_ body: () throws(Fault) -> String) -> Result<String, FieldFault> {
        do throws(Fault) {
            return .success(try body())
        } catch {
            return .failure(FieldFault(code: error.code, message: error.message, hint: error.hint))
        }
    }

    private func date(_ text: String, on today: CivilDate) -> Result<String, FieldFault> {
        guard let date = try? ChineseDate(text), case .day(let day) = date else {
            return .failure(
                FieldFault(code: "date.unreadable", message: "看不懂这个日期", hint: "请写成 2015年08月13日 或 2015-08-13"))
        }
        guard day <= today else {
            return .failure(FieldFault(code: "date.future", message: "日期不能晚于今天", hint: "请对照执照再看一眼"))
        }
        return .success(text)
    }

    /// The value as views show it to those who have no need to read it.
    package func masked(_ text: String) -> String {
        switch self {
        case .personName: (try? PersonName(text).masked) ?? "***"
        case .residentID: (try? ResidentID(text).masked) ?? "***"
        case .mobile: (try? MobileNumber(text).masked) ?? "***"
        case .account: (try? CorporateAccountNumber(text).masked) ?? "***"
        case .text, .longText, .creditCode, .date, .foodPermit, .categories, .licence, .picture: text
        }
    }
}

/// What is wrong with one field's value.
struct FieldFault: Error, Equatable {
    let code: String
    let message: String
    let hint: String
}
