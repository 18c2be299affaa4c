import Foundation
import Sealing
import Testing

@testable import Notifications

@Suite("TC3-HMAC-SHA256")
struct TC3SignatureTests {
    /// The worked example of the vendor's documentation (https://cloud.tencent.com/document/api/382/52072).
    @Test("It signs the vendor's example as the vendor does")
    func vendorExample() {
        let signer = TC3Signature(
            secretID: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", secretKey: Secret("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"),
            service: "cvm")
        let body = #"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#
        let headers = [
            (name: "content-type", value: "application/json; charset=utf-8"),
            (name: "host", value: "cvm.tencentcloudapi.com"),
        ]
        #expect(
            signer.authorization(headers: headers, body: Array(body.utf8), at: 1_551_113_065)
                == "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, "
                + "SignedHeaders=content-type;host, "
                + "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168")
    }

    @Test("Another body, second, header or key gives another signature")
    func everythingCounts() {
        func signature(key: String = "k", host: String = "h", body: String = "{}", second: Int64 = 1) -> String {
            TC3Signature(secretID: "id", secretKey: Secret(key), service: "sms")
                .signature(headers: [(name: "host", value: host)], body: Array(body.utf8), at: second)
        }
        let all = [
            signature(), signature(key: "l"), signature(host: "i"), signature(body: "{ }"), signature(second: 2),
            signature(second: 86_401),
        ]
        #expect(Set(all).count == all.count)
        #expect(all.allSatisfy { $0.utf8.count == 64 })
    }
}
