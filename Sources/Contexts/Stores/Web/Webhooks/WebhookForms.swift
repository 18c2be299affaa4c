import FormData
import Kernel
import Web

extension WebhookDesk.Entry {
    /// Reads what an operator entered.
    ///
    /// - Throws: `Problem` or `WebhookAddress.Fault` for the first thing that is wrong.
    init(_ form: Form, allowing allowed: AllowedHosts) throws {
        guard let text = form["address"] else {
            throw Problem(
                .unprocessable, code: "webhook.address_missing", title: "请填写接收地址",
                hint: "例如 https://mall.example.cn/hooks")
        }
        address = try WebhookAddress(text, allowing: allowed)
        description = try form.words("description", code: "webhook.description_missing", title: "请写明这是谁的什么系统")
        events = Set(form.fields.all("event").compactMap(WebhookEvent.init))
    }
}

extension Form {
    /// A text of 2 to 60 characters.
    func words(_ name: String, code: String, title: String) throws -> String {
        guard let text = self[name], (2...60).contains(text.count) else {
            throw Problem(.unprocessable, code: code, title: title, hint: "2 到 60 个字")
        }
        return text
    }

    /// A moment in China, such as `2026-03-01 08:00`.
    func moment(_ name: String) throws -> Instant {
        let words = (self[name] ?? "").split(separator: " ")
        guard words.count == 2, let moment = Instant(internetTime: "\(words[0])T\(words[1]):00+08:00") else {
            throw Problem(
                .unprocessable, code: "webhook.time_unreadable", title: "看不懂这个时间",
                hint: "请按 2026-03-01 08:00 的写法填写北京时间")
        }
        return moment
    }

    func id<Subject>(_ name: String) throws -> ID<Subject> {
        guard let id = self[name].flatMap({ ID<Subject>($0) }) else { throw Problem.notFound }
        return id
    }
}

extension Instant {
    /// `2026-03-01 08:00`, in Shanghai: as a form takes it.
    var formText: String {
        let time = inShanghai
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(time.year)-\(two(time.month))-\(two(time.day)) \(two(time.hour)):\(two(time.minute))"
    }
}
