//! Why something was not done with an account, as data first and words last.
//!
//! It knows no pages. Broken input: none.

use crate::plan::Bilingual;

/// Why something was not done with an account. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeopleFault {
    /// A sign-in name is 3 to 64 small letters, digits, points, hyphens or underscores.
    BadId,
    /// The sign-in name is taken.
    Exists,
    /// No name was given.
    NoName,
    /// No reason was given.
    NoReason,
    /// A name or reason is too long.
    TooLong,
    /// There is no such unit.
    UnknownUnit,
    /// The last day is before the first.
    DaysReversed,
    /// A day cannot be read.
    BadDay,
    /// The account holds this already.
    AlreadyGranted,
    /// The account does not hold this.
    NotGranted,
    /// Without this nobody would keep the system.
    LastAdministrator,
    /// There is no such account, or it is disabled.
    NoSuchAccount,
    /// Rights are lent to somebody else.
    ToOneself,
    /// The lender holds nothing of their own there that can be lent.
    NothingToLend,
    /// The same is lent to the same person on some of these days.
    AlreadyLent,
    /// The last day is past, or more than a year after the first.
    BadTerm,
    /// The delegation has ended.
    Ended,
    /// The present password is another one.
    PasswordWrong,
    /// The new password was typed differently the second time.
    PasswordsDiffer,
    /// Fewer than 12 characters.
    PasswordTooShort,
    /// More than 128 characters.
    PasswordTooLong,
    /// Many people would think of it.
    PasswordCommon,
    /// It holds the account's name.
    PasswordNamesAccount,
    /// It is the present one.
    PasswordSame,
    /// The code does not hold now, or was taken before.
    WrongCode,
    /// The text is no address of e-mail.
    BadEmail,
    /// The account has no second factor.
    NoSecondFactor,
    /// The person has no such session.
    NoSuchSession,
    /// Too many wrong passwords: so many seconds are to be waited.
    Wait(i64),
}

impl PeopleFault {
    /// The fault in words.
    pub fn wording(self) -> Bilingual {
        let (vi, en) = match self {
            PeopleFault::BadId => (
                "Tên đăng nhập gồm 3 đến 64 chữ thường không dấu, chữ số, dấu chấm, gạch nối hoặc gạch dưới.",
                "A sign-in name is 3 to 64 small letters without accents, digits, points, hyphens or underscores.",
            ),
            PeopleFault::Exists => ("Tên đăng nhập này đã có.", "This sign-in name is taken."),
            PeopleFault::NoName => ("Chưa ghi họ tên.", "The name is missing."),
            PeopleFault::NoReason => ("Chưa ghi lý do hoặc căn cứ.", "The reason is missing."),
            PeopleFault::TooLong => ("Nội dung ghi quá dài.", "The text is too long."),
            PeopleFault::UnknownUnit => (
                "Không có đơn vị này trong danh mục đơn vị.",
                "There is no such unit in the table of units.",
            ),
            PeopleFault::DaysReversed => (
                "Ngày cuối phải từ ngày đầu trở đi.",
                "The last day must not be before the first.",
            ),
            PeopleFault::BadDay => (
                "Ngày ghi theo dạng ngày/tháng/năm, ví dụ 05/01/2027.",
                "A day is written day/month/year, for example 05/01/2027.",
            ),
            PeopleFault::AlreadyGranted => (
                "Tài khoản đã có vai trò này tại đơn vị này trong thời gian đó.",
                "The account already has this role for this unit in that time.",
            ),
            PeopleFault::NotGranted => (
                "Tài khoản không có vai trò này.",
                "The account does not have this role.",
            ),
            PeopleFault::LastAdministrator => (
                "Phải luôn có ít nhất một quản trị hệ thống đang hoạt động và không có ngày cuối; hãy giao quyền quản trị cho người khác trước.",
                "There must always be an enabled administrator without a last day; make somebody else administrator first.",
            ),
            PeopleFault::NoSuchAccount => (
                "Không có tài khoản nào đang sử dụng với tên đăng nhập này.",
                "There is no account in use with this sign-in name.",
            ),
            PeopleFault::ToOneself => (
                "Không ủy quyền cho chính mình.",
                "Rights are not lent to oneself.",
            ),
            PeopleFault::NothingToLend => (
                "Chỉ ủy quyền được những quyền của chính mình tại đơn vị đó; quyền được ủy quyền, quyền soạn và ban hành chế độ, quyền quản trị hệ thống không ủy quyền.",
                "Only one's own rights for that unit can be lent; what was lent to you, writing and publishing regimes, and keeping the system cannot.",
            ),
            PeopleFault::AlreadyLent => (
                "Đã ủy quyền cho người này tại đơn vị này trong thời gian đó.",
                "The same is lent to this person in that time.",
            ),
            PeopleFault::BadTerm => (
                "Thời gian ủy quyền phải còn hiệu lực và không quá một năm.",
                "The time must not be past and not be longer than a year.",
            ),
            PeopleFault::PasswordWrong => (
                "Mật khẩu hiện tại không đúng.",
                "The present password is wrong.",
            ),
            PeopleFault::PasswordsDiffer => (
                "Hai lần ghi mật khẩu mới không giống nhau.",
                "The two new passwords differ.",
            ),
            PeopleFault::PasswordTooShort => (
                "Mật khẩu phải có ít nhất 12 ký tự; một câu ngắn dễ nhớ cũng được.",
                "A password has at least 12 characters; a short sentence will do.",
            ),
            PeopleFault::PasswordTooLong => (
                "Mật khẩu có nhiều nhất 128 ký tự.",
                "A password has at most 128 characters.",
            ),
            PeopleFault::PasswordCommon => (
                "Mật khẩu này quá phổ biến, dễ đoán; hãy chọn mật khẩu khác.",
                "Too many people would think of this password; choose another.",
            ),
            PeopleFault::PasswordNamesAccount => (
                "Mật khẩu không được chứa tên đăng nhập hoặc họ tên.",
                "A password must not hold the account's name or the person's.",
            ),
            PeopleFault::PasswordSame => (
                "Mật khẩu mới phải khác mật khẩu hiện tại.",
                "The new password must not be the present one.",
            ),
            PeopleFault::BadEmail => (
                "Địa chỉ thư điện tử không hợp lệ.",
                "This is no e-mail address.",
            ),
            PeopleFault::WrongCode => (
                "Mã không đúng hoặc đã dùng; hãy nhập mã đang hiện trên ứng dụng.",
                "The code is wrong or was used; type the one the application shows now.",
            ),
            PeopleFault::NoSecondFactor => (
                "Tài khoản chưa bật xác thực hai lớp.",
                "The account has no second factor.",
            ),
            PeopleFault::NoSuchSession => (
                "Phiên làm việc này đã kết thúc.",
                "This session has ended already.",
            ),
            PeopleFault::Wait(seconds) => {
                return Bilingual {
                    vi: format!("Nhập sai nhiều lần. Vui lòng thử lại sau {seconds} giây."),
                    en: format!("Too many failed attempts. Please try again in {seconds} seconds."),
                };
            }
            PeopleFault::Ended => (
                "Ủy quyền này đã kết thúc.",
                "This delegation has ended already.",
            ),
        };
        Bilingual {
            vi: vi.to_string(),
            en: en.to_string(),
        }
    }
}
