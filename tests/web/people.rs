//! Accounts in the hands of people: grants with days, lending, the administrator's pages, passwords of one's own.

use crate::world::{Browser, PASSWORD, REPORT, World, moment, officer_with_sound_report, world};
use axum::http::StatusCode;
use regime::reports::people::account::Account;

const ACCOUNTS: &str = "/quan-tri/tai-khoan";

async fn lend(browser: &mut Browser, fields: &[(&str, &str)]) -> crate::world::Answer {
    let unit = [("don_vi", "C17329.2025")];
    let fields: Vec<(&str, &str)> = unit.iter().chain(fields).copied().collect();
    browser.post("/tai-khoan/uy-quyen", &fields).await
}

/// The account is what its events make of it.
fn is_its_events(world: &World, id: &str) {
    let reading = world.service.store().begin_read().unwrap();
    let events = reading.account_events(id).unwrap();
    let user = reading.user(id).unwrap().unwrap();
    assert_eq!(Account::replay(id, &events), user.account);
}

#[tokio::test]
async fn a_head_lends_the_right_to_approve_and_both_names_stand_on_the_report() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    let mut head = Browser::signed_in(&world, "chutich.anhson").await;
    let page = head.get("/tai-khoan").await;
    page.shows("Lãnh đạo đơn vị – Xã Anh Sơn")
        .shows("canbo.anhson");
    let typed = [
        ("tai_khoan", "canbo.muongxen"),
        ("tu", "2026-12-15"),
        ("den", "20/12/2026"),
        ("ly_do", "Đi công tác, văn bản 12/UBND"),
    ];
    let done = lend(&mut head, &typed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    head.get("/tai-khoan?xong=uy-quyen")
        .await
        .shows("Đã ghi nhận ủy quyền.")
        .shows("đang hiệu lực")
        .shows("Ủy quyền cho canbo.muongxen tại Xã Anh Sơn từ 15/12/2026 đến hết 20/12/2026");
    officer.fill(&[], "propose").await;
    let mut deputy = Browser::signed_in(&world, "canbo.muongxen").await;
    deputy
        .get("/tai-khoan")
        .await
        .shows("Lãnh đạo đơn vị – Xã Anh Sơn (được Phan Văn Đức ủy quyền)");
    deputy.get("/").await.shows("Xã Anh Sơn");
    let revision = deputy.get(REPORT).await.field("ban");
    deputy
        .post_and_follow(&format!("{REPORT}/duyet"), &[("ban", &revision)])
        .await
        .shows("Đã phê duyệt và gửi báo cáo.");
    officer
        .get(&format!("{REPORT}/lich-su"))
        .await
        .shows("Lữ Văn May (thay mặt Phan Văn Đức theo ủy quyền) phê duyệt bản 1");
    // The head takes it back; at once the deputy sees nothing any more.
    let ended = [("so", "1"), ("ly_do", "Đã về")];
    let answer = head.post("/tai-khoan/uy-quyen/ket-thuc", &ended).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_ne!(deputy.get(REPORT).await.status, StatusCode::OK);
    head.post("/tai-khoan/uy-quyen/ket-thuc", &ended)
        .await
        .shows("Ủy quyền này đã kết thúc.");
    is_its_events(&world, "chutich.anhson");
}

