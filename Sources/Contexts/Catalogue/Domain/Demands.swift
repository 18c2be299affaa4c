package import Kernel

/// What a pack says about the stages, for a choice of categories.
package struct Demands: Sendable, Equatable {
    package let screening: Demand
    package let expert: Demand
    package let agreement: Demand
    package let deposit: Demand
}

/// Whether something is asked for, and the pack's rule that says so.
package struct Demand: Sendable, Equatable {
    package let isRequired: Bool
    /// The rule in Chinese, with its source; shown to applicants and reviewers.
    package let rule: String

    package init(isRequired: Bool, rule: String) {
        self.isRequired = isRequired
        self.rule = rule
    }
}

extension PackContent {
    /// What the pack demands for these categories; the strictest of them counts. The silence of a pack is no
    /// permission: of categories that it does not know it demands everything.
    ///
    /// - Parameter subject: who applies, which decides on the deposit; nil asks what an enterprise pays.
    package func demands(for chosen: [String], as subject: String? = nil) -> Demands {
        let isIndividual = subject.flatMap(self.subject)?.paysIndividualDeposit ?? false
        func amount(_ category: PackCategory) -> Money {
            isIndividual ? category.deposit.individual : category.deposit.enterprise
        }
        guard let route = route(for: chosen),
            let dearest = categories(of: chosen).max(by: { amount($0) < amount($1) })
        else { return .unknown(screening) }
        let isPaidBefore = amount(dearest) >= fees.before
        let place = "规则包 \(version)：\(dearest.name)"
        let contract = isPaidBefore ? fees.rule : "保证金不到 \(fees.before.display)，开店前不签线上合同"
        return Demands(
            screening: screening,
            expert: Demand(isRequired: route.hasExpert, rule: "规则包 \(version)：\(route.name)，\(route.note)"),
            agreement: Demand(isRequired: isPaidBefore, rule: "\(place)，\(contract)（\(cite(fees.source))）"),
            deposit: Demand(
                isRequired: isPaidBefore,
                rule: "\(place)，保证金 \(amount(dearest).display)，\(isPaidBefore ? "开店前缴纳" : "开店后再缴")"
                    + "（\(cite(dearest.feeSource))）"))
    }

    /// The strictest route of these categories.
    package func route(for chosen: [String]) -> ReviewRoute? {
        categories(of: chosen).map(\.route).max { $0.rank < $1.rank }
    }

    /// The deposit for a selection: the highest of its categories, not their sum.
    package func deposit(for selection: Selection) -> Money {
        let isIndividual = subject(selection.subject)?.paysIndividualDeposit ?? false
        return categories(of: selection.categories)
            .map { isIndividual ? $0.deposit.individual : $0.deposit.enterprise }.max() ?? .zero
    }
}

extension Demands {
    fileprivate static func unknown(_ screening: Demand) -> Demands {
        let demand = Demand(isRequired: true, rule: "规则包没有说明这个类目")
        return Demands(screening: screening, expert: demand, agreement: demand, deposit: demand)
    }
}

extension PackCategory {
    /// What the category demands that is not built yet, and that an application would therefore wait for.
    package func waits(under content: PackContent) -> [String] {
        let demands = content.demands(for: [id])
        return [(demands.expert, "专家鉴定"), (demands.agreement, "线上合同"), (demands.deposit, "保证金")]
            .filter(\.0.isRequired).map(\.1)
    }
}
