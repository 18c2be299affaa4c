/// The two ways in. Both prove a phone number with a one-time code; they differ in what else is asked.
enum Door: String, Sendable, CaseIterable {
    /// Whoever wants to open a shop: consents to the handling of personal data, and is known from then on.
    case applicant = "sign_in"
    /// Staff: must have been given a role before.
    case staff = "staff_sign_in"
}
