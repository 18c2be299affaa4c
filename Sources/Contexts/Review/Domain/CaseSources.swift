package import Accounts
package import Applications
package import Database
package import Kernel
package import Sealing

/// What a case shows that other contexts know. Each closure asks one front and is given where all contexts meet.
package struct CaseSources: Sendable {
    /// A picture by its document id, with what was read from it; `nil` if there is no such document.
    package let picture: @Sendable (_ document: String, borrowing Transaction) throws -> CasePicture?
    /// The form's fields for a pack (by content hash) and categories, in the order of the form.
    package let fields: @Sendable (_ pack: String, _ categories: [String]) throws -> [CaseField]
    /// What screening found about an application.
    package let findings: @Sendable (ID<Application>, borrowing Transaction) throws -> [Finding]
    /// How a member of staff is named on pages.
    package let staffName: @Sendable (ID<Person>, borrowing Transaction) throws -> String

    package init(
        picture: @escaping @Sendable (_ document: String, borrowing Transaction) throws -> CasePicture?,
        fields: @escaping @Sendable (_ pack: String, _ categories: [String]) throws -> [CaseField],
        findings: @escaping @Sendable (ID<Application>, borrowing Transaction) throws -> [Finding],
        staffName: @escaping @Sendable (ID<Person>, borrowing Transaction) throws -> String
    ) {
        self.picture = picture
        self.fields = fields
        self.findings = findings
        self.staffName = staffName
    }
}

/// A picture of a document, with what a machine read from it.
package struct CasePicture: Sendable {
    /// Pixels, upright.
    package let width: Int
    package let height: Int
    package let uploadedAt: Instant
    /// What was read, by the form path that it belongs to.
    package let read: Secret<[String: ReadValue]>

    package init(width: Int, height: Int, uploadedAt: Instant, read: Secret<[String: ReadValue]>) {
        self.width = width
        self.height = height
        self.uploadedAt = uploadedAt
        self.read = read
    }
}

/// One value as a machine read it.
package struct ReadValue: Sendable, Equatable {
    package let value: String
    /// From 0 to 1.
    package let confidence: Double
    package let box: Box?

    /// A place in a picture, in thousandths of its width and height.
    package struct Box: Sendable, Equatable {
        package let x: Int
        package let y: Int
        package let width: Int
        package let height: Int

        package init(x: Int, y: Int, width: Int, height: Int) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }
    }

    package init(value: String, confidence: Double, box: Box?) {
        self.value = value
        self.confidence = confidence
        self.box = box
    }
}

/// A field of the form, as a case needs to know it.
package struct CaseField: Sendable, Equatable {
    /// JSON pointer into the submission.
    package let path: String
    package let label: String
    package let kind: Kind
    /// The heading under which it stands.
    package let group: String

    package init(path: String, label: String, kind: Kind, group: String) {
        self.path = path
        self.label = label
        self.kind = kind
        self.group = group
    }

    /// What a value is, which says how it is masked and set.
    package enum Kind: Sendable, Equatable, CaseIterable {
        case text
        /// A code that is read character by character and is no secret.
        case code
        case personName
        case idNumber
        case phone
        case account
        case picture
    }
}
