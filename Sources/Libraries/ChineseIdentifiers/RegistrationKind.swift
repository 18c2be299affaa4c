/// What kind of body a credit code belongs to, by its first two characters (GB 32100-2015, table 1).
package enum RegistrationKind: String, Hashable, Sendable, CaseIterable {
    case government = "11"
    case publicInstitution = "12"
    case massOrganization = "13"
    case judicialBody = "31"
    case socialOrganization = "51"
    case privateNonEnterprise = "52"
    case foundation = "53"
    case selfGoverningBody = "54"
    case tradeUnion = "81"
    case enterprise = "91"
    case individualBusiness = "92"
    case farmersCooperative = "93"
    case military = "A1"
    case ruralCollective = "N1"
    case villageCollective = "N2"
    case townshipCollective = "N3"
    case other = "Y1"

    /// The Chinese name.
    package var name: String {
        switch self {
        case .government: "机关"
        case .publicInstitution: "事业单位"
        case .massOrganization: "群众团体"
        case .judicialBody: "律师事务所等司法行政登记机构"
        case .socialOrganization: "社会团体"
        case .privateNonEnterprise: "民办非企业单位"
        case .foundation: "基金会"
        case .selfGoverningBody: "基层群众性自治组织"
        case .tradeUnion: "工会"
        case .enterprise: "企业"
        case .individualBusiness: "个体工商户"
        case .farmersCooperative: "农民专业合作社"
        case .military: "军队单位"
        case .ruralCollective: "组级农村集体经济组织"
        case .villageCollective: "村级农村集体经济组织"
        case .townshipCollective: "乡镇级农村集体经济组织"
        case .other: "其他"
        }
    }
}

extension CreditCode {
    /// What to say when a code belongs to another kind of body than the one that was chosen, such as 企业; nil when it
    /// fits, or when the kind of the code is not in the published tables, which is a warning of its own.
    package func mismatch(with kinds: Set<RegistrationKind>, chosen name: String) -> IdentifierFinding? {
        guard let kind = registrationKind, !kinds.isEmpty, !kinds.contains(kind) else { return nil }
        return IdentifierFinding(
            code: "uscc.subject", message: "这个代码属于\(kind.name)，您选择的主体类型是\(name)", hint: "请核对营业执照上的类型，改选主体类型或改正代码")
    }
}
