import Accounts
import Composition
import Database
import Documents
import HTTPTypes
import Kernel
import Testing

@Suite("Photos on their way through an application")
struct PictureTests {
    @Test("A photo in parts fills the form like one that came at once, and a repetition changes nothing")
    func parts() async throws {
        let house = try await House()
        let applicant = Applicant()
        applicant.teach(house.reader)
        try await house.open { client in
            let owner = Visitor(client)
            try await house.signIn(owner, applicant.phone)
            let path = try await house.begin(owner)
            let upload = try await owner.sendInParts(Applicant.licence, of: 20)
            for _ in 0..<2 {
                try await owner.get(path + "/steps/licence")
                try await owner.post(
                    path + "/steps/licence", [("upload.licence.picture", upload), ("go", "upload")])
                try await house.settle()
                #expect(try await house.documents().count == 1)
            }
            #expect(try await owner.get(path + "/steps/confirm").text.contains(applicant.company))
            let nobodys = try await owner.post(
                path + "/steps/licence",
                [("upload.licence.picture", "01kf8v1c8wz7m1d6h4t9q2r5xa"), ("go", "upload")])
            #expect(nobodys.status == .notFound)
        }
    }

    @Test("A photo that is replaced before it was handed in goes; one that was handed in stays")
    func replaced() async throws {
        let house = try await House()
        let applicant = Applicant()
        try await house.open { client in
            let (owner, reviewer) = (Visitor(client), Visitor(client))
            try await house.signIn(owner, applicant.phone)
            let path = try await applicant.fill(owner, in: house)
            let first = try await house.documents()
            #expect(first.count == 1)
            try await owner.get(path + "/steps/licence")
            try await owner.upload(
                path + "/steps/licence", file: "file.licence.picture", PictureBytes.jpeg(width: 1_700, height: 1_200))
            try await house.settle()
            let second = try await house.documents()
            #expect(second.count == 1)
            #expect(second != first)
            try await owner.get(path + "/review")
            try await owner.post(path + "/submit", [("truth", "yes"), ("_key", "s1")])
            try await house.settle()

            try await house.signIn(reviewer, House.reviewer, door: "/staff/sign-in")
            let open = try await reviewer.claimFirstCase()
            try await reviewer.post(
                open.path + "/decision",
                [("decision", "changes"), ("comment./licence/picture", "请重拍"), ("_key", "d1")])
            try await house.settle()
            try await owner.get(path + "/steps/licence")
            try await owner.upload(
                path + "/steps/licence", file: "file.licence.picture", PictureBytes.jpeg(width: 1_800, height: 1_200))
            try await house.settle()
            let all = try await house.documents()
            #expect(all.count == 2)
            #expect(all.isSuperset(of: second), "the reviewer decided on it")
        }
    }
}

extension House {
    /// The ids of all documents there are.
    fileprivate func documents() async throws -> Set<String> {
        try await product.database.read { tx in
            Set(
                try tx.rows("SELECT id FROM \(sqlite: "documents_pictures", postgres: "documents.pictures")").map {
                    try $0.get("id", as: String.self)
                })
        }
    }

    fileprivate func begin(_ visitor: Visitor) async throws -> String {
        try await visitor.get("/applications")
        let first = try await visitor.post("/applications", [("_key", "create")])
        return "/applications/\(try #require(first.id(after: "/applications/")))"
    }
}
