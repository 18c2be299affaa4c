/// Compiles schema documents.
struct SchemaCompiler {
    static func compile(_ schema: JSONDocument, _ options: Schema.Options) throws(SchemaFault) -> Program { Program() }
}
