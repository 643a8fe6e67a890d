//! Why a service call was not done, as data first and words last.
//!
//! A person who may not know that something exists gets the same answer as for something that does not exist. Broken input: none.

use crate::organisation::RouteError;
use crate::plan::{Bilingual, PlanProblem};
use crate::reports::refusal::Refusal;
use crate::service::drafts::DraftFault;
use crate::service::events::EventFault;
use crate::service::files::FileFault;
use crate::service::people::fault::PeopleFault;
use crate::service::rulings::RulingFault;
use crate::service::tokens::TokenFault;
use crate::service::unit_changes::UnitsFault;
use crate::store::error::StoreError;

/// Why a service call was not done. Nothing was changed.
#[derive(Debug)]
pub enum ServiceError {
    /// There is no such regime, period, unit, form or cell, or the actor may not know of it.
    NotFound,
    /// It exists, but this is not the actor's to do.
    Forbidden,
    /// The report's state machine refused.
    Refused(Refusal),
    /// The unit's routes lead nowhere or to several bodies.
    Route(RouteError),
    /// A stored plan cannot be read.
    Plan(PlanProblem),
    /// An event was not opened or closed.
    Event(EventFault),
    /// Nothing was decided about what is owed.
    Ruling(RulingFault),
    /// Tables of units or of rest days were not changed.
    Units(UnitsFault),
    /// A file was not attached.
    File(FileFault),
    /// Something was not done with a draft of a regime.
    Draft(DraftFault),
    /// Something was not done with an account.
    People(PeopleFault),
    /// Nothing was done with a key of the JSON interface.
    Token(TokenFault),
    /// The store refused or failed.
    Store(StoreError),
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> ServiceError {
        ServiceError::Store(error)
    }
}

impl From<EventFault> for ServiceError {
    fn from(fault: EventFault) -> ServiceError {
        ServiceError::Event(fault)
    }
}

impl From<RulingFault> for ServiceError {
    fn from(fault: RulingFault) -> ServiceError {
        ServiceError::Ruling(fault)
    }
}

impl From<UnitsFault> for ServiceError {
    fn from(fault: UnitsFault) -> ServiceError {
        ServiceError::Units(fault)
    }
}

impl From<DraftFault> for ServiceError {
    fn from(fault: DraftFault) -> ServiceError {
        ServiceError::Draft(fault)
    }
}

impl From<PeopleFault> for ServiceError {
    fn from(fault: PeopleFault) -> ServiceError {
        ServiceError::People(fault)
    }
}

impl From<TokenFault> for ServiceError {
    fn from(fault: TokenFault) -> ServiceError {
        ServiceError::Token(fault)
    }
}

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> ServiceError {
        ServiceError::Refused(refusal)
    }
}

impl ServiceError {
    /// The words for the person who asked.
    pub fn wording(&self) -> Bilingual {
        let (vi, en) = match self {
            ServiceError::NotFound => ("Không tìm thấy nội dung này.", "There is no such thing."),
            ServiceError::Forbidden => (
                "Tài khoản của bạn không có quyền thực hiện việc này.",
                "Your account may not do this.",
            ),
            ServiceError::Refused(refusal) => return refusal.wording(),
            ServiceError::Event(fault) => return fault.wording(),
            ServiceError::Draft(fault) => return fault.wording(),
            ServiceError::People(fault) => return fault.wording(),
            ServiceError::Token(fault) => return fault.wording(),
            ServiceError::Ruling(fault) => return fault.wording(),
            ServiceError::Units(fault) => return fault.wording(),
            ServiceError::File(fault) => return capital(fault.wording()),
            ServiceError::Route(_) => (
                "Chưa xác định được nơi nhận báo cáo của đơn vị này; đề nghị Văn phòng kiểm tra luồng báo cáo.",
                "The recipient of this unit's report is not determined; the Provincial Office should check the routes.",
            ),
            ServiceError::Plan(_) => (
                "Bản biên dịch của chế độ báo cáo lưu trong hệ thống không đọc được; đề nghị báo quản trị hệ thống.",
                "The stored plan of the regime cannot be read; please tell the administrator.",
            ),
            ServiceError::Store(error) => return error.wording(),
        };
        Bilingual {
            vi: vi.to_string(),
            en: en.to_string(),
        }
    }
}

/// The end of a sentence as a sentence.
fn capital(words: Bilingual) -> Bilingual {
    let one = |text: &str| {
        let mut letters = text.chars();
        let first = letters.next().map(char::to_uppercase);
        let sentence: String = first.into_iter().flatten().chain(letters).collect();
        format!("{sentence}.")
    };
    Bilingual {
        vi: one(&words.vi),
        en: one(&words.en),
    }
}
