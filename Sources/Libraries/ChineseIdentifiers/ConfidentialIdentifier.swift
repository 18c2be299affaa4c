/// A parsed value about a person or an account. Printing, logging, reflecting or dumping it shows the masked
/// form; the whole value is reached only through `plain`, so that a search for `.plain` finds every reader.
package protocol ConfidentialIdentifier: ParsedIdentifier, CustomDebugStringConvertible, CustomReflectable {}

extension ConfidentialIdentifier {
    package var description: String { masked }

    package var debugDescription: String { masked }

    /// A mirror without children: `dump` and reflection find nothing below the masked text.
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
