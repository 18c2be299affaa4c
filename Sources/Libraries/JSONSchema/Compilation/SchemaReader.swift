/// Reads one schema object into instructions: what is cheap to decide first, what depends on the others last.
struct SchemaReader {
    typealias Place = SchemaLibrary.Place

    let place: Place
    let tape: TapeView
    let dialect: Dialect
    private let members: [String: Int]

    init(_ place: Place, _ compiler: SchemaCompiler) {
        self.place = place
        tape = compiler.sources.tape(place)
        dialect = compiler.sources.resources[compiler.sources.owner(of: place)].dialect
        var members: [String: Int] = [:]
        for key in tape.keys(of: place.node) { members[tape.string(key)] = key + 1 }
        self.members = members
    }

    func steps(_ compiler: inout SchemaCompiler) throws(SchemaFault) -> [Instruction] {
        var steps: [Instruction] = []
        if dialect.hasValidation { steps += try valueSteps(&compiler) }
        steps += try formatSteps(&compiler)
        if dialect.hasValidation { steps += try countSteps(compiler) }
        steps += try objectSteps(&compiler)
        if dialect.hasApplicators { steps += try arraySteps(&compiler) }
        steps += try dependencySteps(&compiler)
        steps += try referenceSteps(&compiler)
        if dialect.hasApplicators { steps += try logicSteps(&compiler) }
        if dialect.hasUnevaluated { steps += try unevaluatedSteps(&compiler) }
        return steps
    }

    /// The place of a keyword's value; nil when the keyword is absent.
    func value(_ keyword: Keyword) -> Int? { members[keyword.name] }

    func value(_ keyword: String) -> Int? { members[keyword] }

    func fault(_ keyword: Keyword, _ message: String, _ compiler: SchemaCompiler) -> SchemaFault {
        compiler.sources.fault(.keyword, place, keyword.name, "\(keyword.name) \(message)")
    }

    /// A keyword's value that must be a whole number of at least 0.
    func size(_ keyword: Keyword, _ compiler: SchemaCompiler) throws(SchemaFault) -> Int? {
        guard let value = value(keyword) else { return nil }
        let node = tape.nodes[value]
        guard node.isKind(.integer), tape.decimal(value).isNegative == false else {
            throw fault(keyword, "必须是不小于 0 的整数", compiler)
        }
        guard !node.has(TapeNode.long), node.exponent == 0 else { return Int(Int32.max) }
        return Int(Int32(clamping: node.payload))
    }

    /// A keyword's value that must be an object; its keys.
    func keys(_ keyword: Keyword, _ compiler: SchemaCompiler) throws(SchemaFault) -> [Int]? {
        guard let value = value(keyword) else { return nil }
        guard tape.nodes[value].isKind(.object) else { throw fault(keyword, "必须是对象", compiler) }
        return tape.keys(of: value)
    }

    /// The elements of an array that must hold different texts.
    func names(_ array: Int, _ keyword: Keyword, _ compiler: SchemaCompiler) throws(SchemaFault) -> [String] {
        let elements = tape.nodes[array].isKind(.array) ? tape.elements(of: array) : nil
        guard let elements, elements.allSatisfy({ tape.nodes[$0].isKind(.string) }) else {
            throw fault(keyword, "必须是文字的列表", compiler)
        }
        return elements.map(tape.string)
    }

    /// The number of a schema inside this one.
    func schema(_ node: Int, _ compiler: inout SchemaCompiler) throws(SchemaFault) -> Int {
        try compiler.number(of: Place(document: place.document, node: node))
    }

    /// The number of a keyword's schema, -1 when the keyword is absent.
    func schema(_ keyword: Keyword, _ compiler: inout SchemaCompiler) throws(SchemaFault) -> Int {
        guard let value = value(keyword) else { return -1 }
        return try schema(value, &compiler)
    }

    /// The numbers of a keyword's schemas, as a part of the list of schemas.
    func schemas(_ keyword: Keyword, _ compiler: inout SchemaCompiler) throws(SchemaFault) -> (Int, Int)? {
        guard let value = value(keyword) else { return nil }
        guard tape.nodes[value].isKind(.array), tape.nodes[value].low > 0 else {
            throw fault(keyword, "必须是非空的列表", compiler)
        }
        var numbers: [Int] = []
        for element in tape.elements(of: value) { numbers.append(try schema(element, &compiler)) }
        return (compiler.draft.addList(numbers), numbers.count)
    }
}
