import CanonicalJSON

/// All documents that a compilation has met, and what their identifiers lead to.
struct SchemaLibrary {
    /// A place in a document.
    struct Place: Hashable {
        let document: Int
        let node: Int
    }

    /// A schema with its own address: a document's root, or a place with `$id`.
    struct Resource {
        let uri: URIReference
        let root: Place
        let dialect: Dialect
    }

    private(set) var documents: [JSONDocument] = []
    private(set) var uris: [String] = []
    private(set) var resources: [Resource] = []
    /// Dynamic anchors by resource.
    private(set) var dynamicAnchors: [(resource: Int, name: String, place: Place)] = []

    private let registry: SchemaRegistry
    private var documentNumbers: [String: Int] = [:]
    private var resourceNumbers: [String: Int] = [:]
    private var anchors: [String: Place] = [:]
    /// The resource of every schema that has been met.
    private var owners: [Place: Int] = [:]

    init(_ registry: SchemaRegistry) { self.registry = registry }

    /// Takes a document in and reads the identifiers inside it.
    mutating func add(_ document: JSONDocument, uri: String) throws(SchemaFault) -> Int {
        let number = documents.count
        documents.append(document)
        uris.append(uri)
        documentNumbers[uri] = number
        try index(Place(document: number, node: 0), base: URIReference(uri), owner: nil, dialect: nil)
        return number
    }

    func tape(_ place: Place) -> TapeView { documents[place.document].tape.view }

    func fault(_ reason: SchemaFault.Reason, _ place: Place, _ keyword: String?, _ message: String) -> SchemaFault {
        var tokens = tape(place).path(to: place.node)
        if let keyword { tokens.append(keyword) }
        return SchemaFault(
            reason: reason, schema: JSONPointer(tokens: tokens), document: uris[place.document], message: message)
    }

    /// The resource of a schema.
    func owner(of place: Place) -> Int { owners[place] ?? 0 }

    /// Reads `$id`, `$schema` and the anchors of a schema and of all schemas inside it.
    private mutating func index(
        _ start: Place, base: URIReference, owner: Int?, dialect: Dialect?
    ) throws(SchemaFault) {
        var open: [(node: Int, base: URIReference, owner: Int?, dialect: Dialect?)] = [
            (start.node, base, owner, dialect)
        ]
        while let (node, base, outer, outerDialect) = open.popLast() {
            let place = Place(document: start.document, node: node)
            let tape = tape(place)
            var (uri, owner, dialect) = (base, outer, outerDialect)
            if let id = try text("$id", of: place) {
                let resolved = base.resolving(id)
                guard resolved.fragment?.isEmpty ?? true else {
                    throw fault(.keyword, place, "$id", "$id 不能带片段（#…）")
                }
                (uri, owner) = (resolved, nil)
            }
            if owner == nil {
                if let schema = try text("$schema", of: place) { dialect = try self.dialect(schema, place) }
                owner = resources.count
                resources.append(Resource(uri: uri, root: place, dialect: dialect ?? .standard))
                resourceNumbers[uri.withoutFragment] = resourceNumbers[uri.withoutFragment] ?? resources.count - 1
            }
            owners[place] = owner
            try indexAnchors(of: place, uri: uri.withoutFragment, owner: owner ?? 0)
            for child in Subschemas.places(in: tape, of: node) { open.append((child, uri, owner, dialect)) }
        }
    }

    private mutating func indexAnchors(of place: Place, uri: String, owner: Int) throws(SchemaFault) {
        for keyword in ["$anchor", "$dynamicAnchor"] {
            guard let name = try text(keyword, of: place) else { continue }
            guard let first = name.utf8.first, ASCII.isLetter(first) || first == 0x5F else {
                throw fault(.keyword, place, keyword, "\(keyword) 必须以字母或下划线开头")
            }
            let full = "\(uri)#\(name)"
            if let other = anchors[full], other != place {
                throw fault(.keyword, place, keyword, "锚点 \(name) 重复")
            }
            anchors[full] = place
            if keyword == "$dynamicAnchor" { dynamicAnchors.append((owner, name, place)) }
        }
    }

