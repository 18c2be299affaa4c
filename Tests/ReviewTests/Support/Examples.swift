import Accounts
import Applications
import CanonicalJSON
import Kernel

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
        "permits": [
            "foodOperation": ["number": "JY13101150012345", "picture": .string(ID<Case>.numbered(501).text)]
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
    static let exampleHash = "pack-1"

    static func example() throws -> Pack { try Pack(yaml: exampleText, hash: exampleHash) }

    private static let exampleText = """
        id: enterprise
        title: 企业入驻规则
        version: "2026-01"
        subject: { name: 企业, creditCodePrefixes: ["91"] }
        steps:
          - id: licence
            title: 执照
            lead: 拍一张
            minutes: 1
            groups:
              - title: 营业执照
                fields:
                  - { path: /licence/picture, label: 营业执照, kind: licence }
                  - { path: /licence/creditCode, label: 统一社会信用代码, kind: creditCode, reads: 统一社会信用代码 }
                  - { path: /licence/name, label: 名称, kind: text, most: 100, reads: 名称 }
                  - { path: /licence/legalRepresentative, label: 法定代表人, kind: personName, reads: 法定代表人 }
                  - { path: /licence/establishedOn, label: 成立日期, kind: date, reads: 成立日期 }
                  - { path: /licence/address, label: 住所, kind: text, most: 200, reads: 住所 }
          - id: shop
            title: 店铺
            lead: 起个名字
            minutes: 1
            groups:
              - title: 店铺与类目
                fields:
                  - { path: /shop/name, label: 店铺名称, kind: text, most: 30 }
                  - { path: /shop/categories, label: 卖什么, kind: categories }
                  - { path: /permits/foodOperation/number, label: 食品经营许可证编号, kind: foodPermit, categories: [food] }
                  - { path: /permits/foodOperation/picture, label: 食品经营许可证照片, kind: picture, categories: [food] }
          - id: people
            title: 法人与结算
            lead: 加密保存
            minutes: 1
            groups:
              - title: 法人与结算
                fields:
                  - { path: /legalRepresentative/idNumber, label: 身份证号, kind: residentID }
                  - { path: /contact/name, label: 联系人, kind: personName }
                  - { path: /contact/phone, label: 手机号, kind: mobile }
                  - { path: /settlement/bank, label: 开户银行, kind: text, most: 60 }
                  - { path: /settlement/accountNumber, label: 银行账号, kind: account }
        categories:
          - id: food
            name: 食品
            needs: [营业执照]
            rules:
              expert: { required: false, rule: 食品不需要专家鉴定 }
              agreement: { required: false, rule: 食品不签线上合同 }
              deposit: { required: false, rule: 食品免保证金 }
          - id: jade
            name: 翡翠玉石
            needs: [营业执照]
            rules:
              expert: { required: true, rule: 翡翠玉石须经专家视频鉴定 }
              agreement: { required: true, rule: 翡翠玉石须签订线上合同 }
              deposit: { required: true, rule: 翡翠玉石须缴纳保证金 }
        rules:
          screening: { required: false, rule: 登记机关查询尚未接入 }
        """
}
