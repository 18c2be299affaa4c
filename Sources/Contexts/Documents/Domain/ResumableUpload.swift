import Accounts
import Kernel

/// A picture that comes in parts over a weak line. What was acknowledged stays, whatever becomes of the line, the page
/// or the server, until the upload expires.
struct ResumableUpload: Sendable, Equatable {
    let id: ID<ResumableUpload>
    let person: ID<Person>
    /// In bytes, as it was announced.
    let length: Int
    /// How many of them are here.
    private(set) var received: Int
    private(set) var expiresAt: Instant
    /// What it became. Its parts are not needed any more then; that it is here lets a repeated request be answered.
    private(set) var document: ID<Document>?

    /// Counted from the last part.
    static let lifetime = Duration.seconds(24 * 3_600)
    /// What one person may have open at once.
    static let mostOpen = 20
    static let mostOpenBytes = 96 * 1_024 * 1_024

    init(
        id: ID<ResumableUpload>, person: ID<Person>, length: Int, received: Int = 0, expiresAt: Instant,
        document: ID<Document>? = nil
    ) {
        (self.id, self.person, self.length, self.received) = (id, person, length, received)
        (self.expiresAt, self.document) = (expiresAt, document)
    }

    /// Begins an upload.
    ///
    /// - Parameter open: what the person has begun already.
    init(length: Int, of person: ID<Person>, besides open: (count: Int, bytes: Int), at now: Instant)
        throws(ResumableUploadRefusal)
    {
        guard length > 0 else { throw .empty }
        guard length <= PictureHeader.mostBytes else { throw .tooLarge }
        guard open.count < Self.mostOpen, open.bytes + length <= Self.mostOpenBytes else { throw .tooMany }
        self.init(id: .new(at: now), person: person, length: length, expiresAt: now + Self.lifetime)
    }

    /// Notes a part that was kept.
    mutating func add(_ count: Int, at position: Int, now: Instant) throws(ResumableUploadRefusal) {
        guard document == nil else { throw .finished }
        guard position == received else { throw .wrongOffset }
        guard count <= length - received else { throw .overlong }
        received += count
        expiresAt = now + Self.lifetime
    }

    /// Notes what it became.
    mutating func finish(as document: ID<Document>) { self.document = document }

    var isComplete: Bool { received == length }
}

/// Why a part or an upload is not taken. The raw value is the stable code.
enum ResumableUploadRefusal: String, ProblemConvertible {
    case empty = "upload.empty"
    case tooLarge = "upload.too_large"
    case tooMany = "upload.too_many"
    case wrongOffset = "upload.wrong_offset"
    case overlong = "upload.overlong"
    case finished = "upload.finished"
    case incomplete = "upload.incomplete"
    case gone = "upload.not_found"
    case badRequest = "upload.bad_request"
    case wrongVersion = "upload.wrong_version"
    case wrongType = "upload.wrong_type"
    case unknownChecksum = "upload.unknown_checksum"
    case wrongChecksum = "upload.wrong_checksum"

    var problem: Problem {
        switch self {
        case .empty: Problem(.badRequest, code: rawValue, title: "没有要上传的内容")
        case .tooLarge: Problem(.tooLarge, code: rawValue, title: "照片超过 12 MB", hint: "用手机直接拍的照片就可以，不要用扫描原图")
        case .tooMany:
            Problem(.tooMany, code: rawValue, title: "没传完的照片太多了", hint: "请先传完前面的照片；没传完的一天后自动清除")
        case .wrongOffset: Problem(.conflict, code: rawValue, title: "上传的位置不对", hint: "请先用 HEAD 查询已收到多少，再从那里继续")
        case .overlong: Problem(.badRequest, code: rawValue, title: "传来的内容比说好的长")
        case .finished: Problem(.conflict, code: rawValue, title: "这张照片已经传完并用上了")
        case .incomplete: Problem(.conflict, code: rawValue, title: "照片还没有传完", hint: "请等照片传完再保存")
        case .gone: Problem(.notFound, code: rawValue, title: "没有找到这次上传", hint: "上传一天后过期；请重新选照片")
        case .badRequest: Problem(.badRequest, code: rawValue, title: "上传的请求头有误")
        case .wrongVersion: Problem(.preconditionFailed, code: rawValue, title: "只支持 tus 1.0.0")
        case .wrongType:
            Problem(.unsupported, code: rawValue, title: "内容类型应为 application/offset+octet-stream")
        case .unknownChecksum: Problem(.badRequest, code: rawValue, title: "校验算法应为 sha256 或 sha1")
        case .wrongChecksum: Problem(.checksumMismatch, code: rawValue, title: "这一段在路上损坏了", hint: "请重新发送这一段")
        }
    }
}
