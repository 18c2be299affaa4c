extension CreditCode {
    /// Why a text is not a credit code. Positions count from 1.
    package enum Fault: IdentifierFault {
        case length
        case character(position: Int)
        /// `expected` is what the other characters ask for; `suspects` are the positions where one common
        /// misreading would explain the mismatch.
        case checkDigit(expected: Character, suspects: [Int])

        package var code: String {
            switch self {
            case .length: "uscc.length"
            case .character: "uscc.character"
            case .checkDigit: "uscc.check_digit"
            }
        }

        package var message: String {
            switch self {
            case .length: "统一社会信用代码应为 18 位"
            case .character(let position): "统一社会信用代码第 \(position) 位的字符不正确"
            case .checkDigit(let expected, _): "统一社会信用代码校验不通过：按前 17 位计算，第 18 位校验码应为 \(expected)"
            }
        }

        package var hint: String {
            switch self {
            case .length:
                return "请对照营业执照右上方的代码，检查有没有漏填或多填"
            case .character(let position) where (3...8).contains(position):
                return "第 3 至 8 位是登记机关的行政区划，只能是数字，请核对第 \(position) 位"
            case .character(let position):
                return "代码只用数字和大写字母，且不含 I、O、S、V、Z，请核对第 \(position) 位，例如把 O 改为 0、把 I 改为 1"
            case .checkDigit(_, let suspects) where !suspects.isEmpty:
                let places = suspects.map(String.init).joined(separator: "、")
                return "请先核对第 \(places) 位，那里的字符容易看错；仍不通过时请逐位对照营业执照"
            case .checkDigit:
                return "可能有一位填错，请逐位对照营业执照，留意 0 与 D、1 与 T、8 与 B 等相似字符"
            }
        }

        package var wrongPosition: Int? {
            guard case .character(let position) = self else { return nil }
            return position
        }

        package var expectedCharacter: String {
            guard case .character(let position) = self, !(3...8).contains(position) else { return "数字" }
            return "数字或字母（不含 I、O、S、V、Z）"
        }
    }
}

/// Finds where a credit code with a wrong check character was probably misread.
enum CreditCodeSuspects {
    /// Characters that people and recognisers take for one another.
    private static let lookalikes = [
        "0DQU", "1TLJ7", "27", "38B", "4A", "6G", "7TY", "8BR", "BER", "CG", "EF", "HKMNWX", "PRF", "UY",
    ].map { Array($0.utf8) }

    /// One-based positions at which replacing one character by a lookalike makes both check characters right.
    static func positions(in bytes: [UInt8]) -> [Int] {
        bytes.indices.filter { index in
            replacements(for: bytes[index]).contains { replacement in
                guard CreditCode.isAllowed(replacement, at: index) else { return false }
                var candidate = bytes
                candidate[index] = replacement
                return CreditCode.hasCheckCharacter(candidate)
                    && OrganizationCode.hasCheckCharacter(Array(candidate[8..<17]))
            }
        }.map { $0 + 1 }
    }

    private static func replacements(for byte: UInt8) -> Set<UInt8> {
        var found = Set(lookalikes.filter { $0.contains(byte) }.joined())
        found.remove(byte)
        return found
    }
}
