/// What operators call handlers, jobs and acts. One that has no name here is shown by its own.
enum WorkNames {
    static func handler(_ name: String) -> String { handlers[name] ?? name }
    static func job(_ kind: String) -> String { jobs[kind] ?? kind }
    static func act(_ act: String) -> String { acts[act] ?? act }

    private static let handlers = [
        "applications.hear-reports": "推进申请", "applications.fill-from-pictures": "照片内容填进表单",
        "screening.check": "风险筛查", "review.keep-cases": "建立和关闭审核单", "agreements.answer-stage": "电子合同",
        "deposits.answer-stage": "保证金", "stores.open-store": "开店", "stores.tell-mall": "通知商城",
        "notifications.send-codes": "发验证码",
        "notifications.tell-news": "发进度短信", "notifications.tell-turnover": "发销售额短信",
    ]
    private static let jobs = [
        "documents.read-picture": "读取照片", "stores.call-webhook": "通知商城", "notifications.send-code": "发验证码",
        "notifications.tell-news": "发进度短信",
        "notifications.tell-turnover": "发销售额短信", "work.rewind": "重放事件",
    ]
    private static let acts = [
        "retry": "重试", "skip": "跳过", "replay": "重放一个流", "replay_all": "重放全部", "retry_job": "重试任务",
        "discard_job": "丢弃任务",
    ]
}