    /// A keyword's text; nil when the keyword is absent.
    func text(_ keyword: String, of place: Place) throws(SchemaFault) -> String? {
        let tape = tape(place)
        guard let value = tape.member(keyword, of: place.node) else { return nil }
        guard tape.nodes[value].isKind(.string) else { throw fault(.keyword, place, keyword, "\(keyword) 必须是文字") }
        return tape.string(value)
    }
}

/// References and dialects.
extension SchemaLibrary {
    /// What a reference in a schema leads to, and whether it names an anchor.
    mutating func resolve(
        _ reference: String, from place: Place, _ keyword: String
    ) throws(SchemaFault) -> (place: Place, anchor: String?) {
        let target = resources[owner(of: place)].uri.resolving(reference)
        let uri = target.withoutFragment
        let unknown = fault(.reference, place, keyword, "\(keyword) 指向的 \(reference) 不存在")
        try load(uri)
        guard let fragment = target.decodedFragment, let number = resourceNumbers[uri] else { throw unknown }
        if fragment.isEmpty { return (resources[number].root, nil) }
        if !fragment.hasPrefix("/") {
            guard let found = anchors["\(uri)#\(fragment)"] else { throw unknown }
            return (found, fragment)
        }
        guard let found = try follow(fragment, from: resources[number].root) else { throw unknown }
        return (found, nil)
    }

    /// Makes sure that a document is known, when the registry has it.
    private mutating func load(_ uri: String) throws(SchemaFault) {
        guard resourceNumbers[uri] == nil, documentNumbers[uri] == nil else { return }
        guard let document = registry[uri] ?? MetaSchemas.document(uri) else { return }
        let number = try add(document, uri: uri)
        // Also found by the address that it was asked for, when it calls itself something else.
        resourceNumbers[uri] = resourceNumbers[uri] ?? owner(of: Place(document: number, node: 0))
    }

    private mutating func follow(_ pointer: String, from root: Place) throws(SchemaFault) -> Place? {
        guard let tokens = try? JSONPointer(pointer).tokens else { return nil }
        let tape = tape(root)
        var node = root.node
        var owner = self.owner(of: root)
        for token in tokens {
            if let known = owners[Place(document: root.document, node: node)] { owner = known }
            if let member = tape.member(token, of: node) {
                node = member
            } else {
                guard tape.nodes[node].isKind(.array), let place = Int(token), String(place) == token else {
                    return nil
                }
                let elements = tape.elements(of: node)
                guard elements.indices.contains(place) else { return nil }
                node = elements[place]
            }
        }
        let place = Place(document: root.document, node: node)
        // A place that no keyword makes a schema becomes one by being referred to.
        if owners[place] == nil {
            try index(place, base: resources[owner].uri, owner: owner, dialect: resources[owner].dialect)
        }
        return place
    }

    private mutating func dialect(_ uri: String, _ place: Place) throws(SchemaFault) -> Dialect {
        let name = URIReference(uri).withoutFragment
        if name == Dialect.standardURI { return .standard }
        guard let document = registry[name] else {
            guard MetaSchemas.document(name) == nil else { return .standard }
            throw fault(.vocabulary, place, "$schema", "只支持 JSON Schema 2020-12，不认识 \(uri)")
        }
        let tape = document.tape.view
        guard let vocabulary = tape.member("$vocabulary", of: 0), tape.nodes[vocabulary].isKind(.object) else {
            return .standard
        }
        do throws(Dialect.UnknownVocabulary) {
            return try Dialect(
                vocabularies: tape.keys(of: vocabulary).map {
                    (tape.string($0), tape.nodes[$0 + 1].has(TapeNode.isTrue))
                })
        } catch {
            throw fault(.vocabulary, place, "$schema", "不支持词汇表 \(error.uri)")
        }
    }
}
