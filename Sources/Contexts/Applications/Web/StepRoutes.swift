import CanonicalJSON
import Catalogue
import ChineseIdentifiers
import Documents
import FormData
import HTTPTypes
import Hummingbird
import Kernel
import Web

/// The form's steps: shows one, takes what was filled in, and tells how the reading of a picture goes.
struct StepRoutes {
    let applications: Applications
    private let uploads = LargeBodies(atOnce: 6)

    init(applications: Applications) { self.applications = applications }

    /// A photo and the few texts around it.
    static let bodyLimit = PictureHeader.mostBytes + 512 * 1_024

    func add(to router: some RouterMethods<WebContext>) {
        let mine = router.group("/applications/{application}", context: SignedInContext.self)
        mine.get("/steps/{step}", use: show)
        mine.post("/steps/{step}", use: save)
        mine.get("/documents/{document}/status", use: reading)
    }

    @Sendable func show(_ request: Request, context: SignedInContext) async throws -> Response {
        let one = try await applications.open(try context.application(), for: try context.person())
        guard one.rules != .none else { return .see(ApplicationPath.progress(one.application.id)) }
        return try await page(of: one, in: context)
    }

    @Sendable func save(_ request: Request, context: SignedInContext) async throws -> Response {
        // Before the body is taken into memory, it must be somebody's to send.
        let before = try await applications.open(try context.application(), for: try context.person())
        guard before.rules != .none else { throw ApplicationRefusal.locked }
        guard request.isLarge else { return try await save(request, over: before, context: context) }
        return try await uploads.admit { try await save(request, over: before, context: context) }
    }

    private func save(
        _ request: Request, over before: OpenApplication, context: SignedInContext
    ) async throws -> Response {
        let id = before.application.id
        let form = try await request.form(in: context, limit: Self.bodyLimit)
        let answers = StepAnswers(
            form: form, step: try context.parameters.require("step"), today: CivilDate(applications.clock.now))
        let (uploads, refused) = try await take(answers, before)
        let after = try await applications.change(id, of: try context.person(), adding: uploads.map(\.upload)) {
            current in
            try answers.draft(on: current, with: uploads)
        }
        let faults = refused + answers.faults(in: after)
        switch answers.wish {
        case .later: return .see("/applications")
        case .autosave: return try await page(of: after, in: context, faults: faults)
        case .addRow, .removeRow: return .see(answers.destination(from: before, to: after))
        case .next, .upload: break
        }
        if !faults.isEmpty {
            return try await page(of: after, in: context, faults: faults, status: .unprocessableContent)
        }
        return .see(answers.destination(from: before, to: after))
    }

    /// The part of the page that shows how far the reading of a picture is.
    @Sendable func reading(_ request: Request, context: SignedInContext) async throws -> Response {
        let one = try await applications.open(try context.application(), for: try context.person())
        let document = try context.parameters.require("document")
        guard let field = one.asked.first(where: { $0.kind.isPicture && one.draft.text($0) == document }),
            let state = try await applications.pictureState(of: field, in: one)
        else { throw Problem.notFound }
        return .html(state.markup)
    }

    /// Keeps the pictures that came with the form. A refused picture is told at its field; the rest is saved all the same.
    private func take(
        _ answers: StepAnswers, _ one: OpenApplication
    ) async throws -> (uploads: [StepAnswers.Picture], refused: [Finding]) {
        var uploads: [StepAnswers.Picture] = []
        var refused: [Finding] = []
        for field in answers.fields(in: one) where field.kind.isPicture && one.rules.allows(field) {
            do {
                let kind: Document.Kind = field.kind == .licence ? .licence : .other
                let person = one.application.person
                if let id = answers.upload(for: field) {
                    let upload = try await applications.documents.take(upload: id, kind: kind, from: person)
                    uploads.append(.init(field: field, upload: upload))
                } else if let file = answers.file(for: field) {
                    let upload = try await applications.documents.take(file.bytes, kind: kind, from: person)
                    uploads.append(.init(field: field, upload: upload))
                }
            } catch let refusal as UploadRefusal {
                refused.append(
                    Finding(path: field.path, code: refusal.rawValue, message: refusal.message, hint: refusal.hint))
            }
        }
        return (uploads, refused)
    }

    private func page(
        of one: OpenApplication, in context: SignedInContext, faults: [Finding] = [],
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        guard let step = one.form.step(try context.parameters.require("step")) else { throw Problem.notFound }
        let pictures = try await applications.pictureStates(of: step, in: one)
        let frame = applications.pages.frame(step.title, in: context)
        let model = StepPage(
            frame, one, step, pictures: pictures, faults: faults, comments: one.openedComments,
            newRules: applications.newerRules(than: one.pack), at: applications.clock.now)
        return try applications.pages.render("application-step", model, status: status)
    }
}
