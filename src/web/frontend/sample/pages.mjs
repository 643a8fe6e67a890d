// Sample pages for work on the styles without a server: `npm run build && npm run sample`, then open sample/out/*.html. Figures here are invented.
// The markup is the contract between the templates and the styles; nothing of this folder is embedded in the program.
import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { xld, tthc } from "./forms.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "out");

function shell({ title, nav, trail, page, body, wide = false, account = ["Nguyễn Thị Hòa", "Xã Anh Sơn"] }) {
  const services = ["Việc cần làm", "Tổng hợp", "Chế độ báo cáo", "Quản trị"];
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<link rel="stylesheet" href="tai-nguyen/app.css"><script type="module" src="tai-nguyen/app.js"></script></head>
<body data-language="vi">
<a class="skip-link" href="#noi-dung">Đến nội dung chính</a>
<header class="site-header"><div class="width${wide ? "-full" : ""}"><a class="brand" href="home.html"><img class="emblem" src="tai-nguyen/emblem.svg" alt="" width="48" height="48"><span><span class="brand-authority">ỦY BAN NHÂN DÂN TỈNH NGHỆ AN</span><span class="brand-product">Hệ thống thông tin báo cáo</span></span></a>
${account ? `<div class="account"><span class="account-name">${account[0]}</span><span class="account-unit">${account[1]}</span><a class="language-switch" href="?lang=en" lang="en" hreflang="en">English</a><form method="post" action="/dang-xuat"><button class="link-button">Đăng xuất</button></form></div>` : ""}</div></header>
${account ? `<nav class="service-nav" aria-label="Chức năng"><ul class="width${wide ? "-full" : ""}">${services.map((name) => `<li><a href="#"${name === nav ? ' aria-current="page"' : ""}>${name}</a></li>`).join("")}</ul></nav>` : ""}
${trail ? `<nav class="breadcrumb width${wide ? "-full" : ""}" aria-label="Vị trí trang"><ol>${trail.map((part, index) => `<li>${index === trail.length - 1 ? `<span aria-current="page">${part}</span>` : `<a href="#">${part}</a>`}</li>`).join("")}</ol></nav>` : ""}
<main id="noi-dung" class="${page === "sign-in" ? "sign-in" : `width${wide ? "-full" : ""}`}" tabindex="-1" data-page="${page}">
${body}
</main>
<footer class="site-footer"><div class="width${wide ? "-full" : ""}"><p>Văn phòng UBND tỉnh Nghệ An · Hỗ trợ nghiệp vụ: Phòng Hành chính – Tổ chức</p></div></footer>
</body></html>`;
}

const report = (form, { title, parties, findings }) => `<header class="form-head"><p class="form-symbol">Biểu số ${form.code}</p><h1 class="form-title"><span class="caption">${title}</span>${form.title}</h1><p class="form-basis">${form.basis}</p><p class="form-period">${form.period}</p><dl class="form-parties">${parties.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join("")}</dl></header>
${findings ?? ""}
<form method="post" action="#" data-report data-api="#" data-base="7" data-form="${form.name}">
<p class="form-measure">Đơn vị tính: ${form.measure}</p>
<div class="grid-scroll">${form.table}</div>
<div class="actions no-print"><div class="field"><label for="dong-moi">Thêm lĩnh vực</label><select id="dong-moi" name="new_row"><option>Xây dựng</option><option>Giáo dục</option></select></div><button class="button button-secondary" name="action" value="add-row">Thêm dòng</button></div>
<div class="action-bar"><button class="button button-secondary" name="action" value="save">Lưu nháp</button><button class="button button-secondary" name="action" value="check">Kiểm tra</button><button class="button button-secondary" name="action" value="nil">Không phát sinh</button><button class="button" name="action" value="propose">Trình lãnh đạo</button><p class="save-state" data-save-state data-state="saved" aria-live="polite">Đã lưu trên máy chủ 14:02</p></div>
<div class="sign-block print-only"><div><p>NGƯỜI LẬP BIỂU</p></div><div><p class="sign-date">Anh Sơn, ngày 15 tháng 12 năm 2026</p><p>THỦ TRƯỞNG ĐƠN VỊ</p></div></div>
</form>`;

const pages = {
  form: shell({
    title: "Biểu II.06a – Xã Anh Sơn",
    nav: "Việc cần làm",
    trail: ["Việc cần làm", "Thủ tục hành chính", "Năm 2026"],
    page: "report",
    wide: true,
    body: report(tthc(), {
      title: "Xã Anh Sơn · Năm 2026",
      parties: [["Đơn vị báo cáo", "UBND xã Anh Sơn"], ["Đơn vị nhận báo cáo", "Văn phòng UBND tỉnh"], ["Hạn gửi", "18/12/2026"], ["Tình trạng", '<strong class="tag tag-returned">trả lại</strong> <strong class="tag tag-due">còn 3 ngày</strong>']],
      findings: `<section id="loi" class="error-summary" role="alert" tabindex="-1" data-findings><h2>Có 1 lỗi và 1 chỗ cần giải trình</h2><p class="error-summary-counts" data-counts>1 lỗi · 1 cần giải trình · 0 cảnh báo · 2 chưa xét được · 7 ô chưa trả lời</p><ul><li data-severity="error"><a href="#o-dat_dai-3">Đất đai, cột 3: Tổng số tiếp nhận (1.384) khác đã giải quyết cộng đang giải quyết (1.383): lệch 1</a></li><li data-severity="explain"><a href="#o-ho_tich-ty_le_dung_han">Hộ tịch: Tỷ lệ đúng hạn lĩnh vực này là 85,71%, dưới 90%</a></li><li data-severity="explain" data-verdict="undecided"><a href="#o-chung_thuc-3">Chứng thực, cột 3: chưa xét được vì ô 9 chưa có số</a></li></ul></section>`,
    }),
  }),
  wide: shell({
    title: "Biểu 01/XLD",
    nav: "Việc cần làm",
    trail: ["Việc cần làm", "Kết quả xử lý đơn", "Quý IV/2026"],
    page: "report",
    wide: true,
    body: report(xld(), { title: "Xã Anh Sơn · Quý IV/2026", parties: [["Đơn vị báo cáo", "UBND xã Anh Sơn"], ["Đơn vị nhận báo cáo", "Thanh tra tỉnh"], ["Hạn gửi", "15/12/2026"]] }),
  }),
  total: shell({
    title: "Tổng hợp 01/XLD",
    nav: "Tổng hợp",
    trail: ["Tổng hợp", "Kết quả xử lý đơn · Quý III/2026", "01/XLD"],
    page: "consolidated",
    wide: true,
    account: ["Trần Văn Bình", "Thanh tra tỉnh"],
    body: `<header class="form-head"><p class="form-symbol">Biểu số 01/XLD</p><h1 class="form-title"><span class="caption">Tổng hợp toàn tỉnh · Quý III/2026</span>TỔNG HỢP KẾT QUẢ XỬ LÝ ĐƠN</h1></header>
<div class="coverage"><p><strong>128/130 xã</strong>, thiếu: <a href="#">Xã Mường Xén</a>, <a href="#">Xã Na Ngoi</a></p><progress class="coverage-bar" max="130" value="128">98%</progress></div>
<div class="grid-scroll">${xld({ consolidated: true }).table}</div>`,
  }),
  home: shell({
    title: "Việc cần làm",
    nav: "Việc cần làm",
    page: "home",
    body: `<h1><span class="caption">Xã Anh Sơn · hôm nay 15/12/2026</span>Việc cần làm</h1>
<div class="notice notice-success" role="status"><p>Đã gửi báo cáo Kết quả xử lý đơn, Quý IV/2026 lúc 09:02.</p></div>
<h2>Bị trả lại</h2><ul class="tasks"><li class="task"><a class="task-title" href="form.html">Tình hình, kết quả giải quyết thủ tục hành chính – Năm 2026</a><span class="task-meta">Biểu II.06a/VPCP/KSTT · Văn phòng UBND tỉnh trả lại: “Ô Đất đai, cột 13: kiểm tra lại số quá hạn”</span><span class="task-tags"><strong class="tag tag-returned">trả lại</strong><strong class="tag tag-late">trễ 3 ngày</strong></span></li></ul>
<h2>Đến hạn</h2><ul class="tasks"><li class="task"><a class="task-title" href="wide.html">Kết quả xử lý đơn khiếu nại, tố cáo, kiến nghị, phản ánh – Quý IV/2026</a><span class="task-meta">Biểu 01/XLD · gửi Thanh tra tỉnh · hạn 18/12/2026</span><span class="task-tags"><strong class="tag tag-due">còn 3 ngày</strong><strong class="tag tag-draft">đang soạn</strong></span></li><li class="task"><a class="task-title" href="#">Kết quả xử lý đơn – Năm 2026</a><span class="task-meta">Biểu 01/XLD · gửi Thanh tra tỉnh · hạn 25/12/2026</span><span class="task-tags"><strong class="tag tag-neutral">chưa bắt đầu</strong></span></li></ul>
<h2>Đã gửi</h2><ul class="tasks"><li class="task"><a class="task-title" href="#">Thủ tục hành chính – Quý III/2026</a><span class="task-meta">gửi 17/09/2026 · Văn phòng UBND tỉnh đã tiếp nhận 18/09/2026</span><span class="task-tags"><strong class="tag tag-accepted">đã tiếp nhận</strong></span></li><li class="task"><a class="task-title" href="#">Kết quả xử lý đơn – Quý III/2026</a><span class="task-meta">gửi 14/09/2026</span><span class="task-tags"><strong class="tag tag-sent">đã gửi</strong></span></li></ul>
<h2>Số liệu toàn tỉnh</h2><ul class="figures"><li class="figure"><a href="#"><span class="figure-label">Hồ sơ TTHC tiếp nhận, Quý III/2026</span><span class="figure-value">184.392</span><span class="figure-coverage">128/130 xã</span></a></li><li class="figure"><a href="#"><span class="figure-label">Tỷ lệ giải quyết đúng hạn</span><span class="figure-value">96,41%</span><span class="figure-coverage">128/130 xã</span></a></li><li class="figure"><a href="#"><span class="figure-label">Đơn phải xử lý, Quý III/2026</span><span class="figure-value">2.417</span><span class="figure-coverage">130/130 xã</span></a></li></ul>
<p class="empty">Không có việc quá hạn khác.</p>`,
  }),
  board: shell({
    title: "Tình hình gửi báo cáo",
    nav: "Tổng hợp",
    trail: ["Tổng hợp", "Thủ tục hành chính", "Năm 2026"],
    page: "board",
    account: ["Lê Minh Tuấn", "Văn phòng UBND tỉnh"],
    body: `<h1><span class="caption">Thủ tục hành chính · Năm 2026 · hạn 18/12/2026</span>Tình hình gửi báo cáo</h1>
<div class="coverage"><p><strong>126/130 xã</strong>, thiếu: Xã Anh Sơn, Xã Mường Xén, Xã Na Ngoi, Xã Tri Lễ</p><progress class="coverage-bar" max="130" value="126">97%</progress></div>
<div class="actions"><a class="button" href="total.html">Mở biểu tổng hợp II.06a</a><a class="button button-secondary" href="#">Chỉ đơn vị chưa gửi</a></div>
<div class="table-scroll"><table class="table board"><caption>Các đơn vị báo cáo</caption><thead><tr><th scope="col">Đơn vị</th><th scope="col">Tình trạng</th><th scope="col">Gửi lúc</th><th scope="col" class="number">Số lần sửa</th><th scope="col">Việc</th></tr></thead><tbody>
<tr><th scope="row"><a href="#">Xã Anh Sơn</a></th><td><strong class="tag tag-late">trễ 3 ngày</strong></td><td class="muted">chưa gửi</td><td class="number">2</td><td></td></tr>
<tr><th scope="row"><a href="#">Xã Anh Sơn Đông</a></th><td><strong class="tag tag-sent">đã gửi</strong> đúng hạn</td><td>14/12/2026 16:20</td><td class="number">1</td><td><button class="button button-small">Tiếp nhận</button> <a class="button button-small button-secondary" href="#">Trả lại</a></td></tr>
<tr><th scope="row"><a href="#">Phường Trường Vinh</a></th><td><strong class="tag tag-accepted">đã tiếp nhận</strong> đúng hạn</td><td>12/12/2026 10:03</td><td class="number">1</td><td></td></tr>
<tr><th scope="row"><a href="#">Xã Mường Xén</a></th><td><strong class="tag tag-returned">trả lại</strong></td><td class="muted">chưa gửi lại</td><td class="number">3</td><td></td></tr>
</tbody></table></div>`,
  }),
  figure: shell({
    title: "Nguồn gốc số liệu",
    nav: "Tổng hợp",
    trail: ["Tổng hợp", "Thủ tục hành chính · Năm 2026", "II.06a", "Cột 13"],
    page: "figure",
    account: ["Lê Minh Tuấn", "Văn phòng UBND tỉnh"],
    body: `<h1><span class="caption">Biểu II.06a/VPCP/KSTT · Năm 2026 · toàn tỉnh</span>Số hồ sơ đang giải quyết › Quá hạn (13)</h1>
<div class="panel"><p class="lead"><strong>1.204</strong> hồ sơ TTHC</p><p class="formula">Tổng của cột 13 ở 128 đơn vị đã gửi</p><dl class="summary"><div><dt>Đủ số liệu</dt><dd>128/130 xã; thiếu: Xã Mường Xén, Xã Na Ngoi</dd></div><div><dt>Loại số liệu</dt><dd>Số cuối kỳ (thời điểm 14/12/2026)</dd></div></dl></div>
<h2>Các ô tạo nên số này</h2><div class="table-scroll"><table class="table"><thead><tr><th scope="col">Đơn vị</th><th scope="col" class="number">Giá trị</th><th scope="col">Bản</th><th scope="col">Người nhập</th><th scope="col">Người duyệt</th></tr></thead><tbody><tr><th scope="row"><a href="#">Xã Anh Sơn</a></th><td class="number">23</td><td>bản 2</td><td>Nguyễn Thị Hòa, 15/12/2026 09:14</td><td>Phan Văn Đức, 15/12/2026 09:20</td></tr><tr><th scope="row"><a href="#">Phường Trường Vinh</a></th><td class="number">118</td><td>bản 1</td><td>Hồ Thị Lan, 12/12/2026 09:40</td><td>Đặng Quốc Việt, 12/12/2026 10:03</td></tr></tbody><tfoot><tr><th scope="row">Tổng</th><td class="number">1.204</td><td></td><td></td><td></td></tr></tfoot></table></div>
<h2>Lịch sử</h2><ol class="timeline"><li><time>15/12/2026 09:20</time><p>Phan Văn Đức phê duyệt và gửi bản 2.</p></li><li><time>15/12/2026 09:11</time><p>Phan Văn Đức trả lại: “Ô Đất đai, cột 13: kiểm tra lại số quá hạn”.</p></li></ol>`,
  }),
  "sign-in": shell({
    title: "Đăng nhập",
    page: "sign-in",
    account: null,
    body: `<div class="panel"><h1>Đăng nhập</h1><div class="notice notice-error" role="alert"><p>Tên đăng nhập hoặc mật khẩu không đúng.</p></div><form method="post"><div class="field"><label for="ten">Tên đăng nhập</label><input class="input" id="ten" name="user" autocomplete="username" value="canbo.anhson"></div><div class="field has-error"><label for="mk">Mật khẩu</label><span class="hint">Do quản trị của tỉnh cấp</span><input class="input" id="mk" name="password" type="password" autocomplete="current-password"></div><button class="button">Đăng nhập</button></form></div>`,
  }),
};

await mkdir(out, { recursive: true });
await cp(join(here, "..", "..", "assets"), join(out, "tai-nguyen"), { recursive: true });
for (const [name, html] of Object.entries(pages)) {
  await writeFile(join(out, `${name}.html`), html);
}
