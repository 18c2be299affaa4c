import CanonicalJSON
package import Foundation

/// Compares a template with what its model offers: a tag without a value would print nothing and nobody would notice.
package struct TemplateContract {
    package let folders: [URL]

    package init(folders: [URL]) { self.folders = folders }

    /// The tags of a template, its partials and its layout that no model has a value for.
    package func missingTags(in template: String, models: [Any]) throws -> Set<String> {
        var labels: Set<String> = []
        for model in models {
            labels.formUnion(Self.paths(of: model).flatMap { $0.split(separator: "/").map(String.init) })
        }
        var seen: Set<String> = []
        let tags = try tags(in: template, &seen)
        return tags.filter { tag in !tag.split(separator: ".").allSatisfy { labels.contains(String($0)) } }
    }

    /// The paths that stand in only one of the examples (JSON files `name*.example.json`) and the models.
    package func differences(examples name: String, models: [Any]) throws -> Set<String> {
        var promised: Set<String> = []
        for folder in folders {
            for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            where file.lastPathComponent.hasPrefix(name + ".") && file.lastPathComponent.hasSuffix(".example.json") {
                promised.formUnion(Self.paths(of: try JSONValue(parsing: Array(Data(contentsOf: file)))))
            }
        }
        var offered: Set<String> = []
        for model in models { offered.formUnion(Self.paths(of: model)) }
        return promised.symmetricDifference(offered).filter { !$0.hasPrefix("/page/") }
    }

    private func tags(in template: String, _ seen: inout Set<String>) throws -> Set<String> {
        guard seen.insert(template).inserted else { return [] }
        let files = folders.map { $0.appending(path: template + ".mustache") }
        guard let file = files.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
            throw CocoaError(.fileNoSuchFile)
        }
        let text = try String(contentsOf: file, encoding: .utf8)
        var tags = Set(text.matches(of: /\{\{\{?[#^&]?\s*\.?([A-Za-z][\w.]*)/).map { String($0.1) })
        for part in text.matches(of: /\{\{[<>]\s*([\w-]+)/) { tags.formUnion(try self.tags(in: String(part.1), &seen)) }
        return tags
    }

    /// The paths of a model's members, without the positions in lists.
    private static func paths(of model: Any, at path: String = "") -> Set<String> {
        let mirror = Mirror(reflecting: model)
        switch mirror.displayStyle {
        case .optional, .collection:
            return mirror.children.reduce(into: []) { $0.formUnion(paths(of: $1.value, at: path)) }
        case .struct where !(model is String):
            return mirror.children.reduce(into: []) { found, child in
                guard let label = child.label else { return }
                found.insert(path + "/" + label)
                found.formUnion(paths(of: child.value, at: path + "/" + label))
            }
        default: return []
        }
    }

    private static func paths(of json: JSONValue, at path: String = "") -> Set<String> {
        switch json {
        case .array(let items): items.reduce(into: []) { $0.formUnion(paths(of: $1, at: path)) }
        case .object(let members):
            members.reduce(into: []) { found, member in
                found.insert(path + "/" + member.key)
                found.formUnion(paths(of: member.value, at: path + "/" + member.key))
            }
        default: []
        }
    }
}
