/// What there is to say about a value beyond its form.
struct ValueRemarks {
    var faults: [IdentifierFinding] = []
    var warnings: [IdentifierFinding] = []
    var divisionCode: String?

    /// A wrong check digit.
    ///
    /// - Parameter family: What stands before the dot of the fault's code.
    static func checkDigit(_ family: String, _ message: String) -> ValueRemarks {
        ValueRemarks(
            faults: [IdentifierFinding(code: "\(family).check_digit", message: message, hint: "请对照证件逐位核对")])
    }

    /// A division, with a warning when its province is unknown.
    ///
    /// - Parameters:
    ///   - place: Where the code stands in the identifier, such as 第 3–8 位.
    static func division(_ code: String, _ family: String, at place: String) -> ValueRemarks {
        if ProvinceCode.isKnown(code) { return ValueRemarks(divisionCode: code) }
        let warning = IdentifierFinding(
            code: "\(family).division", message: "\(place)不是已知省份的区划代码，请与证件核对", hint: nil)
        return ValueRemarks(warnings: [warning], divisionCode: code)
    }
}
