//! Units in the hands of an administrator: tables with a dry run, reforms with what they do, days off and local deadlines, and the history of all of it.

use crate::world::{
    Answer, Browser, REPORT, UNITS, World, moment, officer_with_sound_report, person, world,
};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use regime::reports::permission::Role;
use regime::service::project_tables::ProjectTable;
use regime::service::tables::Table;

const LIST: &str = "/quan-tri/don-vi";
const IMPORT: &str = "/quan-tri/don-vi/nap";
const CONFIRM: &str = "/quan-tri/don-vi/ap-dung";
const REFORM: &str = "/quan-tri/don-vi/sap-xep";
const BETWEEN: &str = "----TheTablesOfUnits";

/// Sends tables as files, the way a browser does.
async fn upload(browser: &mut Browser, files: &[(&str, &str, &str)]) -> Answer {
    let mut body = String::new();
    for (field, name, text) in files {
        body.push_str(&format!(
            "--{BETWEEN}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n"
        ));
    }
    body.push_str(&format!("--{BETWEEN}--\r\n"));
    let request = browser
        .request(Method::POST, IMPORT)
        .header(
            header::CONTENT_TYPE,
            format!("multipart/form-data; boundary={BETWEEN}"),
        )
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .expect("a request");
    browser.send(request).await
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&quot;", "\"").replace("&#34;", "\"");
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// The fields of the form that confirms what a page shows, as a browser would send them.
fn shown(page: &Answer) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = page
        .body
        .split("<textarea name=\"")
        .skip(1)
        .filter_map(|part| {
            let (name, rest) = part.split_once("\" hidden>\n")?;
            let (text, _) = rest.split_once("</textarea>")?;
            // Browsers end the lines of a text in their own way.
            Some((name.to_owned(), unescaped(text).replace('\n', "\r\n")))
        })
        .collect();
    for name in ["dau", "nguon", "cho", "ngay", "gio", "viec"] {
        if page.body.contains(&format!("name=\"{name}\" value=\"")) {
            fields.push((name.to_owned(), unescaped(&page.field(name))));
        }
    }
    fields
}

async fn confirm(browser: &mut Browser, to: &str, page: &Answer, reason: &str) -> Answer {
    let fields = shown(page);
    let mut fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    fields.push(("ly_do", reason));
    browser.post(to, &fields).await
}

fn table(world: &World, name: &str) -> String {
    let reading = world.service.store().begin_read().expect("a transaction");
    let table = reading.table(name).expect("read");
    table.map(|table| table.text).unwrap_or_default()
}

