import Accounts
import Applications
import CanonicalJSON
import Kernel
import PackSupport

@testable import Catalogue
@testable import Review

extension ID {
    /// An id that is the same in every run: 26 characters that end with `number`.
    static func numbered(_ number: Int) -> ID {
        let digits = String(number)
        let text = String(repeating: "0", count: 26 - digits.count) + digits
        return ID(text) ?? .new(at: .example)
    }
}

extension ID<Person> {
    static let applicant = ID<Person>.numbered(1)
    static let minZhou = ID<Person>.numbered(2)
    static let taoLin = ID<Person>.numbered(3)
}

extension Case {
    static let example = Case(
        id: .numbered(100), application: .numbered(10), person: .applicant, round: 1, pack: Pack.exampleHash,
        company: "上海市天翼星辰食品有限公司", categories: ["食品"], submittedAt: .example)

    static func example(in state: State) -> Case {
        Case(
            id: .numbered(100), application: .numbered(10), person: .applicant, round: 1, pack: Pack.exampleHash,
            company: "上海市天翼星辰食品有限公司", categories: ["食品"], submittedAt: .example, state: state)
    }
}

extension DecisionDraft {
    static let approval = DecisionDraft(decision: "approve", reason: nil, note: nil, comments: [:])
    static let changes = DecisionDraft(
        decision: "changes", reason: nil, note: nil, comments: ["/licence/address": "门牌号看不清，请重拍"])
    static let rejection = DecisionDraft(
        decision: "reject", reason: RejectionReason.categoryNotCovered.rawValue, note: "经营范围里没有食品销售", comments: [:])
}

extension JSONValue {
    /// What an applicant hands in.
    static let submissionExample: JSONValue = [
        "licence": [
            "picture": .string(ID<Case>.numbered(500).text), "creditCode": "91330106MA9TE5T04E",
            "name": "上海市天翼星辰食品有限公司", "type": "有限责任公司", "legalRepresentative": "孙燕英",
            "capital": "人民币叁拾万元整", "establishedOn": "2015年08月13日", "address": "上海市浦东新区张江路762号",
            "scope": "许可项目：食品互联网销售。",
        ],
        "shop": ["name": "天翼鲜果铺子", "categories": ["food"]],
        "qualifications": [
            "food-operation": [
                "number": "JY13101150012345", "pictures": ["front": .string(ID<Case>.numbered(501).text)],
            ]
        ],
        "legalRepresentative": ["idNumber": "330106199001019979"],
        "contact": ["name": "王小明", "phone": "13800132468"],
        "settlement": ["bank": "招商银行上海张江支行", "accountNumber": "1202020609999991234"],
    ]

    /// This value with another one at a path.
    func replacing(_ path: JSONPointer, with value: JSONValue) throws -> JSONValue {
        var changed = self
        try changed.set(value, at: path)
        return changed
    }
}

extension Pack {
    static let exampleHash = ExamplePack.hash

    static func example() throws -> Pack { try ExamplePack.pack() }
}
