package import CanonicalJSON

/// A compiled JSON Schema (draft 2020-12), immutable: compile once, use from any number of threads.
package struct Schema: Sendable {
    let program: Program

    /// How a schema is read.
    package struct Options: Sendable {
        /// Whether `format` refuses texts. Otherwise only custom formats do, and those of a dialect that asks for it.
        package var assertsFormat: Bool
        /// Formats of your own.
        package var formats: SchemaFormats
        /// Schemas that this one may refer to.
        package var registry: SchemaRegistry

        /// Options; by default the specification's.
        package init(
            assertsFormat: Bool = false, formats: SchemaFormats = SchemaFormats(),
            registry: SchemaRegistry = SchemaRegistry()
        ) {
            self.assertsFormat = assertsFormat
            self.formats = formats
            self.registry = registry
        }
    }

    /// Compiles a schema. What it reports in "schema order" comes in the order of the document's members.
    ///
    /// - Throws: `SchemaFault` with the place and the reason.
    package init(_ schema: JSONDocument, options: Options = Options()) throws(SchemaFault) {
        program = try SchemaCompiler.compile(schema, options)
    }

    /// Compiles a schema whose members are in canonical order.
    package init(_ schema: JSONValue, options: Options = Options()) throws(SchemaFault) {
        try self.init(JSONDocument(schema), options: options)
    }

    /// Whether a document is valid. The quickest question.
    package func isValid(_ document: JSONDocument) -> Bool { program.accepts(document.tape) }

    /// The faults of a whole document; none when it is valid.
    package func validate(_ document: JSONDocument, maximumErrors: Int = 100) -> [SchemaError] {
        findings(in: document, maximumErrors: maximumErrors).errors
    }

    /// The faults and warnings of a whole document.
    package func findings(in document: JSONDocument, maximumErrors: Int = 100) -> SchemaFindings {
        program.judge(document.tape, maximumErrors: maximumErrors)
    }

    /// Whether an unfinished form has a fault that stays one whatever is added: `check(draft:)` would find errors. A far
    /// quicker question than which ones.
    package func refuses(draft document: JSONDocument) -> Bool { program.refuses(draft: document.tape) }

    /// What is wrong with an unfinished form, and what it still lacks.
    package func check(draft document: JSONDocument, maximumErrors: Int = 1000) -> DraftFindings {
        program.judge(draft: document.tape, maximumErrors: maximumErrors)
    }
}
