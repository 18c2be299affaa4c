import Foundation

@testable import Catalogue

/// A whole pack that can be read at a glance: two subjects, three categories, a list and a condition.
enum SmallPack {
    static var source: PackSource { PackSource(files: files) }

    /// The pack with some texts replaced; each must stand there exactly once.
    static func edited(_ edits: (file: String, find: String, replace: String)...) -> PackSource {
        var files = files
        for edit in edits {
            precondition((files[edit.file] ?? "").ranges(of: edit.find).count == 1, "\(edit.find) in \(edit.file)")
            files[edit.file] = files[edit.file]?.replacing(edit.find, with: edit.replace)
        }
        return PackSource(files: files)
    }

    static let files = [
        "pack.yaml": pack, "sources.yaml": sources, "subjects.yaml": subjects, "form.yaml": form,
        "categories/all.yaml": categories, "qualifications/all.yaml": qualifications,
    ]

    private static let pack = """
        id: small
        title: 小商城规则
        version: "1"
        summary: 两类主体，三个类目。
        routes:
          - { id: auto, name: 机审, people: 1, hours: 2, note: 机器先核对 }
          - { id: manual, name: 人工审核, people: 1, hours: 8, note: 逐项核对 }
          - { id: deny, name: 不可入驻, people: 0, hours: 0, denies: true, note: 不允许 }
        shopTypes:
          - { id: ordinary, name: 普通店, note: 什么都可以卖, source: house }
          - { id: flagship, name: 旗舰店, note: 卖自己的品牌, brands: true, source: house }
        fees:
          beforeOpeningFrom: 20000
          rule: 两万元起开店前签约
          source: house
        deadlines: { draftDays: 90, changesDays: 15 }
        screening: { required: false, rule: 只核对证照本身 }
        """

    private static let sources = """
        house: { title: 平台规则 }
        food-safety-35: { title: 食品安全法第三十五条, url: "https://example.cn/law" }
        """

    private static let subjects = """
        - id: enterprise
          name: 企业
          note: 代码以 91 开头
          creditCodePrefixes: ["91"]
          shopTypes: [ordinary, flagship]
          deposit: enterprise
          source: house
          brings:
            - { mark: 照, title: 营业执照, note: 拍全四角 }
        - id: person
          name: 自然人
          note: 不用办执照
          shopTypes: [ordinary]
          deposit: individual
          source: house
        """

    private static let form = """
        steps:
          - id: who
            title: 主体
            lead: 先说说你是谁。
            minutes: 1
            groups:
              - title: 执照
                subjects: [enterprise]
                fields:
                  - { path: /licence/creditCode, label: 统一社会信用代码, kind: identifier, format: uscc }
                  - { path: /licence/scope, label: 经营范围, kind: longText, most: 3000 }
              - title: 账户
                fields:
                  - path: /settlement/kind
                    label: 用哪种账户
                    kind: choice
                    options:
                      - { value: bank, label: 银行卡 }
                      - { value: none, label: 以后再说 }
                  - { path: /settlement/number, label: 卡号, kind: identifier, format: bank-card, when: { path: /settlement/kind, is: bank } }
          - id: shop
            title: 店铺
            lead: 卖什么。
            minutes: 2
            groups:
              - title: 店铺
                fields:
                  - { path: /shop/name, label: 店铺名称, kind: text, least: 2, most: 30 }
                  - { path: /shop/type, label: 店铺类型, kind: choice, subjects: [enterprise] }
                  - { path: /shop/categories, label: 卖什么, kind: categories }
              - insert: qualifications
              - insert: brands
                title: 品牌
                field:
                  path: /brands
                  label: 品牌
                  kind: list
                  items:
                    - { path: /name, label: 品牌名称, kind: text, most: 40 }
        """

    private static let categories = """
        - id: food
          name: 食品
          children:
            - id: fresh
              name: 生鲜
              children:
                - id: fruit
                  code: "1001"
                  name: 水果蔬菜
                  aliases: [苹果, 青菜]
                  route: auto
                  deposit: { enterprise: 5000, individual: 2500 }
                  commission: "2.5"
                  feeSource: house
                  needs:
                    - { any: [food-permit, farm-scope], subjects: [enterprise], source: food-safety-35 }
                    - { any: [farm-promise], subjects: [person], source: house }
        - id: wear
          name: 服饰
          children:
            - id: clothes
              name: 服装
              children:
                - id: clothing
                  code: "2001"
                  name: 男装女装
                  route: auto
                  deposit: { enterprise: 1000, individual: 1000 }
                  commission: "5"
                  feeSource: house
                - id: tobacco
                  code: "9001"
                  name: 烟草
                  route: deny
                  denied: 烟草不能在网上卖
                  deposit: { enterprise: 0, individual: 0 }
                  commission: "0"
                  feeSource: house
        """

    private static let qualifications = """
        - id: food-permit
          name: 食品经营许可证
          number: { label: 许可证编号, format: food-operation }
          validity: dated
          pictures:
            - { id: front, label: 许可证照片, good: 清楚, bad: 反光 }
          examples:
            good: [JY13301060999991]
            bad:
              - { value: JY1330106099999, why: 少了一位 }
          source: food-safety-35
        - id: farm-scope
          name: 经营范围含农产品
          rule: { path: /licence/scope, contains: [农产品, 水果], otherwise: 经营范围里没有农产品 }
          source: food-safety-35
        - id: farm-promise
          name: 自产承诺
          promise: 我卖的都是自己种的
          source: house
        """
}
