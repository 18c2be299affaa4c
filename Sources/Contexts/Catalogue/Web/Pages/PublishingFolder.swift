import Kernel
import Web

extension PublishingPage {
    /// What lies in the operator's folder, and the form to propose it.
    struct Folder: Sendable {
        let version: String?
        let title: String?
        let hash: String?
        let counts: String?
        let faults: [Fault]
        let hasFaults: Bool
        let faultCount: String
        let changes: ChangeList?
        /// Why there is nothing to propose.
        let idle: String?
        let canPropose: Bool
        let action: String
        let dayText: String
        let dayError: String?
        let key: String

        struct Fault: Sendable {
            let place: String
            let message: String
            let code: String
        }

        init(_ desk: PublishingDesk, _ form: ProposalForm) {
            var pack: Pack?
            var faults: [PackFault] = []
            switch desk.folder {
            case .good(let good): pack = good
            case .faulty(let found): faults = found
            }
            let content = pack?.content
            version = content?.version
            title = content?.title
            hash = pack?.hash
            counts = content.map {
                "\($0.subjects.count) 类主体，\($0.categories.count) 个类目，\($0.qualifications.count) 种材料"
            }
            self.faults = faults.prefix(Self.mostFaults).map {
                Fault(place: "\($0.place.file):\($0.place.line)", message: $0.message, code: $0.kind.rawValue)
            }
            hasFaults = !faults.isEmpty
            faultCount = "\(faults.count)"
            idle = pack.flatMap { Self.idle($0, desk) }
            canPropose = pack != nil && idle == nil
            changes = canPropose ? pack.flatMap(desk.changeList) : nil
            action = RulesPath.propose
            dayText = form.dayText
            dayError = form.findings.first { $0.path == ProposalForm.dayPath }?.message
            key = RandomToken.make(bytes: 9)
        }

        private static let mostFaults = 100

        private static func idle(_ pack: Pack, _ desk: PublishingDesk) -> String? {
            if desk.proposals.contains(where: { $0.pack == pack.hash }) { return "这份规则包已经提议，等另一位运营人员批准。" }
            let coming = desk.publications.coming(at: desk.now)
            guard let last = coming.last ?? desk.inForce, last.pack == pack.hash else { return nil }
            return coming.isEmpty ? "文件夹里的就是现行规则，没有要发布的。" : "这份规则包已经公示，到日子就生效。"
        }
    }
}
