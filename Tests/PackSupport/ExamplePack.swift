package import Catalogue

/// A small pack with everything that other contexts look at: one kind of applicant, food that anybody may sell with a
/// permit, and jade that wants an expert, a contract and a deposit.
package enum ExamplePack {
    package static let hash = "pack-1"

    /// - Parameter asksRegistry: whether the pack wants a registry to be asked.
    package static func pack(asksRegistry: Bool = false) throws -> Pack {
        var files = files
        if asksRegistry {
            files["pack.yaml"] = files["pack.yaml"]?.replacing("required: false", with: "required: true")
        }
        return try Pack(bundle: PackSource(files: files).bundle, hash: hash)
    }

    package static let files = [
        "pack.yaml": """
        id: test
        title: 企业入驻规则
        version: "2026-01"
        summary: 测试用
        routes:
          - { id: manual, name: 人工审核, people: 1, hours: 8, note: 一名审核员核对 }
          - { id: expert, name: 人工审核加专家, people: 1, expert: true, hours: 16, note: 须经专家视频鉴定 }
        shopTypes:
          - { id: ordinary, name: 普通店, note: 什么都可以卖一点, source: platform }
        fees: { beforeOpeningFrom: 20000, rule: 开店前签订线上合同, source: platform }
        deadlines: { draftDays: 90, changesDays: 15 }
        screening: { required: false, rule: 登记机关查询 }
        """,
        "sources.yaml": "platform: { title: 平台规则 }",
        "subjects.yaml": """
        - id: enterprise
          name: 企业
          note: 公司
          creditCodePrefixes: ["91"]
          shopTypes: [ordinary]
          deposit: enterprise
          source: platform
        """,
        "qualifications/food.yaml": """
        - id: food-operation
          name: 食品经营许可证
          number: { label: 食品经营许可证编号, format: food-operation }
          pictures: [{ id: front, label: 食品经营许可证照片 }]
          source: platform
        """,
        "categories/all.yaml": """
        - id: eat
          name: 食品
          children:
            - id: eat-packed
              name: 食品
              children:
                - id: food
                  code: "1"
                  name: 食品
                  route: manual
                  deposit: { enterprise: 5000, individual: 2500 }
                  commission: "2.0"
                  feeSource: platform
                  needs: [{ any: [food-operation], source: platform }]
        - id: stones
          name: 珠宝
          children:
            - id: stones-jade
              name: 玉石
              children:
                - id: jade
                  code: "2"
                  name: 翡翠玉石
                  route: expert
                  deposit: { enterprise: 50000, individual: 25000 }
                  commission: "5.0"
                  feeSource: platform
                  needs: []
        """,
        "form.yaml": """
        steps:
          - id: licence
            title: 执照
            lead: 拍一张
            minutes: 1
            groups:
              - title: 营业执照
                fields:
                  - { path: /licence/picture, label: 营业执照, kind: licence }
                  - { path: /licence/creditCode, label: 统一社会信用代码, kind: identifier, format: uscc, reads: 统一社会信用代码 }
                  - { path: /licence/name, label: 名称, kind: text, most: 100, reads: 名称 }
                  - { path: /licence/type, label: 类型, kind: text, optional: true }
                  - { path: /licence/legalRepresentative, label: 法定代表人, kind: personName, reads: 法定代表人 }
                  - { path: /licence/capital, label: 注册资本, kind: text, optional: true }
                  - { path: /licence/establishedOn, label: 成立日期, kind: date, reads: 成立日期 }
                  - { path: /licence/address, label: 住所, kind: text, most: 200, reads: 住所 }
                  - { path: /licence/scope, label: 经营范围, kind: longText, optional: true }
          - id: shop
            title: 店铺
            lead: 起个名字
            minutes: 1
            groups:
              - title: 店铺与类目
                fields:
                  - { path: /shop/name, label: 店铺名称, kind: text, most: 30 }
                  - { path: /shop/categories, label: 卖什么, kind: categories }
              - insert: qualifications
          - id: people
            title: 法人与结算
            lead: 加密保存
            minutes: 1
            groups:
              - title: 法人与结算
                fields:
                  - { path: /legalRepresentative/idNumber, label: 身份证号, kind: identifier, format: resident-id }
                  - { path: /contact/name, label: 联系人, kind: personName }
                  - { path: /contact/phone, label: 手机号, kind: identifier, format: mobile }
                  - { path: /settlement/bank, label: 开户银行, kind: bank, most: 60 }
                  - { path: /settlement/accountNumber, label: 银行账号, kind: identifier, format: corporate-account }
        """,
    ]
}
