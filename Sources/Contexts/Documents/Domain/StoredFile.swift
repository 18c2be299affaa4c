import Accounts
import Blobs
import Kernel

/// A sealed file of one person that one or more documents name.
struct StoredFile: Sendable, Equatable {
    let id: ID<StoredFile>
    let person: ID<Person>
    let blob: BlobName

    /// How long a file is kept that no document names yet: far longer than the request lasts that will name it.
    static let lease = Duration.seconds(3_600)
    /// How long a file is kept that was found to have a document: until somebody says otherwise.
    static let whileNamed = Instant(milliseconds: .max)
}
