package import Kernel
package import Work

/// The reading of a picture came to an end.
package struct DocumentRead: Event {
    package static let name = "documents.read"

    package let document: ID<Document>
    package let state: ReadingState
    /// The stream that the uploader asked for, such as its application's.
    let streamText: String

    package var stream: EventStream { EventStream(text: streamText) }
}
