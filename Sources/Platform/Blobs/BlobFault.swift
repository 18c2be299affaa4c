package import Kernel
import Synchronization

/// Why a store did not do what it was asked. People are told that it is not their file's fault, and to try again;
/// `description` is for operators and names neither keys nor files.
package enum BlobFault: Error, Sendable, Equatable {
    /// There is no room left.
    case full
    /// No answer, or none in time, also after several attempts.
    case unavailable(String)
    /// The store answered that it won't: a wrong key, a missing bucket, a clock that is off.
    case refused(status: Int, code: String)
    /// What came back is not what was written.
    case damaged(BlobName)
    /// The file may not be removed yet.
    case locked(BlobName)
    /// The store can't keep a file from being removed.
    case cannotLock
}

extension BlobFault: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .full:
            Problem(
                .unavailable, code: "blobs.full", title: "存储空间不足，照片没有保存", hint: "其他内容都还在。请稍后再传一次；若一直这样，请联系客服")
        case .unavailable, .refused:
            Problem(
                .unavailable, code: "blobs.unavailable", title: "照片存储暂时不可用", hint: "其他内容都还在。请稍等一会儿再试")
        case .damaged:
            Problem(.failed, code: "blobs.damaged", title: "这份文件打不开", hint: "请联系客服，并说明是哪一张照片")
        case .locked, .cannotLock:
            Problem(.conflict, code: "blobs.locked", title: "这份文件在保存期内，不能删除")
        }
    }
}

extension BlobFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .full: "no space left in the blob store"
        case .unavailable(let reason): "the blob store is unavailable: \(reason)"
        case .refused(let status, let code): "the blob store refused: \(status) \(code)"
        case .damaged: "a file in the blob store is not as it was written"
        case .locked: "a file in the blob store is locked"
        case .cannotLock: "this blob store cannot lock files"
        }
    }
}

/// What of a value was not handed out yet.
final class Rest: Sendable {
    private let bytes: [UInt8]
    private let position = Mutex(0)

    static let piece = 256 * 1_024

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func next() -> [UInt8]? {
        let start = position.withLock { position in
            defer { position += Self.piece }
            return position
        }
        guard start < bytes.count else { return nil }
        return Array(bytes[start..<min(start + Self.piece, bytes.count)])
    }
}
