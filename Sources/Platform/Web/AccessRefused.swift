package import Kernel

/// Why somebody may not go on.
package enum AccessRefused: String, ProblemConvertible {
    case notSignedIn = "access.not_signed_in"
    case notStaff = "access.not_staff"
    case roleMissing = "access.role_missing"
    case foreignForm = "access.csrf"

    package var problem: Problem {
        switch self {
        case .notSignedIn:
            Problem(.unauthorized, code: rawValue, title: "请先登录", hint: "登录后会回到刚才的页面")
        case .notStaff:
            Problem(.unauthorized, code: rawValue, title: "请使用工作人员账号登录", hint: "登录后会回到刚才的页面")
        case .roleMissing:
            Problem(.forbidden, code: rawValue, title: "您没有查看这个页面的权限", hint: "请联系运营人员开通相应角色")
        case .foreignForm:
            Problem(.forbidden, code: rawValue, title: "页面已过期，未做任何更改", hint: "请返回上一页刷新后再试一次")
        }
    }

    static func unless(_ context: WebContext, has role: Role) throws(AccessRefused) -> Identity {
        guard let identity = context.web.identity else { throw .notStaff }
        guard identity.roles.contains(role) else { throw .roleMissing }
        return identity
    }
}