#[tokio::test]
async fn an_officer_who_was_lent_the_heads_right_still_cannot_approve_their_own_proposal() {
    let world = world();
    let mut officer = officer_with_sound_report(&world).await;
    let mut head = Browser::signed_in(&world, "chutich.anhson").await;
    let typed = [
        ("tai_khoan", "canbo.anhson"),
        ("tu", "2026-12-15"),
        ("den", "2026-12-20"),
        ("ly_do", "Đi công tác"),
    ];
    lend(&mut head, &typed).await;
    officer.fill(&[], "propose").await;
    officer.get(REPORT).await.hides(&format!("{REPORT}/duyet"));
    let refused = officer
        .post(&format!("{REPORT}/duyet"), &[("ban", "1")])
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nobody_lends_what_is_not_theirs() {
    let world = world();
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let good = [
        ("tai_khoan", "chutich.anhson"),
        ("tu", "2026-12-15"),
        ("den", "2026-12-20"),
        ("ly_do", "Nghỉ phép"),
    ];
    for (name, value, words) in [
        (
            "don_vi",
            "C17200.2025",
            "Chỉ ủy quyền được những quyền của chính mình",
        ),
        (
            "tai_khoan",
            "khong.co",
            "Không có tài khoản nào đang sử dụng",
        ),
        (
            "tai_khoan",
            "canbo.anhson",
            "Không ủy quyền cho chính mình.",
        ),
        ("den", "2026-12-14", "Ngày cuối phải từ ngày đầu trở đi."),
        ("den", "2028-01-01", "không quá một năm"),
        ("den", "mai", "Ngày ghi theo dạng"),
        ("ly_do", "  ", "Chưa ghi lý do"),
    ] {
        let mut fields = vec![("don_vi", "C17329.2025")];
        fields.extend(good);
        for field in fields.iter_mut().filter(|field| field.0 == name) {
            field.1 = value;
        }
        let answer = officer.post("/tai-khoan/uy-quyen", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
        answer.shows(words);
    }
    assert_eq!(
        lend(&mut officer, &good).await.status,
        StatusCode::SEE_OTHER
    );
    lend(&mut officer, &good)
        .await
        .shows("Đã ủy quyền cho người này");
    // What was lent is not lent on.
    let mut head = Browser::signed_in(&world, "chutich.anhson").await;
    head.get("/tai-khoan")
        .await
        .shows("Chuyên viên báo cáo – Xã Anh Sơn (được");
    let mut may = Browser::signed_in(&world, "canbo.muongxen").await;
    lend(&mut may, &good).await.shows("Chỉ ủy quyền được");
    let mut quantri = Browser::signed_in(&world, "quantri").await;
    let system = [("don_vi", "P40"), ("tai_khoan", "lanhdao")];
    let mut fields = system.to_vec();
    fields.extend(&good[1..]);
    // Neither keeping the system nor publishing is lent.
    let lent = quantri.post("/tai-khoan/uy-quyen", &fields).await;
    lent.shows("Chỉ ủy quyền được");
}

/// A password made by the administrator, as the page shows it.
fn shown_password(body: &str) -> String {
    let rest = body
        .split("Mật khẩu dùng một lần của")
        .nth(1)
        .expect("a password");
    let rest = rest.split("<code>").nth(1).expect("a password");
    rest.split('<').next().unwrap_or_default().to_string()
}

#[tokio::test]
async fn an_administrator_creates_an_account_whose_password_works_once_and_must_be_changed() {
    let world = world();
    let mut quantri = Browser::signed_in(&world, "quantri").await;
    let fields = [
        ("tai_khoan", "canbo.truongvinh"),
        ("ten", "  Đặng   Thị Thủy "),
        ("vai_tro", "officer"),
        ("don_vi", "Phường Trường Vinh"),
        ("tu", "2026-12-01"),
        ("den", "2026-12-31"),
        ("ly_do", "Quyết định 45/QĐ-UBND"),
    ];
    let created = quantri.post(ACCOUNTS, &fields).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.body);
    let password = shown_password(&created.body);
    quantri.get(ACCOUNTS).await.hides(&password);
    let again = quantri.post(ACCOUNTS, &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.shows("Tên đăng nhập này đã có.");
    quantri
        .get(&format!("{ACCOUNTS}?tim=dang%20thuy"))
        .await
        .shows("Hiện 1 trên 1 tài khoản tìm được, tổng số 7.")
        .shows("Đặng Thị Thủy")
        .shows("Chuyên viên báo cáo – Phường Trường Vinh, từ 01/12/2026 đến hết 31/12/2026")
        .hides("chutich.anhson");
    let mut new = Browser::new(&world);
    let sign_in = [
        ("tai_khoan", "canbo.truongvinh"),
        ("mat_khau", password.as_str()),
    ];
    let answer = new.post("/dang-nhap", &sign_in).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    for path in ["/", "/tai-khoan", "/dot", "/dang-nhap"] {
        let sent = new.get(path).await;
        assert_eq!(sent.location(), "/tai-khoan/mat-khau", "{path}");
    }
    let interface = new
        .post_json("/api/bao-cao/TTHC_06A/2026/C16690.2025/o", "{}")
        .await;
    assert_eq!(interface.status, StatusCode::FORBIDDEN);
    new.get("/tai-khoan/mat-khau")
        .await
        .shows("do quản trị hệ thống cấp")
        .shows("Đăng xuất");
    let change = |present: &str, wanted: &str, again: &str| {
        [
            ("hien_tai", present.to_string()),
            ("moi", wanted.to_string()),
            ("nhap_lai", again.to_string()),
        ]
    };
    let own = "trâu chậm uống nước đục";
    for (typed, words) in [
        (change("sai", own, own), "Mật khẩu hiện tại không đúng."),
        (change(&password, own, "khác"), "không giống nhau"),
        (change(&password, "ngắn", "ngắn"), "ít nhất 12 ký tự"),
        (
            change(&password, "matkhau123456", "matkhau123456"),
            "quá phổ biến",
        ),
        (
            change(&password, "đặng thị thủy 2026", "đặng thị thủy 2026"),
            "không được chứa tên đăng nhập",
        ),
        (
            change(&password, &password, &password),
            "phải khác mật khẩu hiện tại",
        ),
    ] {
        let fields: Vec<(&str, &str)> = typed
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let refused = new.post("/tai-khoan/mat-khau", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows(words).hides(&password);
    }
    let typed = change(&password, own, own);
    let fields: Vec<(&str, &str)> = typed
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    new.post_and_follow("/tai-khoan/mat-khau", &fields)
        .await
        .shows("Đã đổi mật khẩu")
        .shows("Người dùng đổi mật khẩu");
    new.get("/").await.shows("Việc cần làm");
    let mut old = Browser::new(&world);
    assert_eq!(
        old.post("/dang-nhap", &sign_in).await.status,
        StatusCode::UNAUTHORIZED
    );
    is_its_events(&world, "canbo.truongvinh");
    // Before and after its days the grant is not there.
    for (day, count) in [("30/11/2026", 0), ("31/12/2026", 1), ("01/01/2027", 0)] {
        let day = moment(&format!("{day} 08:00")).date();
        let actor = world
            .service
            .actor("canbo.truongvinh", day)
            .unwrap()
            .unwrap();
        assert_eq!(actor.grants.len(), count, "{day}");
    }
}

#[tokio::test]
async fn an_administrator_changes_an_account_and_everything_stands_in_its_history() {
    let world = world();
    let mut quantri = Browser::signed_in(&world, "quantri").await;
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    let account = format!("{ACCOUNTS}/canbo.anhson");
    let refused = officer.get(&account).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    quantri
        .get(&account)
        .await
        .shows("Nguyễn Thị Hòa")
        .shows("Tạo tài khoản Nguyễn Thị Hòa")
        .shows("Thử nghiệm");
    let reason = ("ly_do", "Theo đề nghị của xã");
    let give = [
        ("vai_tro", "head_of_unit"),
        ("don_vi", "C17200.2025"),
        reason,
    ];
    quantri
        .post_and_follow(&format!("{account}/cap-quyen"), &give)
        .await
        .shows("Đã ghi nhận thay đổi của tài khoản.")
        .shows("Giao vai trò: Lãnh đạo đơn vị – Xã Mường Xén")
        .shows("Theo đề nghị của xã");
    quantri
        .post(&format!("{account}/cap-quyen"), &give)
        .await
        .shows("Tài khoản đã có vai trò này");
    quantri
        .post(
            &format!("{account}/cap-quyen"),
            &[give[0], ("don_vi", "Xã Không Có"), reason],
        )
        .await
        .shows("Không có đơn vị này");
    let stale = [("so", "1"), ("quyen", "Lãnh đạo đơn vị – Xã Khác"), reason];
    quantri
        .post(&format!("{account}/thu-quyen"), &stale)
        .await
        .shows("Tài khoản không có vai trò này.");
    let take = [
        ("so", "1"),
        ("quyen", "Lãnh đạo đơn vị – Xã Mường Xén"),
        reason,
    ];
    quantri
        .post_and_follow(&format!("{account}/thu-quyen"), &take)
        .await
        .shows("Thu vai trò: Lãnh đạo đơn vị – Xã Mường Xén");
    quantri
        .post_and_follow(
            &format!("{account}/ten"),
            &[("ten", "Nguyễn Thị Hoa"), reason],
        )
        .await
        .shows("Đổi họ tên thành Nguyễn Thị Hoa");
    officer.get("/").await.shows("Nguyễn Thị Hoa");
    let reset = quantri
        .post(&format!("{account}/mat-khau"), &[reason])
        .await;
    let password = shown_password(&reset.body);
    assert_eq!(
        officer.get("/").await.status,
        StatusCode::SEE_OTHER,
        "signed out"
    );
    let mut browser = Browser::new(&world);
    let old = [("tai_khoan", "canbo.anhson"), ("mat_khau", PASSWORD)];
    assert_eq!(
        browser.post("/dang-nhap", &old).await.status,
        StatusCode::UNAUTHORIZED
    );
    let new = [
        ("tai_khoan", "canbo.anhson"),
        ("mat_khau", password.as_str()),
    ];
    assert_eq!(
        browser.post("/dang-nhap", &new).await.status,
        StatusCode::SEE_OTHER
    );
    quantri
        .post_and_follow(&format!("{account}/ngung"), &[reason])
        .await
        .shows("Ngừng sử dụng tài khoản")
        .shows("ngừng sử dụng");
    assert_eq!(browser.get("/").await.location(), "/dang-nhap?tiep=%2F");
    assert_eq!(
        browser.post("/dang-nhap", &new).await.status,
        StatusCode::UNAUTHORIZED
    );
    quantri
        .post_and_follow(&format!("{account}/mo-lai"), &[reason])
        .await
        .shows("Cho sử dụng lại tài khoản");
    let nothing = quantri.post(&format!("{account}/khac"), &[reason]).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    let unknown = quantri
        .post(&format!("{ACCOUNTS}/ai.do/ngung"), &[reason])
        .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    is_its_events(&world, "canbo.anhson");
}

#[tokio::test]
async fn there_is_always_an_administrator_left() {
    let world = world();
    let mut quantri = Browser::signed_in(&world, "quantri").await;
    let account = format!("{ACCOUNTS}/quantri");
    let reason = ("ly_do", "Chuyển công tác");
    let words = "Phải luôn có ít nhất một quản trị hệ thống";
    let take = [
        ("so", "0"),
        ("quyen", "Quản trị hệ thống – Tỉnh Nghệ An"),
        reason,
    ];
    quantri
        .post(&format!("{account}/ngung"), &[reason])
        .await
        .shows(words);
    quantri
        .post(&format!("{account}/thu-quyen"), &take)
        .await
        .shows(words);
    let other = format!("{ACCOUNTS}/lanhdao/cap-quyen");
    let until = [
        ("vai_tro", "administrator"),
        ("don_vi", "P40"),
        ("den", "2027-01-01"),
        reason,
    ];
    quantri.post_and_follow(&other, &until).await;
    quantri
        .post(&format!("{account}/ngung"), &[reason])
        .await
        .shows(words);
    let mut leader = Browser::signed_in(&world, "lanhdao").await;
    let take = [
        ("so", "1"),
        (
            "quyen",
            "Quản trị hệ thống – Tỉnh Nghệ An, đến hết 01/01/2027",
        ),
        reason,
    ];
    quantri
        .post_and_follow(&format!("{ACCOUNTS}/lanhdao/thu-quyen"), &take)
        .await;
    quantri
        .post_and_follow(&other, &[until[0], until[1], reason])
        .await;
    // Now there is another one without an end.
    leader
        .post_and_follow(&format!("{account}/ngung"), &[reason])
        .await;
    assert_eq!(quantri.get("/").await.status, StatusCode::SEE_OTHER);
    leader
        .post(&format!("{ACCOUNTS}/lanhdao/ngung"), &[reason])
        .await
        .shows(words);
}
