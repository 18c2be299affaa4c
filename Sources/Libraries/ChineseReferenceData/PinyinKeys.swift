/// The readings of a text, for finding it.
package struct PinyinKeys: Hashable, Sendable {
    /// The letters with which the readings begin, such as `sx` for 生鲜.
    package let initials: String
    /// The readings in full, without tones and spaces, such as `shengxian`; `ü` is `v`.
    package let full: String
}
