package import Foundation
package import Sealing

/// Where an object store is, and who asks it.
package struct S3Settings: Sendable {
    package let endpoint: URL
    package let bucket: String
    /// Empty, or ends with a slash.
    package let prefix: String
    package let region: String
    package let accessKey: String
    package let secretKey: Secret<String>
    /// How often a request is sent before it is given up; only what may pass by itself is sent again.
    package var attempts = 4
    /// For how long a request is sent again: people wait for the answer, and proxies wait no more than a minute.
    package var persistence = Duration.seconds(10)
    /// Files above this are sent in parts of this size: at least 5 MB, the least that S3 takes.
    package var partSize = 8 * 1_024 * 1_024

    /// What is wrong with a setting, in Chinese, for operators.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    /// - Parameters:
    ///   - location: `s3://bucket` or `s3://bucket/prefix`.
    ///   - part: the part of the store that one context has for itself.
    /// - Throws: `Fault`.
    package init(
        location: String, part: String, endpoint: String, region: String, accessKey: String, secretKey: Secret<String>
    ) throws(Fault) {
        let place = location.hasPrefix("s3://") ? location.dropFirst(5).split(separator: "/").map(String.init) : []
        guard let bucket = place.first, Self.isBucket(bucket), place.dropFirst().allSatisfy(Self.isSegment) else {
            throw Fault(description: "RUZHU_BLOBS 应为空，或 s3://桶 、s3://桶/前缀，现在是 \(location)")
        }
        guard let url = URL(string: endpoint), url.scheme == "https" || url.scheme == "http", url.host() != nil,
            url.path.isEmpty || url.path == "/", url.query() == nil, url.user() == nil
        else {
            throw Fault(
                description: "RUZHU_S3_ENDPOINT 应为对象存储的网址，如 https://s3.cn-north-1.amazonaws.com.cn，现在是 \(endpoint)")
        }
        guard !region.isEmpty, !accessKey.isEmpty, !secretKey.reveal().isEmpty else {
            throw Fault(description: "照片存到对象存储，还要配置 RUZHU_S3_REGION、RUZHU_S3_ACCESS_KEY、RUZHU_S3_SECRET_KEY")
        }
        self.endpoint = url
        self.bucket = bucket
        prefix = (place.dropFirst() + [part]).map { $0 + "/" }.joined()
        self.region = region
        self.accessKey = accessKey
        self.secretKey = secretKey
    }

    /// The `Host` header: without the port that the scheme has anyway.
    var host: String {
        let name = endpoint.host() ?? ""
        let usual = endpoint.scheme == "https" ? 443 : 80
        return endpoint.port.map { $0 == usual ? name : "\(name):\($0)" } ?? name
    }

    /// Path-style: `/bucket/prefix/name`. All stores but Aliyun's know it.
    func path(_ name: BlobName? = nil) -> String { "/\(bucket)" + (name.map { "/" + key($0) } ?? "") }

    func key(_ name: BlobName) -> String { prefix + name.text }

    private static func isBucket(_ text: String) -> Bool {
        (3...63).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46
            }
    }

    private static func isSegment(_ text: String) -> Bool {
        text != "." && text != ".."
            && text.utf8.allSatisfy {
                (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || "-_.".utf8.contains($0)
            }
    }
}
