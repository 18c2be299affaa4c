import Catalogue
import Documents
import Kernel

/// What a picture field shows once a picture is there.
struct PictureState: Sendable {
    let id: String
    let url: String
    let originalHref: String
    let statusHref: String
    let refreshHref: String
    let stateReading: Bool
    let stateRead: Bool
    let stateFailed: Bool
    let stateUnavailable: Bool
    let message: String
    let foundCount: String
    let found: [Found]
    let width: Int
    let height: Int

    struct Found: Sendable {
        let label: String
        let value: String
        let doubtful: Bool
    }

    init(_ field: PackField, document: Document, reading: PictureReading?, in one: OpenApplication) {
        id = field.elementID
        url = "/documents/\(document.id)/picture"
        originalHref = url
        statusHref = ApplicationPath.reading(one.application.id, document.id.text)
        refreshHref = ApplicationPath.step(one.application.id, one.form.step(asking: field.path)?.id ?? one.firstStep)
        (width, height) = (document.width, document.height)
        stateReading = document.reading == .waiting
        stateRead = document.reading == .read || document.reading == .notNeeded
        stateFailed = document.reading == .failed
        stateUnavailable = document.reading == .unavailable
        found = one.asked.compactMap { asked in
            guard let name = asked.reads, let read = reading?.fields[name] else { return nil }
            return Found(label: asked.label, value: read.value, doubtful: read.isDoubtful)
        }
        foundCount = String(found.count)
        let doubtful = found.count { $0.doubtful }
        message =
            switch document.reading {
            case .waiting: "一般几秒钟就好，可以先等等。"
            case .read where doubtful > 0: "下一步逐项核对，\(doubtful) 处不太清楚的会标出来。"
            case .read: "下一步和照片对一遍就好。"
            case .notNeeded: "照片已经收好，审核员会看。"
            case .failed: "可以换一张更清楚的，也可以下一步直接填写。"
            case .unavailable: "照片已经收好，审核员会看。信息请在下一步自己填写。"
            }
    }
}
