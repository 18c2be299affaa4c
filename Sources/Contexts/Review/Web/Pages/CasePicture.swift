import Catalogue
import Documents
import Kernel
import Sealing

extension CasePage {
    /// The picture beside the fields, with the places at which values were read.
    struct Picture: Sendable {
        let url: String
        let originalHref: String
        let width: String
        let height: String
        let alt: String
        let caption: String
        let boxes: [Box]

        /// A place, in thousandths of the picture's sides.
        struct Box: Sendable {
            let path: String
            let doubtful: Bool
            let x: String
            let y: String
            let width: String
            let height: String
        }

        init?(_ view: CaseView) {
            guard let picture = view.dossier.picture else { return nil }
            let read = picture.read.reveal()
            url = ReviewPath.picture(picture.document)
            originalHref = url
            width = String(picture.width)
            height = String(picture.height)
            alt = "营业执照照片"
            caption =
                "营业执照 · \(picture.uploadedAt.shortChinese) 上传 · "
                + (read.isEmpty ? "没有自动识别" : "自动识别 \(read.count) 项")
            boxes = view.groups.flatMap(\.fields).compactMap { field in
                field.reads.flatMap { read[$0] }.flatMap { Box(field.path, $0) }
            }
        }
    }
}

extension CasePage.Picture.Box {
    /// `nil` for a reading that does not say where it was found.
    fileprivate init?(_ path: String, _ read: ReadField) {
        guard read.box.count == 4 else { return nil }
        self.path = path
        doubtful = read.isDoubtful
        x = String(read.box[0])
        y = String(read.box[1])
        width = String(read.box[2])
        height = String(read.box[3])
    }
}
