import CanonicalJSON
import Foundation
import Hummingbird
import Kernel
import Web

/// The demo's own pages: the sandbox's message box and sample papers for download. Only the demo has them.
struct DemoRoutes {
    let pages: Pages
    let papers: URL
    /// The messages that the sandbox server took in, the newest first.
    let messages: @Sendable () async -> [DemoMessage]

    func add(to router: some RouterMethods<WebContext>) {
        router.get("/demo/messages", use: showMessages)
        router.get("/demo/papers", use: showPapers)
        router.get("/demo/papers/{file}", use: paper)
    }

    @Sendable func showMessages(_ request: Request, context: WebContext) async throws -> Response {
        try pages.render("demo-messages", DemoMessagesPage(pages.frame("演示短信箱", in: context), await messages()))
    }

    @Sendable func showPapers(_ request: Request, context: WebContext) async throws -> Response {
        try pages.render("demo-papers", DemoPapersPage(pages.frame("样例证照", in: context), DemoPaper.all(in: papers)))
    }

    @Sendable func paper(_ request: Request, context: WebContext) async throws -> Response {
        let name = try context.parameters.require("file")
        guard DemoPaper.all(in: papers).contains(where: { $0.file == name }),
            let bytes = FileManager.default.contents(atPath: papers.appending(path: name).path)
        else { throw Problem.notFound }
        return .bytes(Array(bytes), type: "image/jpeg", cache: "max-age=600")
    }
}

/// A message as the box shows it.
package struct DemoMessage: Sendable {
    let time: String
    let phone: String
    let text: String

    package init(time: String, phone: String, text: String) {
        self.time = time
        self.phone = phone
        self.text = text
    }
}

/// A sample paper.
struct DemoPaper: Sendable {
    let file: String
    let title: String
    let shows: String

    /// The pictures of a folder, with what the generator noted about them.
    static func all(in folder: URL) -> [DemoPaper] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let notes = json(folder.appending(path: "notes.json"))
        let truth = json(folder.appending(path: "truth.json"))
        return names.filter { $0.hasSuffix(".jpg") }.sorted().map { name in
            let isPermit = name.hasPrefix("permit")
            let company = truth[name]?["名称"]?.string ?? truth[name]?["经营者名称"]?.string ?? ""
            return DemoPaper(
                file: name, title: isPermit ? "食品经营许可证 \(name.filter(\.isNumber))" : "营业执照 \(name.filter(\.isNumber))",
                shows: notes[name]?.string ?? company)
        }
    }

    private static func json(_ file: URL) -> JSONValue {
        guard let bytes = FileManager.default.contents(atPath: file.path) else { return [:] }
        return (try? JSONValue(parsing: Array(bytes))) ?? [:]
    }
}

struct DemoMessagesPage: Sendable {
    let page: PageFrame
    let hasMessages: Bool
    let messages: [DemoMessage]

    init(_ page: PageFrame, _ messages: [DemoMessage]) {
        self.page = page
        self.messages = messages
        hasMessages = !messages.isEmpty
    }
}

struct DemoPapersPage: Sendable {
    let page: PageFrame
    let papers: [Card]

    struct Card: Sendable {
        let title: String
        let shows: String
        let url: String
        let href: String
        let fileName: String
        let width: String
        let height: String
    }

    init(_ page: PageFrame, _ papers: [DemoPaper]) {
        self.page = page
        self.papers = papers.map { paper in
            Card(
                title: paper.title, shows: paper.shows, url: "/demo/papers/\(paper.file)",
                href: "/demo/papers/\(paper.file)",
                fileName: paper.file, width: "1600", height: "1200")
        }
    }
}