#[tokio::test]
async fn units_are_shown_on_a_day_found_without_accents_and_each_with_its_page() {
    let world = world();
    let mut office = Browser::signed_in(&world, "quantri").await;
    office.get("/quan-tri").await.shows(LIST);
    office
        .get(&format!("{LIST}?ngay=2026-12-15"))
        .await
        .shows("data-unit=\"C17329.2025\"")
        .shows("10 đơn vị");
    office
        .get(&format!("{LIST}?ngay=2025-06-30"))
        .await
        .hides("data-unit=\"C17329.2025\"");
    office
        .get(&format!("{LIST}?tim=muong%20xen"))
        .await
        .shows("Xã Mường Xén")
        .hides("data-unit=\"C17329.2025\"");
    office
        .get(&format!("{LIST}/xem/C17329.2025?ngay=2026-12-15"))
        .await
        .shows("Mã đơn vị hành chính")
        .shows("<code>17329</code>")
        .shows("Tỉnh Nghệ An")
        .shows("từ 01/07/2025");
    let missing = office.get(&format!("{LIST}/xem/KHONG_CO")).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    assert_eq!(officer.get(LIST).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn tables_are_tried_first_and_exactly_what_was_shown_is_put_into_force_with_a_reason() {
    let world = world();
    let mut office = Browser::signed_in(&world, "quantri").await;
    office.get(IMPORT).await.shows("van_ban.don_vi");
    let new = UNITS
        .replace("Xã Mường Xén", "Xã Mường Xén \"Mới\", huyện cũ")
        .replace("C17200.2025,xa,xa,Xã Mường Xén \"Mới\", huyện cũ", "C17200.2025,xa,xa,\"Xã Mường Xén \"\"Mới\"\", huyện cũ\"")
        .replace(
            "C16690.2025,xa,phuong,Phường Trường Vinh,16690,,P40,,2025-07-01,\n",
            "C16690.2025,xa,phuong,Phường Trường Vinh,16690,,P40,,2025-07-01,2027-12-31\nC1.2027,xa,xa,Xã Một,17001,,P40,,2027-01-01,\n",
        );
    let codes = "unit,system,code,from\nP40,agency,H41,2021-01-01\n";
    let page = upload(
        &mut office,
        &[
            ("don_vi", "don-vi-2027.csv", &new.replace('\n', "\r\n")),
            ("ma", "ma.csv", codes),
        ],
    )
    .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page.shows("Thêm 2, kết thúc 1, sửa 1, bỏ 0.")
        .shows("Thêm Xã Một (C1.2027), từ 01/01/2027")
        .shows("Phường Trường Vinh (C16690.2025): kết thúc sau ngày 31/12/2027")
        .shows("đổi tên: Xã Mường Xén → Xã Mường Xén")
        .shows("Thêm mã H41 của Tỉnh Nghệ An (P40)");
    assert_eq!(table(&world, "units"), UNITS, "nothing was changed");
    let silent = confirm(&mut office, CONFIRM, &page, " ").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    silent.shows("Phải ghi lý do hoặc văn bản làm căn cứ.");
    let reason = "Nghị quyết 5/NQ-HĐND <b>";
    let done = confirm(&mut office, CONFIRM, &page, reason).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(table(&world, "units"), new);
    assert_eq!(table(&world, "codes"), codes);
    office
        .get(&format!("{LIST}?ngay=2027-01-01&tim=xa+mot&xong=don-vi"))
        .await
        .shows("Đã áp dụng thay đổi về đơn vị.")
        .shows("data-unit=\"C1.2027\"");
    // The same once more was seen on tables that are no longer in force.
    let again = confirm(&mut office, CONFIRM, &page, reason).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
    again.shows("Dữ liệu đã thay đổi kể từ khi xem trước");
    let history = office.get("/quan-tri/bang").await;
    history
        .shows("Danh sách đơn vị")
        .shows("don-vi-2027.csv")
        .shows("Nghị quyết 5/NQ-HĐND &lt;b&gt;");
    let newest = history
        .body
        .split("href=\"/quan-tri/bang/")
        .skip(1)
        .filter_map(|part| part.split('"').next())
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let units = newest.get(1).expect("the loading of units");
    office
        .get(&format!("/quan-tri/bang/{units}"))
        .await
        .shows("Thêm Xã Một (C1.2027)");
    let file = office.get(&format!("/quan-tri/bang/{units}/tep")).await;
    assert_eq!(file.body, new);
    // What was known before stays known.
    let reading = world.service.store().begin_read().expect("a transaction");
    let before = reading.table_known_at("units", moment("14/12/2026 09:00"));
    assert_eq!(before.expect("read").expect("the table").text, UNITS);
}

#[tokio::test]
async fn a_server_that_starts_again_with_the_same_files_undoes_nothing_that_was_entered() {
    let world = world();
    let operator = person("regime", Role::Administrator, "P40");
    let files = |text: &str| {
        let table = ProjectTable {
            table: Table::Units,
            text: text.to_owned(),
        };
        let now = moment("16/12/2026 08:00");
        let refused = world
            .service
            .load_changed(&operator, &[table], "regimes", now);
        assert_eq!(refused.expect("loaded"), []);
    };
    let entered = UNITS.replace("Xã Mường Xén", "Xã Mường Xén Mới");
    world.load(Table::Units, &entered);
    files(UNITS);
    assert_eq!(
        table(&world, "units"),
        entered,
        "the files are known already"
    );
    let changed = UNITS.replace("Sở Tư pháp", "Sở Tư pháp tỉnh");
    files(&changed);
    assert_eq!(table(&world, "units"), changed, "other files are news");
    world.load(Table::Units, &entered);
    files(&changed);
    assert_eq!(table(&world, "units"), entered);
}

#[tokio::test]
async fn mistakes_are_named_by_line_and_a_unit_with_reports_is_never_taken_away() {
    let world = world();
    officer_with_sound_report(&world).await;
    let mut office = Browser::signed_in(&world, "quantri").await;
    let without = UNITS.replace("C17329.2025,xa,xa,Xã Anh Sơn,17329,,P40,,2025-07-01,\n", "");
    let page = upload(&mut office, &[("don_vi", "a.csv", &without)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Không xóa được Xã Anh Sơn (C17329.2025): đơn vị đã có 1 báo cáo.")
        .hides(CONFIRM);
    let broken = UNITS.replace("17200,,P40,,2025-07-01", "17200,,P41,,2025-13-01");
    let page = upload(&mut office, &[("don_vi", "a.csv", &broken)]).await;
    page.shows("Danh sách đơn vị, dòng 10:").hides(CONFIRM);
    let orphan = UNITS.replace(
        "Tỉnh Nghệ An,40,ubnd_tinh,VN,,,",
        "Tỉnh Nghệ An,40,ubnd_tinh,VN,,,2026-12-31",
    );
    upload(&mut office, &[("don_vi", "a.csv", &orphan)])
        .await
        .shows("Xã Anh Sơn (C17329.2025) thuộc Tỉnh Nghệ An (P40), nhưng ngày 01/01/2027 đơn vị này không tồn tại");
    let nothing = upload(&mut office, &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing.shows("Chưa chọn tệp");
    assert_eq!(table(&world, "units"), UNITS);
}

#[tokio::test]
async fn a_merger_shows_what_it_does_to_reports_people_and_comparisons_and_is_one_change() {
    let world = world();
    officer_with_sound_report(&world).await;
    let mut office = Browser::signed_in(&world, "quantri").await;
    office.get(REFORM).await.shows("Sáp nhập, hợp nhất");
    let wrong = [
        ("viec", "nhap"),
        ("ngay", "2026-12-10"),
        ("can_cu", "Nghị quyết 9"),
        ("cu.0", "xa anh son"),
        ("ten", "Xã Anh Xén"),
        ("ma", "40"),
    ];
    let page = office.post(REFORM, &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Cần chọn ít nhất 2 đơn vị.")
        .shows("Mã 40 đang là của Tỉnh Nghệ An (P40) vào ngày đó.")
        .shows("value=\"Xã Anh Xén\"");
    let merge = [
        ("viec", "nhap"),
        ("ngay", "2026-12-10"),
        ("can_cu", "Nghị quyết 9"),
        ("cu.0", "xa anh son"),
        ("cu.3", "Xã Mường Xén (C17200.2025)"),
        ("ten", "Xã Anh Xén"),
        ("ma", "17329"),
    ];
    let page = office.post(REFORM, &merge).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page.shows("Thêm Xã Anh Xén (C17329.2026), từ 10/12/2026")
        .shows("Xã Anh Sơn (C17329.2025): kết thúc sau ngày 09/12/2026")
        .shows("2 đơn vị không còn phải báo cáo: Xã Mường Xén, Xã Anh Sơn")
        .shows("1 đơn vị phải báo cáo thêm: Xã Anh Xén")
        .shows("không còn phải gửi")
        .shows(
            "Xã Anh Sơn: toàn bộ về Xã Anh Xén: so sánh được theo ranh giới mới; đã nhận 0 báo cáo",
        )
        .shows("Nguyễn Thị Hòa (canbo.anhson) – Xã Anh Sơn");
    assert_eq!(table(&world, "units"), UNITS, "nothing was changed");
    let done = confirm(&mut office, CONFIRM, &page, "Nghị quyết 9").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    office
        .get(&format!("{LIST}?ngay=2026-12-10"))
        .await
        .shows("data-unit=\"C17329.2026\"")
        .hides("data-unit=\"C17200.2025\"");
    office
        .get(&format!("{LIST}/xem/C17329.2026"))
        .await
        .shows("Nhận bàn giao từ")
        .shows("Xã Mường Xén")
        .shows("Nghị quyết 9");
    assert!(
        table(&world, "successions").contains("C17200.2025,C17329.2026,2026-12-10,,Nghị quyết 9")
    );
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    assert_ne!(
        officer.get(REPORT).await.status,
        StatusCode::INTERNAL_SERVER_ERROR
    );
}

/// A kind of reform, what is typed, and what the preview shows.
type Case = (
    &'static str,
    Vec<(&'static str, &'static str)>,
    &'static str,
);

#[tokio::test]
async fn each_kind_of_reform_has_its_form_and_is_previewed() {
    let world = world();
    let mut office = Browser::signed_in(&world, "quantri").await;
    let day = ("ngay", "2027-03-01");
    let basis = ("can_cu", "Nghị quyết 9");
    let son = ("cu", "Xã Anh Sơn (C17329.2025)");
    let cases: [Case; 5] = [
        (
            "tach",
            vec![
                son,
                ("phan.0.ten", "Xã Anh"),
                ("phan.0.ma", "17329"),
                ("phan.0.ty_le", "0,4"),
                ("phan.1.co", "C17200.2025"),
                ("phan.1.ty_le", "0,6"),
            ],
            "chia theo tỷ lệ cho Xã Anh, Xã Mường Xén",
        ),
        (
            "chuyen",
            vec![son, ("co", "C17200.2025"), ("ty_le", "")],
            "chưa có tỷ lệ",
        ),
        (
            "doi-ten",
            vec![
                son,
                ("ten", "Phường Anh Sơn"),
                ("loai", "xa/phuong"),
                ("ma", "17329"),
            ],
            "Thêm Phường Anh Sơn (C17329.2027)",
        ),
        (
            "ma",
            vec![son, ("he", "area"), ("ma", "17999")],
            "Thêm mã 17999 của Xã Anh Sơn",
        ),
        (
            "bo-cap",
            vec![("cap", "xa")],
            "Phường Trường Vinh: không có đơn vị kế thừa",
        ),
    ];
    for (step, fields, shown) in cases {
        office
            .get(&format!("{REFORM}?viec={step}"))
            .await
            .shows("can_cu");
        let mut all = vec![("viec", step), day, basis];
        all.extend(fields);
        let page = office.post(REFORM, &all).await;
        assert_eq!(page.status, StatusCode::OK, "{step}\n{}", page.body);
        page.shows(shown);
    }
    let no_day = office
        .post(REFORM, &[("viec", "ma"), ("ngay", "mai")])
        .await;
    assert_eq!(no_day.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(table(&world, "units"), UNITS);
}

#[tokio::test]
async fn a_day_off_and_a_local_deadline_show_which_deadlines_move_before_they_hold() {
    let world = world();
    let mut office = Browser::signed_in(&world, "quantri").await;
    office.get("/quan-tri").await.shows("/quan-tri/lich");
    let page = office.get("/quan-tri/lich").await;
    page.shows("Tết Nguyên đán Ất Tỵ");
    let holidays = "/quan-tri/lich/ngay-nghi";
    let day = [
        ("viec", "them"),
        ("ngay", "2026-12-16"),
        ("loai", "nghi"),
        ("can_cu", "Công điện 1, ngừng làm việc"),
    ];
    let before = table(&world, "decisions");
    let page = office.post(holidays, &day).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page.shows("+ 16/12/2026 · Nghỉ · Công điện 1, ngừng làm việc")
        .shows("đổi hạn gửi từ 16/12/2026 sang 17/12/2026");
    assert_eq!(table(&world, "decisions"), before);
    let done = confirm(&mut office, holidays, &page, "Công điện 1").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    office.get("/quan-tri/lich").await.shows("16/12/2026");
    let mut officer = Browser::signed_in(&world, "canbo.anhson").await;
    officer.get(REPORT).await.shows("17/12/2026");
    let gone = office
        .post(holidays, &[("viec", "bo"), ("ngay", "2026-12-16")])
        .await;
    gone.shows("− 16/12/2026")
        .shows("đổi hạn gửi từ 17/12/2026 sang 16/12/2026");
    let bad = office
        .post(
            holidays,
            &[
                ("viec", "bang"),
                ("van_ban", "date,day,basis\n2026-01-01,maybe,x\n"),
            ],
        )
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.shows("dòng 2");

    let place = "/quan-tri/lich/thoi-han";
    let page = office.get("/quan-tri/lich").await;
    page.shows("data-local=\"KNTC_XLD xa 2027-Q1\"");
    let set = [
        ("cho", "KNTC_XLD xa 2027-Q1"),
        ("ngay", "2027-03-18"),
        ("gio", "17:00"),
    ];
    let page = office.post(place, &set).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page.shows("chưa có hạn gửi → 18/03/2027 17:00")
        .shows("đổi hạn gửi từ chưa có hạn gửi sang 18/03/2027 17:00");
    let done = confirm(&mut office, place, &page, "Công văn 3").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    office.get("/quan-tri/lich").await.shows("18/03/2027 17:00");
    office
        .get("/quan-tri/bang")
        .await
        .shows("Thời hạn do tỉnh quy định")
        .shows("Công văn 3");
}
