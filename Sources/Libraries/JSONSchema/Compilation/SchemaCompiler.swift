import CanonicalJSON

/// Turns schema documents into a program. Schemas are compiled when something first leads to them.
struct SchemaCompiler {
    typealias Place = SchemaLibrary.Place

    var sources: SchemaLibrary
    var draft = ProgramDraft()
    let options: Schema.Options

    private var numbers: [Place: Int] = [:]
    private var open: [Place] = []
    private var anchorNames: [String: Int] = [:]
    private var knownAnchors = 0

    /// Schemas in one program.
    private static let most = 50_000

    static func compile(_ schema: JSONDocument, _ options: Schema.Options) throws(SchemaFault) -> Program {
        var compiler = SchemaCompiler(sources: SchemaLibrary(options.registry), options: options)
        _ = try compiler.sources.add(schema, uri: "")
        let root = try compiler.number(of: Place(document: 0, node: 0))
        try compiler.compileAll()
        try CycleCheck.run(compiler.draft, compiler.sources, compiler.places)
        compiler.draft.documents = compiler.sources.documents.map(\.tape)
        return Program(compiler.draft, root: root)
    }

    private init(sources: SchemaLibrary, options: Schema.Options) {
        self.sources = sources
        self.options = options
    }

    /// The places of the compiled schemas, by number.
    var places: [Place] { draft.locations.map { Place(document: $0.document, node: $0.node) } }

    /// The number of a schema, which is compiled later if it is new.
    mutating func number(of place: Place) throws(SchemaFault) -> Int {
        if let number = numbers[place] { return number }
        guard draft.nodes.count < Self.most else { throw sources.fault(.tooLarge, place, nil, "模式过大") }
        let number = draft.nodes.count
        numbers[place] = number
        draft.nodes.append(SchemaNode(resource: Int32(sources.owner(of: place))))
        draft.locations.append(
            SchemaLocation(document: place.document, node: place.node, uri: sources.uris[place.document]))
        open.append(place)
        return number
    }

    /// The number of a dynamic anchor's name.
    mutating func number(ofAnchor name: String) -> Int {
        let number = anchorNames[name] ?? anchorNames.count
        anchorNames[name] = number
        return number
    }

    private mutating func compileAll() throws(SchemaFault) {
        repeat {
            while let place = open.popLast() { try compile(place) }
            // Dynamic anchors may be reached without a static reference; each new document can bring some.
            while knownAnchors < sources.dynamicAnchors.count {
                let (resource, name, place) = sources.dynamicAnchors[knownAnchors]
                knownAnchors += 1
                let key = DynamicAnchor(resource: Int32(resource), name: Int32(number(ofAnchor: name)))
                draft.dynamicAnchors[key] = Int32(try number(of: place))
            }
        } while !open.isEmpty
    }

    private mutating func compile(_ place: Place) throws(SchemaFault) {
        let tape = sources.tape(place)
        let number = try number(of: place)
        var steps: [Instruction] = []
        switch ValueKinds(rawValue: tape.nodes[place.node].kinds) {
        case .boolean: if !tape.nodes[place.node].has(TapeNode.isTrue) { steps = [Instruction(.refuse, .none)] }
        case .object: steps = try SchemaReader(place, self).steps(&self)
        default: throw sources.fault(.keyword, place, nil, "模式必须是对象、true 或 false")
        }
        draft.nodes[number].first = Int32(draft.instructions.count)
        draft.nodes[number].count = Int32(steps.count)
        draft.nodes[number].marksOwn = steps.contains {
            $0.opcode == .unevaluatedItems || $0.opcode == .unevaluatedProperties
        }
        draft.instructions += steps
    }
}
