/// Messengers and networks, by the words and hosts that mean them.
enum Platforms {
    /// The platform that a word before a name means; nil for any other word.
    static func named(_ word: String) -> String? {
        if word.utf8.allSatisfy({ $0 < 0x80 }) { return latin[word.lowercased()] }
        let lower = word.lowercased()
        // In scripts without spaces the word stands at the end of a run: “他的微信”.
        return others.first { lower.hasSuffix($0.word) }?.platform
    }

    /// The platform of a host, and which piece of the path is the name; nil for any other host.
    static func hosted(_ host: String) -> String? { hosts[host] }

    private static let latin: [String: String] = [
        "telegram": "telegram", "tg": "telegram", "tele": "telegram", "wechat": "wechat",
        "weixin": "wechat", "vx": "wechat", "wx": "wechat", "whatsapp": "whatsapp",
        "wa": "whatsapp", "line": "line", "zalo": "zalo", "facebook": "facebook",
        "fb": "facebook", "instagram": "instagram", "ig": "instagram", "insta": "instagram",
        "qq": "qq", "skype": "skype", "signal": "signal", "tiktok": "tiktok", "douyin": "douyin",
        "kakao": "kakao", "kakaotalk": "kakao", "viber": "viber", "imo": "imo",
        "messenger": "facebook", "twitter": "x", "kuaishou": "kuaishou", "xiaohongshu": "rednote",
        "letstalk": "letstalk", "potato": "potato",
    ]

    private static let others: [(word: String, platform: String)] = [
        ("微信", "wechat"), ("微信号", "wechat"), ("微信號", "wechat"), ("电报", "telegram"),
        ("電報", "telegram"), ("飞机", "telegram"), ("飛機", "telegram"), ("纸飞机", "telegram"),
        ("抖音", "douyin"), ("抖音号", "douyin"), ("快手", "kuaishou"), ("小红书", "rednote"),
        ("小紅書", "rednote"), ("脸书", "facebook"), ("臉書", "facebook"), ("ไลน์", "line"),
        ("เฟซบุ๊ก", "facebook"), ("เทเลแกรม", "telegram"), ("တယ်လီဂရမ်", "telegram"),
        ("ဖေ့စ်ဘွတ်ခ်", "facebook"), ("ဗိုင်ဘာ", "viber"), ("टेलीग्राम", "telegram"),
        ("व्हाट्सएप", "whatsapp"), ("ٹیلیگرام", "telegram"), ("واٹس ایپ", "whatsapp"),
        ("ቴሌግራም", "telegram"), ("ኢሞ", "imo"),
    ]

    private static let hosts: [String: String] = [
        "t.me": "telegram", "telegram.me": "telegram", "wa.me": "whatsapp",
        "facebook.com": "facebook", "m.facebook.com": "facebook", "fb.com": "facebook",
        "instagram.com": "instagram", "tiktok.com": "tiktok", "twitter.com": "x", "x.com": "x",
        "zalo.me": "zalo", "line.me": "line", "weibo.com": "weibo", "youtube.com": "youtube",
        "douyin.com": "douyin", "vk.com": "vk", "google.com": "", "maps.google.com": "",
        "goo.gl": "", "maps.app.goo.gl": "", "baidu.com": "", "amap.com": "", "youtu.be": "",
        "wikipedia.org": "",
    ]

    /// Words between a platform and a name.
    static let fillers: Set<String> = [
        "id", "is", "name", "number", "no", "account", "acc", "user", "username", "号", "號", "号码",
        "號碼", "账号", "帳號", "帐号", "是", "@",
    ]

    /// Words before the number of a bank account. In free text only a number after one is taken.
    static func meansAccount(_ word: String) -> Bool {
        means(word, accountWords, accountEndings)
    }

    private static let accountWords: Set<String> = [
        "account", "acct", "acc", "a/c", "iban", "bank", "card", "stk", "khoản", "rekening",
        "norek", "rek", "kpay", "wave", "promptpay",
    ]
    private static let accountEndings = [
        "银行", "銀行", "卡号", "卡號", "账号", "賬號", "帐号", "帳號", "账户", "บัญชี", "ဘဏ်", "अकाउंट", "खाता",
        "اکاؤنٹ", "አካውንት", "ሂሳብ",
    ]
    private static func means(_ word: String, _ words: Set<String>, _ endings: [String]) -> Bool {
        let lower = word.lowercased()
        if words.contains(lower) { return true }
        // Only scripts without spaces run a word together with what stands before it.
        return !lower.utf8.allSatisfy { $0 < 0x80 } && endings.contains { lower.hasSuffix($0) }
    }

    /// Words before the number of a passport or another paper.
    static func meansPaper(_ word: String) -> Bool {
        means(word, paperWords, paperEndings)
    }

    private static let paperWords: Set<String> = [
        "passport", "paspor", "chiếu", "nrc", "ktp", "nik", "cccd", "cmnd", "aadhaar", "cnic",
    ]
    private static let paperEndings = [
        "护照", "護照", "护照号", "護照號", "身份证", "身份證", "身份证号", "หนังสือเดินทาง", "พาสปอร์ต", "နိုင်ငံကူးလက်မှတ်",
        "पासपोर्ट", "پاسپورٹ", "ፓስፖርት",
    ]
}
