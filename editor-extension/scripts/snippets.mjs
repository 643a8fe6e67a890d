// Skeletons of statements in both spellings. A word between < and > is a keyword of the table by its rule; ${1:…} is a place to type.
// They hold no meaning of their own: tests/tidy.rs reads every one of them with the compiler's own reader.

/** Name of the keyword it is called by, description vi/en, lines with places in Vietnamese and English. */
const SHAPES = [
  {
    keyword: "kw_regime",
    vi: "Một chế độ báo cáo với phần căn cứ, kỳ và hạn",
    en: "A reporting regime with its legal basis, period and deadline",
    body: [
      '<kw_regime> ${1:MA_CHE_DO} "${2:Tên chế độ báo cáo|Title of the regime}" <kw_version> 1 <kw_in_force_from> ${3:01/01/2026} {',
      '  <kw_basis> "${4:Số, ký hiệu văn bản|Number of the legal act}"',
      '  <kw_issuer> "${5:Cơ quan ban hành|Issuing agency}"',
      "  <kw_reporters> ${6:xa}",
      "  <kw_route> ${6:xa} <kw_arrow> ${7:so}",
      "  <kw_window> <kw_decree_09>",
      "  <kw_period> <kw_quarter>",
      "  <kw_deadline> ${6:xa} <kw_by_deadline> <kw_day> ${8:20} <kw_of_last_month>",
      "",
      '  <kw_form> ${9:B01} "${10:01/BC}" "${11:TÊN BIỂU|TITLE OF THE FORM}" {',
      '    <kw_column> "${12:Đơn vị|Unit}" <kw_shows> <kw_label>',
      '    <kw_column> 1 tong "${13:Tổng số|Total}" <kw_measure> ${14:ho_so}$0',
      "  }",
      "}",
    ],
  },
  {
    keyword: "kw_form",
    vi: "Biểu với các cột",
    en: "A form with columns",
    body: [
      '<kw_form> ${1:B01} "${2:01/BC}" "${3:TÊN BIỂU|TITLE OF THE FORM}" {',
      "  <kw_default> <kw_measure> ${4:ho_so}",
      '  <kw_column> "${5:Chỉ tiêu|Item}" <kw_shows> <kw_label>',
      '  <kw_column> 1 tong "${6:Tổng số|Total}"$0',
      "}",
    ],
  },
  {
    keyword: "kw_list",
    vi: "Danh sách với khóa",
    en: "A list with a key",
    body: ['<kw_list> ${1:DS01} "${2:DANH SÁCH|LIST}" {', '  <kw_field> 1 ${3:ten} "${4:Tên|Name}" <kw_text>', "  <kw_key> ${3:ten}$0", "}"],
  },
  { keyword: "kw_column", vi: "Cột", en: "A column", body: ['<kw_column> ${1:1} ${2:ten_cot} "${3:Tên cột|Heading}" <kw_measure> ${4:ho_so}$0'] },
  {
    keyword: "kw_group",
    vi: "Nhóm cột",
    en: "A group of columns",
    body: ['<kw_group> "${1:Trong đó|Of which}" {', '  <kw_column> ${2:2} ${3:ten_cot} "${4:Tên cột|Heading}"$0', "}"],
  },
  { keyword: "kw_row", vi: "Dòng", en: "A row", body: ['<kw_row> ${1:1} ${2:ten_dong} "${3:Tên dòng|Label}"$0'] },
  {
    keyword: "kw_check",
    vi: "Kiểm tra: sai thì không gửi được",
    en: "A check: a report that breaks it cannot be sent",
    body: ['<kw_check> ${1:K1}: [${2:2}] <= [${3:1}]', '  <kw_message> "${4:Cột {[2]\\} không được lớn hơn cột {[1]\\}|Column {[2]\\} must not exceed column {[1]\\}}"$0'],
  },
  {
    keyword: "kw_warn",
    vi: "Cảnh báo, yêu cầu giải trình",
    en: "A warning that asks for an explanation",
    body: ['<kw_warn> ${1:C1}: [${2:1}] <= 120% * <kw_year_ago>([${2:1}]) <kw_explain>$0'],
  },
  { keyword: "kw_balance", vi: "Cân đối giữa các ô", en: "A balance between cells", body: ["<kw_balance> ${1:D1}: [${2:1}] = [${3:2}] + [${4:3}]$0"] },
  { keyword: "kw_period", vi: "Kỳ báo cáo", en: "Reporting periods", body: ["<kw_period> <kw_quarter>, <kw_first_half>, <kw_nine_months>, <kw_year>$0"] },
  {
    keyword: "kw_deadline",
    vi: "Hạn gửi",
    en: "A deadline",
    body: ["<kw_deadline> ${1:xa} <kw_by_deadline> <kw_day> ${2:20} <kw_of_last_month>$0"],
  },
  {
    keyword: "kw_test",
    vi: "Ca kiểm thử",
    en: "A test",
    body: [
      '<kw_test> "${1:Trường hợp hợp lệ|A valid report}" {',
      '  <kw_reporter> "${2:Xã A|Commune A}"',
      "  <kw_period> <kw_quarter> ${3:1/2026}",
      "  <kw_given> ${4:B01} { ${5:1}: ${6:0} }",
      "  <kw_expect> <kw_valid>$0",
      "}",
    ],
  },
  { keyword: "kw_measure", vi: "Đơn vị tính", en: "A measure", body: ['<kw_measure> ${1:ho_so} "${2:hồ sơ|file}"$0'] },
  {
    keyword: "kw_catalog",
    vi: "Danh mục",
    en: "A catalogue",
    body: ['<kw_catalog> ${1:loai} "${2:Loại|Kind}" {', '  <kw_item> ${3:mot} "${4:Loại một|First kind}"$0', "}"],
  },
  { keyword: "kw_indicator", vi: "Chỉ tiêu dùng chung", en: "A shared indicator", body: ['<kw_indicator> ${1:CHI_TIEU} "${2:Tên chỉ tiêu|Name}" <kw_measure> ${3:ho_so}$0'] },
];

/** Vietnamese without accents, so that `bieu` finds `biểu`. */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
}

/** @param {import("./keywords.mjs").Keyword[]} keywords */
export function snippets(keywords) {
  const spelling = (rule, language) => {
    const row = keywords.find((one) => one.rule === rule);
    if (!row) {
      throw new Error(`no keyword is called ${rule}`);
    }
    return language === "vi" ? row.vietnamese : row.english;
  };
  const found = {};
  for (const language of ["vi", "en"]) {
    for (const shape of SHAPES) {
      const name = spelling(shape.keyword, language);
      const body = shape.body.map((line) =>
        line
          .replace(/<(kw_\w+)>/g, (_, rule) => spelling(rule, language))
          // A default in two languages: the Vietnamese before the bar, the English after it.
          .replace(/\$\{(\d+):((?:[^}|\\]|\\.)*)\|((?:[^}\\]|\\.)*)\}/g, (_, place, vi, en) => `\${${place}:${language === "vi" ? vi : en}}`)
          .replace(/^( {2})+/, (indent) => "\t".repeat(indent.length / 2)),
      );
      found[`${name} (${language})`] = {
        prefix: [...new Set([name, plain(name)])],
        description: language === "vi" ? shape.vi : shape.en,
        body,
      };
    }
  }
  return found;
}
