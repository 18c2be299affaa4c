/// Why a request body is not a form we accept.
package enum FormFault: String, Error, Hashable, Sendable, CaseIterable {
    /// The Content-Type is neither kind of form.
    case contentType = "form.content_type"
    /// The Content-Type names no boundary, or one that RFC 2046 does not allow.
    case boundary = "form.boundary"
    /// The body ends before the closing boundary.
    case truncated = "form.truncated"
    /// A part has broken headers.
    case partHeader = "form.part_header"
    /// A part has no usable Content-Disposition, or a transfer encoding.
    case disposition = "form.disposition"
    case percentEncoding = "form.percent_encoding"
    /// A name, text or file name is not UTF-8.
    case utf8 = "form.utf8"
    /// A name, text or file name contains U+0000, which databases can't store.
    case nul = "form.nul"
    case tooManyFields = "form.too_many_fields"
    case headersTooLarge = "form.headers_too_large"
    case textTooLarge = "form.text_too_large"
    case tooLarge = "form.too_large"

    /// A stable name for programs.
    package var code: String { rawValue }

    /// The fitting HTTP status: 413, 415 or 400.
    package var status: Int {
        switch self {
        case .tooLarge, .textTooLarge, .tooManyFields, .headersTooLarge: 413
        case .contentType: 415
        default: 400
        }
    }

    /// What is wrong, in Chinese.
    package var message: String {
        switch self {
        case .contentType: "不支持这种表单格式"
        case .boundary: "表单缺少有效的分隔标记"
        case .truncated: "表单没有完整传到，可能是网络中断"
        case .partHeader, .disposition: "表单中有一个字段的格式不正确"
        case .percentEncoding: "表单中有无法识别的转义字符"
        case .utf8: "表单中有无法识别的文字编码"
        case .nul: "表单中有不允许的控制字符"
        case .tooManyFields: "表单的字段太多"
        case .headersTooLarge: "表单中有一个字段的说明太长"
        case .textTooLarge: "表单中有一个字段的内容太长"
        case .tooLarge: "表单太大"
        }
    }

    /// What to do about it, in Chinese.
    package var hint: String {
        switch self {
        case .contentType, .boundary, .partHeader, .disposition, .percentEncoding: "请刷新页面后重新提交"
        case .truncated: "请检查网络后重新提交"
        case .utf8: "请用 UTF-8 编码提交"
        case .nul: "请删去粘贴时带入的特殊字符后重新提交"
        case .tooManyFields: "请分几次提交"
        case .headersTooLarge: "请缩短文件名后重新上传"
        case .textTooLarge: "请缩短文字后重新提交"
        case .tooLarge: "请压缩图片或分几次上传"
        }
    }
}
