// The few words the script itself says. Everything about figures comes worded from the server.

const vietnamese = {
  saving: "Đang lưu…",
  savedAt: (time: string) => `Đã lưu trên máy chủ ${time}`,
  unsaved: "Có thay đổi chưa lưu",
  offline: "Mất mạng, sẽ thử lại",
  conflict: "Số liệu vừa được người khác sửa. Tải lại trang để xem, ô bạn đang nhập chưa được lưu.",
  signedOut: "Phiên làm việc đã hết. Đăng nhập lại ở thẻ khác rồi nhập tiếp ở đây.",
  refused: "Máy chủ không nhận số liệu",
  summary: (errors: number, explain: number) =>
    errors > 0 && explain > 0 ? `Có ${errors} lỗi và ${explain} chỗ cần giải trình` : errors > 0 ? `Có ${errors} lỗi` : explain > 0 ? `Có ${explain} chỗ cần giải trình` : "Cảnh báo",
  counts: (errors: number, explain: number, warnings: number, undecided: number, unanswered: number) =>
    `${errors} lỗi · ${explain} cần giải trình · ${warnings} cảnh báo · ${undecided} chưa xét được · ${unanswered} chỗ chưa trả lời`,
  announce: (errors: number, explain: number) => (errors + explain === 0 ? "Không còn lỗi" : `Còn ${errors} lỗi, ${explain} chỗ cần giải trình`),
  explanation: "Giải trình",
  column: (name: string) => `cột ${name}`,
  undecided: "Chưa xét được: còn thiếu số liệu",
  pasted: (taken: number, skipped: number) => (skipped === 0 ? `Đã dán ${taken} ô` : `Đã dán ${taken} ô, bỏ qua ${skipped} ô không nhập được`),
};

const english: typeof vietnamese = {
  saving: "Saving…",
  savedAt: (time) => `Saved on the server ${time}`,
  unsaved: "There are changes not saved yet",
  offline: "No connection, will try again",
  conflict: "Somebody else has just changed these figures. Reload the page to see; what you are typing is not saved.",
  signedOut: "Your session has ended. Sign in again in another tab, then go on typing here.",
  refused: "The server did not take the figures",
  summary: (errors, explain) => (errors + explain === 0 ? "Warnings" : `${errors} errors, ${explain} to be explained`),
  counts: (errors, explain, warnings, undecided, unanswered) => `${errors} errors · ${explain} to be explained · ${warnings} warnings · ${undecided} undecided · ${unanswered} not answered`,
  announce: (errors, explain) => (errors + explain === 0 ? "No errors left" : `${errors} errors, ${explain} to be explained`),
  explanation: "Explanation",
  column: (name) => `column ${name}`,
  undecided: "Undecided: figures are missing",
  pasted: (taken, skipped) => (skipped === 0 ? `${taken} cells pasted` : `${taken} cells pasted, ${skipped} cells skipped`),
};

export const words = document.body.dataset["language"] === "en" ? english : vietnamese;
