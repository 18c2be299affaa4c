package import ChineseIdentifiers
package import Kernel

/// The way to people's phones.
package protocol ShortMessageSender: Sendable {
    /// Hands a message over to the network. It may be called twice for one message.
    func send(_ message: ShortMessage, to phone: MobileNumber) async throws(ShortMessageFault)

    /// Asks whether messages could be sent now, without sending one.
    func check() async -> ShortMessageCheck
}

/// Why a message was not taken.
package enum ShortMessageFault: Error, Sendable, Equatable {
    /// This phone gets no message, today or tomorrow. The code is the network's.
    case refusedForGood(code: String)
    /// The network took the request and declined it; it may go better later. The code is the network's.
    case declined(code: String)
    /// Nobody answered, or nothing that makes sense.
    case unreachable
    /// Nobody answered just now, so that it was not tried.
    case resting
}

extension ShortMessageFault: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .refusedForGood(let code):
            Problem(.unprocessable, code: "short_message.refused/" + code, title: "该手机号无法接收短信", hint: "请换一个手机号")
        case .declined(let code):
            Problem(.unavailable, code: "short_message.declined/" + code, title: "短信服务暂时没有受理", hint: "会自动重发")
        case .unreachable:
            Problem(.unavailable, code: "short_message.unreachable", title: "短信服务没有应答", hint: "恢复后会自动重发")
        case .resting:
            Problem(.unavailable, code: "short_message.resting", title: "短信服务刚刚没有应答", hint: "稍后会自动重发")
        }
    }
}

/// What `ruzhu doctor` says of the way to people's phones.
package struct ShortMessageCheck: Sendable, Equatable {
    package let isWorking: Bool
    /// A sentence in plain Chinese.
    package let sentence: String

    package init(isWorking: Bool, sentence: String) {
        self.isWorking = isWorking
        self.sentence = sentence
    }
}
