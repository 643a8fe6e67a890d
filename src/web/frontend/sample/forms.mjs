// The two forms of the sample pages, with the merged headers of the circulars.

const column = (number, label, options = {}) => ({ number, label, ...options });
const group = (label, ...children) => ({ label, children });
const computed = { computed: true };

const tthcTree = [
  group("Số hồ sơ tiếp nhận", column("3", "Tổng số", { ...computed, formula: "4+5+6=7+11" }), group("Trong đó", column("4", "Trực tuyến"), column("5", "Trực tiếp, dịch vụ bưu chính")), column("6", "Từ kỳ trước", computed)),
  group("Số hồ sơ đã giải quyết", column("7", "Tổng số", { ...computed, formula: "8+9+10" }), column("8", "Trước hạn"), column("9", "Đúng hạn"), column("10", "Quá hạn")),
  group("Số hồ sơ đang giải quyết", column("11", "Tổng số", { ...computed, formula: "12+13" }), column("12", "Trong hạn"), column("13", "Quá hạn")),
  column("ty_le_dung_han", "Tỷ lệ đúng hạn", { ...computed, formula: "(8+9)/7", unnumbered: true }),
  column("ty_le_truc_tuyen", "Tỷ lệ trực tuyến", { ...computed, formula: "4/(4+5)", unnumbered: true }),
];
const xldTree = [
  group("Tổng số đơn phải xử lý", column("1", "Tổng số", { ...computed, formula: "2+3=4+5" }), column("2", "Kỳ trước chuyển sang", computed), column("3", "Tiếp nhận trong kỳ")),
  column("4", "Số đơn đã xử lý"),
  column("5", "Số đơn chưa xử lý (chuyển kỳ sau xử lý)"),
  group("Đủ điều kiện xử lý", column("6", "Số đơn", { ...computed, formula: "8+9+10=11+12+13=14+18" }), column("7", "Số vụ việc")),
  group("Phân loại đơn theo nội dung", column("8", "Khiếu nại"), column("9", "Tố cáo"), column("10", "Kiến nghị, phản ánh")),
  group("Phân loại đơn theo tình trạng giải quyết", group("Đã giải quyết", column("11", "Lần đầu"), column("12", "Nhiều lần")), column("13", "Chưa giải quyết xong")),
  group(
    "Kết quả xử lý đơn",
    group("Đơn thuộc thẩm quyền", column("14", "Tổng số", { ...computed, formula: "15+16+17" }), column("15", "Khiếu nại"), column("16", "Tố cáo"), column("17", "Kiến nghị, phản ánh")),
    group("Đơn không thuộc thẩm quyền", column("18", "Tổng số", { ...computed, formula: "19+20+21" }), column("19", "Hướng dẫn"), column("20", "Chuyển đơn"), column("21", "Đôn đốc giải quyết")),
  ),
  column("22", "Số văn bản phúc đáp nhận được do chuyển đơn"),
];

const depth = (node) => (node.children ? 1 + Math.max(...node.children.map(depth)) : 1);
const leaves = (node, path = []) => (node.children ? node.children.flatMap((child) => leaves(child, [...path, node.label])) : [{ ...node, path: [...path, node.label] }]);

function head(tree, stubs) {
  const height = Math.max(...tree.map(depth));
  const rows = Array.from({ length: height }, () => []);
  const place = (node, level) => {
    if (node.children) {
      rows[level].push(`<th scope="colgroup" colspan="${leaves(node).length}">${node.label}</th>`);
      for (const child of node.children) place(child, level + 1);
    } else {
      rows[level].push(`<th scope="col"${height - level > 1 ? ` rowspan="${height - level}"` : ""}>${node.label}</th>`);
    }
  };
  rows[0].push(...stubs.map((stub) => `<th class="stub ${stub.kind}" scope="col" rowspan="${height}">${stub.label}</th>`));
  for (const node of tree) place(node, 0);
  const columns = tree.flatMap((node) => leaves(node));
  const numbers = `<tr class="numbers">${stubs.map((stub) => `<td class="stub ${stub.kind}">${stub.number}</td>`).join("")}${columns.map((one) => `<td>${one.unnumbered ? "" : `(${one.number})`}</td>`).join("")}</tr>`;
  const formulas = `<tr class="formulas">${stubs.map((stub) => `<td class="stub ${stub.kind}"></td>`).join("")}${columns.map((one) => `<td>${one.formula ? `= ${one.formula.replaceAll("=", " = ")}` : ""}</td>`).join("")}</tr>`;
  return `<thead>${rows.map((row) => `<tr>${row.join("")}</tr>`).join("")}${numbers}${formulas}</thead>`;
}

