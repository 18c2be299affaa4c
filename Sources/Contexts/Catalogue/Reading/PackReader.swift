import Yams

/// Reads a pack's files, and gathers everything that is wrong with them.
struct PackReader {
    let source: PackSource
    let notes = PackNotes()

    /// - Parameter isPublished: what was published has been checked before; only what can't be read is told.
    /// - Throws: `PackFaults` with all that is wrong.
    func content(isPublished: Bool = false) throws -> PackContent {
        let head = file("pack.yaml")
        let sources = SourcesReader(file("sources.yaml")).sources()
        let qualifications = files(under: "qualifications/").flatMap { $0.elements ?? [] }
        let subjectsFile = file("subjects.yaml")
        let form = file("form.yaml")
        guard let head, let subjectsFile, let form else { throw PackFaults(notes.faults) }
        head.allows([
            "id", "title", "version", "summary", "routes", "shopTypes", "fees", "deadlines", "screening",
        ])
        var book = PackBook(sources: Set(sources.keys))
        let papers = QualificationReader(book: book).qualifications(in: qualifications)
        book.qualifications = Dictionary(papers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let rules = RulesReader(head, book: book)
        let routes = rules.routes()
        let shopTypes = rules.shopTypes()
        book.routes = Dictionary(routes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        book.shopTypes = Set(shopTypes.map(\.id))
        let subjects = SubjectReader(book: book).subjects(in: subjectsFile)
        book.subjects = subjects.map(\.id)
        let categories = CategoryReader(book: book).categories(in: files(under: "categories/"))
        let template = FormReader(book: book).template(in: form)
        let content = PackContent(
            id: head.string("id"), title: head.string("title"), version: head.string("version"),
            summary: head.string("summary"), sources: sources, routes: routes, shopTypes: shopTypes,
            subjects: subjects, qualifications: papers, categories: categories, fees: rules.fees(),
            deadlines: rules.deadlines(), screening: rules.screening(), template: template)
        if notes.faults.isEmpty, !isPublished {
            PackCheck(content, categories: files(under: "categories/"), qualifications: qualifications, form: form)
                .run()
        }
        guard notes.faults.isEmpty else { throw PackFaults(notes.faults) }
        return content
    }

    /// A file that must be there.
    private func file(_ name: String) -> PackNode? {
        guard source.files[name] != nil else {
            notes.add(PackFault(.missingFile, at: PackPlace(file: name, line: 1), "规则包里缺少这个文件"))
            return nil
        }
        return parsed(name)
    }

    private func files(under folder: String) -> [PackNode] {
        let names = source.files.keys.filter { $0.hasPrefix(folder) }.sorted()
        if names.isEmpty {
            notes.add(PackFault(.missingFile, at: PackPlace(file: folder, line: 1), "规则包里缺少这个文件夹，或里面没有内容"))
        }
        return names.compactMap(parsed)
    }

    private func parsed(_ name: String) -> PackNode? {
        do {
            guard let node = try Yams.compose(yaml: source.files[name] ?? "") else {
                notes.add(PackFault(.syntax, at: PackPlace(file: name, line: 1), "文件是空的"))
                return nil
            }
            return PackNode(node, file: name, line: 1, notes: notes)
        } catch let error as YamlError {
            notes.add(PackFault(.syntax, at: PackPlace(file: name, line: error.line), "YAML 写法不对：\(error.inChinese)"))
        } catch {
            notes.add(PackFault(.syntax, at: PackPlace(file: name, line: 1), "YAML 写法不对"))
        }
        return nil
    }
}

/// The names that may be referred to.
struct PackBook {
    let sources: Set<String>
    var qualifications: [String: Qualification] = [:]
    var routes: [String: ReviewRoute] = [:]
    var shopTypes: Set<String> = []
    var subjects: [String] = []

    /// The id of a source that a rule cites.
    func source(_ key: String = "source", of node: PackNode) -> String {
        let id = node.string(key)
        if !id.isEmpty, !sources.contains(id) { node[key]?.fault(.unknownName, "sources.yaml 里没有来源“\(id)”") }
        return id
    }

    func subjects(_ key: String = "subjects", of node: PackNode) -> Set<String> {
        names(key, of: node, among: Set(subjects), "subjects.yaml 里没有主体")
    }

    func shopTypes(_ key: String = "shopTypes", of node: PackNode) -> Set<String> {
        names(key, of: node, among: shopTypes, "pack.yaml 里没有店铺类型")
    }

    private func names(_ key: String, of node: PackNode, among known: Set<String>, _ complaint: String) -> Set<String> {
        let names = node.names(key)
        for (name, element) in names where !known.contains(name) {
            element.fault(.unknownName, "\(complaint)“\(name)”")
        }
        return Set(names.map(\.name))
    }
}
