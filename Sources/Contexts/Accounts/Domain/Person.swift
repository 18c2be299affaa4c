package import Kernel
package import Sealing

/// Somebody with a phone number: an applicant, or a member of staff if roles were given.
package enum Person {}

extension ID<Person> {
    /// Whose key seals this person's data.
    package var keyOwner: KeyOwner { KeyOwner(kind: "person", id: text) }
}
