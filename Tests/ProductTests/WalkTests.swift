import Accounts
import Applications
import CanonicalJSON
import Composition
import Database
import HTTPTypes
import Kernel
import Notifications
import Sealing
import Testing
import Work

@Suite("The walk from a photo to an open shop")
struct WalkTests {
    @Test("Changes are asked for, made and approved; the shop opens; nothing personal lies open anywhere")
    func wholeWalk() async throws {
        let house = try await House()
        let applicant = Applicant()
        try await house.open { client in
            let owner = Visitor(client)
            let reviewer = Visitor(client)
            try await house.signIn(owner, applicant.phone)
            try await house.signIn(reviewer, House.reviewer, door: "/staff/sign-in")
            let path = try await applicant.fill(owner, in: house)

            let review = try await owner.get(path + "/review")
            #expect(!review.text.contains(applicant.idNumber), "the last page masks what is personal")
            try await owner.post(path + "/submit", [("truth", "yes"), ("_key", "s1")])
            try await house.settle()
            #expect(try await owner.get(path).text.contains("资料正在审核"))

            let first = try await reviewer.claimFirstCase()
            #expect(!first.text.contains(applicant.idNumber))
            #expect(!first.text.contains(applicant.contactPhone))
            let revealed = try await reviewer.post(
                first.path + "/reveal", [("path", "/legalRepresentative/idNumber"), ("_key", "r1")])
            #expect(revealed.text.contains(applicant.idNumber), "a reviewer may look, and it is noted")
            try await reviewer.post(
                first.path + "/decision",
                [("decision", "changes"), ("comment./settlement/bank", "请写明\(applicant.contact)所说的支行"), ("_key", "d1")])
            try await house.settle()
            #expect(house.messages.kinds(to: applicant.phone).contains(.changesRequested))

            let asked = try await owner.get(path)
            #expect(asked.text.contains("请写明\(applicant.contact)所说的支行"), "the reason stands at the field")
            let people = try await owner.get(path + "/steps/people")
            #expect(people.text.contains("只需改 1 处"))
            #expect(!people.text.contains(applicant.idNumber), "what is locked is masked")
            try await owner.post(
                path + "/steps/people",
                [
                    ("settlement.bank", "招商银行杭州文三路支行"), ("legalRepresentative.idNumber", "330106199001010001"),
                    ("go", "next"),
                ])
            #expect(try await owner.get(path + "/review").text.contains("已修改"))
            try await owner.post(path + "/submit", [("truth", "yes"), ("_key", "s2")])
            try await house.settle()

            let second = try await reviewer.claimFirstCase()
            #expect(second.text.contains("招商银行杭州文三路支行"))
            try await reviewer.post(second.path + "/decision", [("decision", "approve"), ("_key", "d2")])
            try await house.settle()

            let open = try await owner.get(path)
            #expect(open.text.contains("开张了"))
            let shop = try #require(open.text.firstMatch(of: #/href="(/shops/[0-9a-z]{26})/first-day"/#)?.1)
            #expect(try await owner.get(shop + "/first-day").text.contains("开张第一天"))
            let anybody = Visitor(client)
            #expect(try await anybody.get(String(shop)).text.contains("禾穗知小铺"))
            let licence = try await anybody.get(shop + "/licence").text
            for fact in ["91330106MA9TE5T04E", applicant.company, applicant.legalRepresentative] {
                #expect(licence.contains(fact), "the law asks for \(fact) in public")
            }
            #expect(!licence.contains(applicant.idNumber))
            #expect(house.messages.kinds(to: applicant.phone).contains(.shopOpened))

            let id = try #require(ID<Application>(String(path.dropFirst("/applications/".count))))
            let submission = try await house.product.database.read { tx in
                try house.product.applications.submission(of: id, round: 2, in: tx)
            }
            let values = try #require(submission).values.reveal()
            #expect(
                values[["legalRepresentative", "idNumber"]]?.string == applicant.idNumber,
                "a locked field can't be changed")
        }
        house.expectNothingInTheClear(of: applicant)
    }

    @Test("A rejection tells its reason and ends the application")
    func rejection() async throws {
        let house = try await House()
        let applicant = Applicant()
        try await house.open { client in
            let (owner, reviewer) = (Visitor(client), Visitor(client))
            let path = try await house.submitted(applicant, owner)
            try await house.signIn(reviewer, House.reviewer, door: "/staff/sign-in")
            let open = try await reviewer.claimFirstCase()
            try await reviewer.post(
                open.path + "/decision",
                [("decision", "reject"), ("reason", "category.not_covered"), ("note", "执照里没有食品销售"), ("_key", "d")])
            try await house.settle()
            let told = try await owner.get(path)
            #expect(told.text.contains("经营范围不包含所选类目"))
            #expect(told.text.contains("执照里没有食品销售"))
            #expect(told.text.contains("申请人工复核"))
            let again = try await owner.post(path + "/submit", [("truth", "yes"), ("_key", "again")])
            #expect(again.status == .conflict)
        }
        house.expectNothingInTheClear(of: applicant)
    }

    @Test("A withdrawal while a reviewer has the case open stops everything; what comes later changes nothing")
    func withdrawal() async throws {
        let house = try await House()
        let applicant = Applicant()
        try await house.open { client in
            let (owner, reviewer) = (Visitor(client), Visitor(client))
            let path = try await house.submitted(applicant, owner)
            try await house.signIn(reviewer, House.reviewer, door: "/staff/sign-in")
            let open = try await reviewer.claimFirstCase()
            try await owner.get(path)
            try await owner.post(path + "/withdraw", [("_key", "w")])
            try await house.settle()

            let late = try await reviewer.post(open.path + "/decision", [("decision", "approve"), ("_key", "d")])
            #expect(late.text.contains("撤回"))
            #expect(try await owner.get(path).text.contains("你撤回了这份申请"))

            let id = try #require(ID<Application>(String(path.dropFirst("/applications/".count))))
            let report = StageReport(application: id, stage: .review, round: 1, outcome: .passed)
            let now = house.clock.now
            try await house.product.database.write { tx in try tx.emit(report, at: now) }
            try await house.settle()
            #expect(try await owner.get(path).text.contains("你撤回了这份申请"))
            #expect(house.messages.kinds(to: applicant.phone).contains(.shopOpened) == false)
        }
    }

    @Test("A category that demands what is not built is held, with the rule that says so")
    func held() async throws {
        let house = try await House()
        var applicant = Applicant()
        applicant.category = "jade"
        let jade = applicant
        try await house.open { client in
            let owner = Visitor(client)
            try await house.signIn(owner, jade.phone)
            let path = try await jade.fill(owner, in: house)
            try await owner.get(path + "/steps/shop")
            for picture in ["front", "item"] {
                try await owner.upload(
                    path + "/steps/shop", file: "file.qualifications.gem-report.pictures.\(picture)",
                    Applicant.licence)
            }
            // The upload's form had no other field in it; what was filled in before stays unless it is sent empty.
            try await owner.post(
                path + "/steps/shop",
                [
                    ("shop.name", "禾穗知小铺"), ("shop.categories", "jade"),
                    ("qualifications.gem-report.number", "NGTC-2023-990001"), ("go", "next"),
                ])
            try await owner.get(path + "/review")
            try await owner.post(path + "/submit", [("truth", "yes"), ("_key", "s")])
            try await house.settle()
            let told = try await owner.get(path)
            #expect(told.text.contains("尚未启用"))
            #expect(told.text.contains("由类目专家鉴定"))
        }
    }

    @Test("A form that is sent twice hands in once")
    func twice() async throws {
        let house = try await House()
        try await house.open { client in
            let owner = Visitor(client)
            try await house.signIn(owner, Applicant().phone)
            let path = try await Applicant().fill(owner, in: house)
            try await owner.get(path + "/review")
            for _ in 0..<3 {
                let answer = try await owner.post(path + "/submit", [("truth", "yes"), ("_key", "same")])
                #expect(answer.status == .ok)
                #expect(answer.path == path)
            }
            try await house.settle()
            let story = try await owner.get(path).text
            #expect(story.matches(of: #/你提交了申请/#).count == 1)
        }
    }
}

