import Catalogue

/// The picture beside the fields that were read from it.
struct LicencePlate: Sendable {
    let url: String
    let alt: String
    let width: String
    let height: String
    let boxes: [Box]

    /// Where a field stands in the picture, in thousandths of it.
    struct Box: Sendable {
        let path: String
        let doubtful: Bool
        let x: String
        let y: String
        let width: String
        let height: String
    }

    init?(_ one: OpenApplication, _ step: PackStep, _ pictures: [String: PictureState]) {
        guard let licence = one.asked.first(where: { $0.kind == .licence }), let state = pictures[licence.path]
        else { return nil }
        url = state.url
        alt = "你上传的营业执照照片"
        width = String(state.width)
        height = String(state.height)
        boxes = step.fields.compactMap { field in
            guard let read = one.draft.read[field.path], read.box.count == 4 else { return nil }
            return Box(
                path: field.path, doubtful: one.draft.isDoubtful(field), x: String(read.box[0]), y: String(read.box[1]),
                width: String(read.box[2]), height: String(read.box[3]))
        }
    }
}
