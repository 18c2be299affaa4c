import Kernel
import Sealing
import Testing

@testable import Blobs

/// The examples that AWS prints in "Signature Calculations for the Authorization Header" and "Authenticating Requests:
/// Using Query Parameters" of the S3 API reference, and `get-vanilla` of its general test suite.
@Suite("Signatures of requests to an object store")
struct SignatureTests {
    static let day = Instant(milliseconds: 1_369_353_600_000)  // 2013-05-24T00:00:00Z
    static let signer = SignatureV4(
        accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        region: "us-east-1")

    static let published: [(request: S3Request, signature: String)] = [
        (
            S3Request(method: "GET", path: "/test.txt", headers: ["range": "bytes=0-9"]),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        ),
        (
            S3Request(
                method: "PUT", path: "/test$file.text",
                headers: ["date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"],
                body: Array("Welcome to Amazon S3.".utf8)),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ),
        (
            S3Request(method: "GET", path: "/", query: [("lifecycle", "")]),
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        ),
        (
            S3Request(method: "GET", path: "/", query: [("max-keys", "2"), ("prefix", "J")]),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ),
    ]

    @Test("A request is signed as AWS's own examples are", arguments: published.indices)
    func headers(index: Int) {
        let (request, signature) = Self.published[index]
        let hash = ContentHash.hex(of: request.body)
        var headers = request.headers
        headers["host"] = "examplebucket.s3.amazonaws.com"
        headers["x-amz-date"] = SignatureV4.stamp(Self.day)
        headers["x-amz-content-sha256"] = hash
        let authorization = Self.signer.authorization(request, headers: headers, payloadHash: hash, at: Self.day)
        #expect(authorization.hasSuffix("Signature=" + signature))
        #expect(
            authorization.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders="))
    }

    @Test("An address is signed as AWS's own example is")
    func address() {
        let signed = Self.signer.presigned(
            S3Request(method: "GET", path: "/test.txt"), host: "examplebucket.s3.amazonaws.com", for: 86_400,
            at: Self.day)
        #expect(
            signed.encodedQuery.contains(
                "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"))
    }

    @Test("The plainest request of the general test suite")
    func vanilla() {
        let signer = SignatureV4(
            accessKey: "AKIDEXAMPLE", secretKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            region: "us-east-1", service: "service")
        let moment = Instant(milliseconds: 1_440_938_160_000)  // 2015-08-30T12:36:00Z
        let authorization = signer.authorization(
            S3Request(method: "GET", path: "/"),
            headers: ["host": "example.amazonaws.com", "x-amz-date": "20150830T123600Z"],
            payloadHash: ContentHash.hex(of: []), at: moment)
        #expect(
            authorization.hasSuffix("Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"))
    }
}

@Suite("Settings of an object store")
struct S3SettingsTests {
    static func settings(_ location: String, endpoint: String = "https://s3.example.cn", key: String = "K") throws
        -> S3Settings
    {
        try S3Settings(
            location: location, part: "documents", endpoint: endpoint, region: "cn-north-1", accessKey: "A",
            secretKey: Secret(key))
    }

    @Test("Each context has its own part of a bucket")
    func paths() throws {
        let name = try #require(BlobName(String(repeating: "a1", count: 16)))
        #expect(try Self.settings("s3://mall").path(name) == "/mall/documents/\(name.text)")
        #expect(try Self.settings("s3://mall/cn/prod/").path(name) == "/mall/cn/prod/documents/\(name.text)")
        #expect(try Self.settings("s3://mall", endpoint: "https://s3.example.cn:443").host == "s3.example.cn")
        #expect(try Self.settings("s3://mall", endpoint: "http://127.0.0.1:8333/").host == "127.0.0.1:8333")
    }

    @Test(
        "What can't be right is said before anything is sent",
        arguments: [
            ("s3://", "https://s3.example.cn", "K"), ("folder", "https://s3.example.cn", "K"),
            ("s3://Mall", "https://s3.example.cn", "K"), ("s3://mall/../x", "https://s3.example.cn", "K"),
            ("s3://mall", "s3.example.cn", "K"), ("s3://mall", "https://s3.example.cn/path", "K"),
            ("s3://mall", "https://u:p@s3.example.cn", "K"), ("s3://mall", "", "K"),
            ("s3://mall", "https://s3.example.cn", ""),
        ])
    func refusals(location: String, endpoint: String, key: String) {
        #expect(throws: S3Settings.Fault.self) { try Self.settings(location, endpoint: endpoint, key: key) }
    }
}
