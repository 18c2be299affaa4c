import Kernel

/// What an operator sees when he comes to publish.
struct PublishingDesk {
    let catalogue: Catalogue
    let folder: PackFolder
    /// Who did what, by the person's id.
    let names: [String: String]
    let viewer: String
    let now: Instant
    let changes: KnownChanges

    var publications: [Publication] { catalogue.publications }
    var inForce: Publication? { publications.inForce(at: now) }
    var current: Pack? { inForce.flatMap { try? catalogue.pack($0.pack) } }
    var proposals: [Publication] { publications.filter { $0.state == .proposed } }
    /// Whether nothing was announced yet, so that no notice is needed.
    var isFirst: Bool { publications.allSatisfy { $0.announcedAt == nil } }

    /// What a pack would change for those who know the rules in force.
    func changeList(to pack: Pack) -> ChangeList? {
        current.map { ChangeList(changes.between($0, pack)) }
    }

    func name(of person: String?) -> String {
        guard let person else { return "命令行" }
        return (names[person] ?? "工作人员") + (person == viewer ? "（我）" : "")
    }
}

/// The pack in the operator's folder, or what is wrong with it.
enum PackFolder {
    case good(Pack)
    case faulty([PackFault])

    init(_ source: () throws -> PackSource) {
        do {
            self = .good(try Pack(source()))
        } catch let faults as PackFaults {
            self = .faulty(faults.faults)
        } catch {
            let place = PackPlace(file: "packs", line: 1)
            self = .faulty([PackFault(.unreadable, at: place, "读不了规则包文件夹，请检查它是否存在、程序能不能读")])
        }
    }
}