function cell(one, key, rowLabel, value, { locked = false, mark = "", link = false } = {}) {
  const label = `${one.path.join(" › ")}${one.unnumbered ? "" : ` (${one.number})`}`;
  const id = `o-${key}-${one.number}`;
  const state = value === "" ? "blank" : value === "-" ? "nil" : "given";
  if (link) return `<td id="${id}" class="cell computed ${mark}" data-column="${one.number}" data-label="${label}"><a class="figure-link" href="figure.html">${value}</a></td>`;
  if (value === "x") return `<td id="${id}" class="cell closed" data-column="${one.number}" data-label="${label}">x</td>`;
  if (one.computed || locked) return `<td id="${id}" class="cell computed ${mark}" data-column="${one.number}" data-state="${state}" data-label="${label}"><output>${value}</output></td>`;
  return `<td id="${id}" class="cell entered ${mark}" data-column="${one.number}" data-state="${state}" data-label="${label}"><input class="cell-input" type="text" inputmode="decimal" name="o.${key}.${one.number}" value="${value}" autocomplete="off" aria-label="${rowLabel}, cột ${one.number} ${one.label}"></td>`;
}

export function tthc() {
  const columns = tthcTree.flatMap((node) => leaves(node));
  const rows = [
    ["dat_dai", "Đất đai", ["1.384", "1.120", "230", "34", "1.360", "1.105", "230", "25", "23", "-", "23", "98,16%", "82,96%"], { 3: "has-error", 13: "has-error" }],
    ["ho_tich", "Hộ tịch", ["140", "96", "44", "-", "140", "100", "20", "20", "-", "-", "-", "85,71%", "68,57%"], { ty_le_dung_han: "has-explain" }],
    ["chung_thuc", "Chứng thực, cấp bản sao từ sổ gốc", ["", "812", "1.204", "-", "", "2.016", "", "-", "", "-", "", "", "40,28%"], { 3: "has-undecided", 9: "changed" }],
    ["bao_tro", "Bảo trợ xã hội", ["96", "12", "84", "-", "96", "90", "6", "-", "-", "-", "-", "100,00%", "12,50%"], {}],
    ["kinh_doanh", "Thành lập và hoạt động của hộ kinh doanh", ["", "", "", "2", "", "", "", "", "", "", "", "", ""], {}],
  ];
  const findings = {
    dat_dai: `<tr class="row-findings"><td colspan="${columns.length + 2}"><ul><li id="l-R3-dat_dai" data-severity="error"><p><span class="finding-label">Cột 3:</span> Tổng số tiếp nhận (1.384) khác đã giải quyết cộng đang giải quyết (1.360 + 23 = 1.383): lệch 1</p></li><li class="remark"><p><span class="finding-label">Cột 13 – Phan Văn Đức trả lại 15/12/2026 09:11:</span> kiểm tra lại số quá hạn</p></li></ul></td></tr>`,
    ho_tich: `<tr class="row-findings"><td colspan="${columns.length + 2}"><ul><li id="l-W1-ho_tich" data-severity="explain"><p><span class="finding-label">Tỷ lệ đúng hạn:</span> Tỷ lệ đúng hạn lĩnh vực này là 85,71%, dưới 90%</p><label for="g-W1">Giải trình</label><textarea id="g-W1" name="giai_trinh.W1[ho_tich]" rows="2">Hệ thống quốc gia gián đoạn 5 ngày trong tháng 10.</textarea></li></ul></td></tr>`,
  };
  const body = rows.map(([key, label, values, marks], index) => `<tr data-row="${key}"><td class="ordinal">${index + 1}</td><th scope="row">${label}</th>${columns.map((one, at) => cell(one, key, label, values[at], { mark: marks[one.number] ?? "" })).join("")}</tr>${findings[key] ?? ""}`).join("\n");
  const total = `<tr class="total" data-row="total"><td class="ordinal"></td><th scope="row">Tổng cộng</th>${columns.map((one) => cell(one, "total", "Tổng cộng", one.unnumbered ? "97,02%" : "1.620", { locked: true })).join("")}</tr>`;
  return {
    name: "TTHC06A",
    code: "II.06a/VPCP/KSTT",
    title: "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
    basis: "Ban hành theo Thông tư 5/2025/TT-VPCP ngày 31/12/2025",
    period: "Kỳ báo cáo: Năm 2026 (từ ngày 15/12/2025 đến ngày 14/12/2026)",
    measure: "hồ sơ TTHC",
    table: `<table class="grid"><caption>Tình hình, kết quả giải quyết thủ tục hành chính</caption>${head(tthcTree, [{ kind: "stub-ordinal", label: "TT", number: "(1)" }, { kind: "stub-label", label: "Lĩnh vực, công việc giải quyết theo cấp", number: "(2)" }])}<tbody>${body}${total}</tbody></table>`,
  };
}

