/// Numbers of people and companies whose check digits are right and that belong to nobody in particular.
enum SampleNumbers {
    /// A unified social credit code of an enterprise (GB 32100-2015): check character by ISO 7064 weights mod 31.
    static func creditCode(_ chance: inout Chance) -> String {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
        var organisation = (0..<8).map { _ in alphabet[chance.number(0...30)] }
        organisation.append(organisationCheck(organisation))
        var code = Array("91330106".utf8) + organisation
        var weight = 1
        var sum = 0
        for byte in code {
            sum += weight * (alphabet.firstIndex(of: byte) ?? 0)
            weight = weight * 3 % 31
        }
        code.append(alphabet[(31 - sum % 31) % 31])
        return String(decoding: code, as: UTF8.self)
    }

    /// The check character of an organisation code (GB 11714-1997).
    private static func organisationCheck(_ body: [UInt8]) -> UInt8 {
        let weights = [3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(weights, body).map { weight, byte in
            weight * Int(byte < 65 ? byte - 48 : byte - 55)
        }.reduce(0, +)
        return Array("0X987654321".utf8)[sum % 11]
    }

    /// A resident identity number (GB 11643-1999).
    static func residentID(_ chance: inout Chance) -> String {
        let born = "\(chance.number(1_960...2_000))" + two(chance.number(1...12)) + two(chance.number(1...28))
        let body = Array(("330106" + born + chance.digits(3)).utf8)
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(weights, body).map { $0 * Int($1 - 48) }.reduce(0, +)
        return String(decoding: body + [Array("10X98765432".utf8)[sum % 11]], as: UTF8.self)
    }

    /// A bank card number with its Luhn digit (ISO/IEC 7812-1).
    static func bankCard(_ chance: inout Chance) -> String {
        let body = Array(("621226" + chance.digits(12)).utf8).map { Int($0 - 48) }
        let sum = body.reversed().enumerated().map { place, digit in
            place.isMultiple(of: 2) ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit
        }.reduce(0, +)
        return body.map(String.init).joined() + String((10 - sum % 10) % 10)
    }

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
