extension IdentifierGrammar {
    /// Numbers of the documents that persons show.
    static let persons: [IdentifierGrammar] = [
        residentID, residencePermit, foreignPermanentResidence, hongKongMacaoPermit, taiwanPermit, chinesePassport,
        foreignPassport, personName,
    ]

    /// GB 11643-1999.
    private static let residentID = card(
        [.residentIdentityCard], id: "resident-id", name: "居民身份证号码", help: "18 位，最后一位可以是 X",
        good: ["330106199001019979", "110105198506159983"],
        bad: [
            Refused("33010619900101997", "resident_id.length"), Refused("33O106199001019979", "resident_id.character"),
            Refused("330106199002309979", "resident_id.birth_date"),
            Refused("330106199001019978", "resident_id.check_digit"),
            Refused("81000019900101997X", "resident_id.document"),
        ])

    /// 港澳台居民居住证申领发放办法 (国办发〔2018〕81 号): form and check character of the resident identity card.
    private static let residencePermit = card(
        [.hongKongResidencePermit, .macaoResidencePermit, .taiwanResidencePermit], id: "residence-card-hkmotw",
        name: "港澳台居民居住证号码", help: "18 位，以 810000（香港）、820000（澳门）或 830000（台湾）开头",
        good: ["81000019900101997X", "820000198506159983", "830000197503129911"],
        bad: [
            Refused("330106199001019979", "resident_id.document"),
            Refused("810000199001019979", "resident_id.check_digit"),
        ])

    /// Permanent residence cards: since 2023 with 18 characters, before with three letters and twelve digits.
    private static let foreignPermanentResidence: IdentifierGrammar = {
        let current = card(
            [.foreignPermanentResidence], id: "foreign-permanent-residence", name: "外国人永久居留身份证号码",
            help: "18 位，以 9 开头；旧版为 3 个字母加 12 位数字", good: ["911840199001019979", "USA330199001019"],
            bad: [
                Refused("911840199001019978", "resident_id.check_digit"),
                Refused("330106199001019979", "resident_id.document"),
                Refused("USA33019900101", "foreign_permanent_residence.incomplete"),
            ])
        let old = IdentifierGrammar(
            id: current.id, name: current.name, help: current.help, isConfidential: true,
            shape: [.letters(3...3), .digits(12)], good: [], bad: [])
        return current.or(old, when: { CharacterKind.letter.contains($0) })
    }()

    /// 港澳居民来往内地通行证 of 2012 and later; the issue number after it may be given.
    private static let hongKongMacaoPermit = IdentifierGrammar(
        id: "hkmo-permit", name: "港澳居民来往内地通行证号码", help: "H（香港）或 M（澳门）加 8 位数字，可带 2 位换证次数",
        isConfidential: true, shape: [.oneOf("HM"), .digits(8), .optional([.digits(2)])],
        good: ["H09999001", "M09999001 02"],
        bad: [
            Refused("H0999900", "hkmo_permit.incomplete"), Refused("A09999001", "hkmo_permit.prefix"),
            Refused("H0999900I", "hkmo_permit.character"),
        ])

    /// 台湾居民来往大陆通行证: since 2008-09-25 eight digits for life, before with two for the issue and perhaps a letter or
    /// digit in brackets for the office.
    private static let taiwanPermit = IdentifierGrammar(
        id: "taiwan-permit", name: "台湾居民来往大陆通行证号码", help: "8 位数字；旧版为 10 位数字，可带 1 位字母或数字",
        isConfidential: true,
        shape: [
            .digits(8),
            .optional([.digits(2), .optional([.ignored("("), .alphanumerics(1...1), .ignored(")")])]),
        ],
        good: ["09999001", "0999900101", "0999900101(B)"],
        bad: [
            Refused("0999900", "taiwan_permit.incomplete"), Refused("T9999001", "taiwan_permit.prefix"),
            Refused("09999001012345", "taiwan_permit.surplus"),
        ])

    /// Ordinary passports (E, since 2017-04 with a second letter; before 2012 G, 14 and 15), diplomatic (DE), service
    /// (SE) and public affairs (PE) ones with their forms from before, those of Hong Kong (K, H) and Macao (MA).
    private static let chinesePassport = IdentifierGrammar(
        id: "passport-cn", name: "中国护照号码", help: "如 E 加 8 位数字，或 E 加 1 个字母（不含 I、O）和 7 位数字",
        isConfidential: true,
        shape: [
            .choice([
                [.oneOf("EKH"), .choice([[.digits(8)], [.some(.clearLetter, 1...1), .digits(7)]])],
                [.oneOf("DSP"), .choice([[.text("E"), .digits(7)], [.ignored("."), .digits(7...8)]])],
                [.text("G"), .digits(8)], [.text("MA"), .digits(7)], [.text("1"), .oneOf("45"), .digits(7)],
            ])
        ],
        good: ["E09999001", "EA9999001", "G09999001", "149999001", "PE9999001", "P.9999001", "K09999001", "MA9999001"],
        bad: [
            Refused("E0999900", "passport_cn.incomplete"), Refused("X09999001", "passport_cn.prefix"),
            Refused("EI9999001", "passport_cn.character"),
        ])

    /// ICAO Doc 9303 leaves nine characters for the number in the machine readable zone; longer ones are printed.
    private static let foreignPassport = IdentifierGrammar(
        id: "passport-foreign", name: "外国护照号码", help: "5 至 20 位字母和数字", isConfidential: true,
        shape: [.alphanumerics(5...20)], good: ["X9999001", "099990017"],
        bad: [Refused("X999", "passport_foreign.incomplete"), Refused("X99#9001", "passport_foreign.character")])

    private static let personName = IdentifierGrammar(
        PersonName.self, id: "person-name", name: "姓名", help: "与证件上一致的汉字姓名", good: ["王小明", "阿布都·热合曼"],
        bad: [Refused("", "person_name.length")])

    /// A grammar for some of the documents whose numbers share the form of the resident identity card.
    private static func card(
        _ documents: Set<ResidentID.Document>, id: String, name: String, help: String, good: [String], bad: [Refused]
    ) -> IdentifierGrammar {
        IdentifierGrammar(
            ResidentID.self, id: id, name: name, help: help, good: good, bad: bad,
            remarks: { number in
                guard documents.contains(number.document) else {
                    let finding = IdentifierFinding(
                        code: "resident_id.document", message: "这是\(number.document.name)的号码，不是\(name)",
                        hint: "请改选证件类型，或填写所选证件的号码")
                    return ValueRemarks(faults: [finding])
                }
                guard number.document == .residentIdentityCard else { return ValueRemarks() }
                return .division(number.divisionCode, "resident_id", at: "前 6 位")
            })
    }

    /// A grammar that leaves texts with certain first characters to another one.
    private func or(
        _ other: IdentifierGrammar, when begins: @escaping @Sendable (Unicode.Scalar) -> Bool
    ) -> IdentifierGrammar {
        IdentifierGrammar(
            id: id, name: name, help: help, isConfidential: isConfidential || other.isConfidential, good: good,
            bad: bad,
            mask: { FoldedText($0, limit: 1).scalars.first.map(begins) == true ? other.masked($0) : masked($0) },
            judge: { FoldedText($0, limit: 1).scalars.first.map(begins) == true ? other.check($0) : check($0) })
    }
}
