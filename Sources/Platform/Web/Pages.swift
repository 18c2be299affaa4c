package import Foundation
package import Hummingbird
import Kernel
import Mustache

/// What every page may know: the frame around its own model.
package struct PageFrame: Sendable {
    package let title: String
    let nonce: String
    let csrf: String
    /// The signed-in person's masked phone number.
    let person: String?
    let isStaff: Bool
    let isReviewer: Bool
    let isOperator: Bool
    let isDemo: Bool
    package let assets: Links
    package var isSignedIn: Bool { person != nil }
    let requestID: String

    /// Where the built assets are found.
    package struct Links: Sendable {
        let css: String
        let js: String
        let htmx: String
        package let icons: String
        /// The inline style of entry pages.
        let entryStyles: String
    }
}

/// The pages' templates, and what is the same on all pages.
package struct Pages: Sendable {
    private let library: MustacheLibrary
    private let assets: Assets
    private let isDemo: Bool

    /// The folder of the templates around all pages.
    package static var templates: URL { Bundle.module.bundleURL.appending(path: "Templates") }

    /// A template that a page names does not exist.
    package struct MissingTemplate: Error {
        package let name: String
    }

    /// Loads all templates from the contexts' folders.
    package init(templateFolders: [URL], assets: Assets, isDemo: Bool) throws {
        var templates: [String: MustacheTemplate] = [:]
        for folder in templateFolders {
            let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            for file in files where file.pathExtension == "mustache" {
                let text = try String(contentsOf: file, encoding: .utf8)
                templates[file.deletingPathExtension().lastPathComponent] = try MustacheTemplate(string: text)
            }
        }
        library = MustacheLibrary(templates: templates)
        self.assets = assets
        self.isDemo = isDemo
    }

    /// The frame of a page with this title.
    package func frame(_ title: String, in context: some PageContext) -> PageFrame {
        PageFrame(
            title: title, nonce: context.web.nonce, csrf: context.web.formToken.masked(),
            person: context.web.identity?.label,
            isStaff: context.web.identity?.isStaff ?? false,
            isReviewer: context.web.identity?.roles.contains(.reviewer) ?? false,
            isOperator: context.web.identity?.roles.contains(.operator) ?? false, isDemo: isDemo, assets: assets.links,
            requestID: context.web.requestID)
    }

    /// Renders a page from its model.
    package func render(
        _ template: String, _ model: some Sendable, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        guard let text = library.render(model, withTemplate: template) else { throw MissingTemplate(name: template) }
        return .html(text, status: status)
    }

    /// Renders a part of a page, to be answered alone or put into markup that is written by hand.
    package func fragment(_ template: String, _ model: some Sendable) throws -> RenderedMarkup {
        guard let text = library.render(model, withTemplate: template) else { throw MissingTemplate(name: template) }
        return RenderedMarkup(text: text)
    }

    func problem(
        _ problem: Problem, context: some PageContext, back: (href: String, label: String) = ("/", "回到首页")
    ) -> Response {
        let model = ProblemPage(
            page: frame(problem.title, in: context), heading: problem.title, detail: problem.hint ?? "",
            hint: problem.findings.first?.message, code: problem.code, backHref: back.href,
            backLabel: back.label)
        let status = HTTPResponse.Status(code: problem.status.rawValue)
        return (try? render("problem", model, status: status)) ?? problem.document(requestID: context.web.requestID)
    }
}

struct ProblemPage: Sendable {
    let page: PageFrame
    let heading: String
    let detail: String
    let hint: String?
    let code: String
    let backHref: String
    let backLabel: String
}

/// Markup that a template made, and that is therefore escaped already.
package struct RenderedMarkup: Sendable {
    package let text: String
}
