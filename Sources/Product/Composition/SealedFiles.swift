import Blobs
import Foundation
import Kernel
import Logging

extension Settings {
    /// The store of one context's sealed files, as the operator chose it.
    ///
    /// - Parameter part: names the context; each has a part of the bucket, or a folder, for itself.
    /// - Throws: `S3Settings.Fault`, or what the folder's system says.
    func blobStore(for part: StaticString, clock: any WallClock, logger: Logger) throws -> any BlobStore {
        guard !objectStore.location.isEmpty else { return try FolderBlobStore(folder: blobsFolder) }
        return S3BlobStore(try objectStoreSettings(for: part), clock: clock, logger: logger)
    }

    func objectStoreSettings(for part: StaticString) throws(S3Settings.Fault) -> S3Settings {
        try S3Settings(
            location: objectStore.location, part: "\(part)", endpoint: objectStore.endpoint,
            region: objectStore.region, accessKey: objectStore.accessKey, secretKey: objectStore.secretKey)
    }
}

extension Launch {
    /// Writes a sealed file, reads it back and removes it.
    static func files(_ settings: Settings) async -> Examined {
        let name = "照片存储"
        let isFolder = settings.objectStore.location.isEmpty
        guard !isFolder || FileManager.default.fileExists(atPath: settings.blobsFolder.path) else {
            return .fatal(name, "还没有，请先运行 ruzhu migrate")
        }
        do {
            let store = try settings.blobStore(for: "doctor", clock: SystemClock(), logger: logger(settings))
            try await store.probe()
            return .good(name, "\(settings.filesPlace) 写入、读回、删除都正常")
        } catch let fault as S3Settings.Fault {
            return .fatal(name, fault.description)
        } catch let fault as BlobFault {
            return .fatal(name, settings.words(for: fault))
        } catch {
            return .fatal(name, "\(settings.filesPlace) 用不了：\(error)")
        }
    }
}

extension Settings {
    /// Where the sealed files are, in words.
    var filesPlace: String {
        objectStore.location.isEmpty ? blobsFolder.path : "\(objectStore.location)（\(objectStore.endpoint)）"
    }

    /// Does something with the sealed files; what goes wrong is told in words.
    func inWords<Value>(_ act: () async throws -> Value) async throws -> Value {
        do {
            return try await act()
        } catch let fault as BlobFault {
            throw Fault(description: words(for: fault))
        } catch let fault as S3Settings.Fault {
            throw Fault(description: fault.description)
        }
    }

    /// What went wrong with the sealed files, and what an operator may do.
    fileprivate func words(for fault: BlobFault) -> String {
        switch fault {
        case .full: "\(filesPlace) 没有空间了，请清理或扩容"
        case .unavailable(let reason): "\(filesPlace) 没有应答（\(reason)）。请检查网址、网络和防火墙"
        case .refused(_, "SignatureDoesNotMatch"), .refused(_, "InvalidAccessKeyId"):
            "对象存储不认这对密钥。请检查 RUZHU_S3_ACCESS_KEY 和 RUZHU_S3_SECRET_KEY"
        case .refused(_, "RequestTimeTooSkewed"): "本机时间与对象存储相差太多。请校准本机时间"
        case .refused(_, "NoSuchBucket"): "对象存储里没有 \(objectStore.location) 的桶，请先建好"
        case .refused(let status, let code):
            "对象存储拒绝了（\(status) \(code)）。密钥要有这个桶的读、写、删除和列出权限，地域要写对"
        case .damaged: "\(filesPlace) 读回的内容与写入的不同，请不要使用"
        case .locked, .cannotLock: "\(filesPlace) 里的文件不能删除"
        }
    }
}