export function xld({ consolidated = false } = {}) {
  const columns = xldTree.flatMap((node) => leaves(node));
  const stubs = [{ kind: "stub-label", label: "Đơn vị", number: "" }];
  const figure = (at, row) => String((at * 7 + row * 13) % 41);
  let body;
  if (consolidated) {
    const units = ["Phường Trường Vinh", "Phường Thành Vinh", "Phường Vinh Hưng", "Xã Anh Sơn", "Xã Anh Sơn Đông", "Xã Bạch Ngọc", "Xã Con Cuông", "Xã Đô Lương", "Xã Mường Xén", "Xã Na Ngoi", "Xã Quỳ Châu", "Xã Tương Dương", "Xã Yên Thành"];
    const line = (key, name, kind, row, value) => `<tr class="${kind}" data-row="${key}"><th scope="row">${name}</th>${columns.map((one, at) => cell(one, key, name, value ?? figure(at, row), { link: true, mark: kind ? "incomplete" : "" })).join("")}</tr>`;
    body = line("total", "Tổng cộng", "total", 0, "2.417") + line("phuong", "Phường (20/20)", "group-row", 0, "612") + units.slice(0, 3).map((name, row) => line(`u${row}`, name, "", row)).join("") + line("xa", "Xã (108/110)", "group-row", 0, "1.805") + units.slice(3).map((name, row) => line(`x${row}`, name, "", row)).join("");
  } else {
    body = `<tr data-row=""><th scope="row">Xã Anh Sơn</th>${columns.map((one, at) => cell(one, "", "Xã Anh Sơn", one.number === "12" ? "x" : figure(at, 1))).join("")}</tr>`;
  }
  return {
    name: "XLD01",
    code: "01/XLD",
    title: "TỔNG HỢP KẾT QUẢ XỬ LÝ ĐƠN",
    basis: "Ban hành theo Thông tư 01/2024/TT-TTCP ngày 20/01/2024",
    period: "Kỳ báo cáo: Quý IV/2026 (từ ngày 15/09/2026 đến ngày 14/12/2026)",
    measure: "đơn",
    table: `<table class="grid${consolidated ? " consolidated" : ""}"><caption>Tổng hợp kết quả xử lý đơn</caption>${head(xldTree, stubs)}<tbody>${body}</tbody></table>`,
  };
}