extension Visitor {
    /// Opens the queue and takes the first case in it.
    func claimFirstCase() async throws -> Page {
        let queue = try await get("/staff/queue")
        let claim = try #require(queue.text.firstMatch(of: #/action="(/staff/cases/[0-9a-z]{26})/claim"/#)?.1)
        try await post(claim + "/claim", [("_key", "claim-\(claim)")])
        return try await get(String(claim))
    }
}

extension House {
    /// An applicant whose application is in review. Returns its address.
    func submitted(_ applicant: Applicant, _ owner: Visitor) async throws -> String {
        try await signIn(owner, applicant.phone)
        let path = try await applicant.fill(owner, in: self)
        try await owner.get(path + "/review")
        try await owner.post(path + "/submit", [("truth", "yes"), ("_key", "s")])
        try await settle()
        return path
    }

    /// Looks through every file and every log line for what was planted.
    func expectNothingInTheClear(of applicant: Applicant) {
        let files = everythingOnDisk()
        #expect(files.contains { $0.bytes.contains(Array("杭州禾穗知食品有限公司".utf8)) }, "the search finds what lies open")
        #expect(files.count > 4)
        for planted in applicant.planted + [House.reviewer, PictureBytes.marker] {
            for file in files {
                #expect(!file.bytes.contains(Array(planted.utf8)), "\(planted) lies open in \(file.name)")
            }
            #expect(!log.lines.contains { $0.contains(planted) }, "\(planted) was logged")
        }
        #expect(!log.lines.isEmpty)
    }
}
