import CanonicalJSON
import JSONSchema

/// One input: an option byte, a schema up to the first line end, and a document.
///
/// What must hold for every input: nothing crashes, both judges agree, a draft check never contradicts whole
/// validation, and the reader accepts the same texts as the product's other one.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: start, count: count)
    guard let option = input.first else { return 0 }
    let body = input.dropFirst()
    let lineEnd = body.firstIndex(of: 0x0A) ?? body.endIndex
    compareReaders(Array(body[lineEnd...].dropFirst()))
    guard let document = try? JSONDocument(utf8: body[lineEnd...].dropFirst()),
        let text = try? JSONDocument(utf8: body[..<lineEnd]),
        let schema = try? Schema(text, options: .init(assertsFormat: option & 1 == 1))
    else { return 0 }
    compareJudges(schema, document)
    return 0
}

private func compareReaders(_ bytes: [UInt8]) {
    let limits = JSONLimits(depth: 40, bytes: 100_000)
    let other = try? JSONValue(parsing: bytes, limits: limits)
    do throws(JSONFault) {
        let value = try JSONDocument(utf8: bytes, limits: limits).value
        // Numbers beyond a double are read exactly here and refused there.
        if let other { precondition(value == other, "the readers understand different things") }
    } catch {
        precondition(other == nil || error.reason == .numberRange, "only this reader refuses: \(error.code)")
    }
}

private func compareJudges(_ schema: Schema, _ document: JSONDocument) {
    let isValid = schema.isValid(document)
    let errors = schema.validate(document)
    let draft = schema.check(draft: document)
    if (errors + draft.errors).contains(where: { $0.code == "schema.too_costly" }) { return }
    precondition(isValid == errors.isEmpty, "the judges disagree")
    precondition(isValid == draft.isComplete, "the draft check disagrees")
    precondition(!isValid || draft.errors.isEmpty, "a valid document has faults as a draft")
    let isSilent =
        draft.errors.isEmpty && draft.missing.isEmpty && draft.alternatives.isEmpty && draft.undecided.isEmpty
    precondition(isValid || !isSilent, "a draft check is silent about an invalid document")
}
