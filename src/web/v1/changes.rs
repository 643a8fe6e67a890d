//! Changing a report: saving, declaring openings, attaching files, proposing, sending, taking back.
//!
//! Each is one transaction with its answer, so that a request repeated under its idempotency key is done once. What a person must decide (approve, receive, accept) has no address here, and
//! the rights of a key never hold it. Broken input: a [`Fault`], and nothing was changed.

use crate::reports::command::Command;
use crate::reports::dispatch::{Dispatch, SendingNote};
use crate::reports::report::Report;
use crate::service::files::ChosenFile;
use crate::service::problem::ServiceError;
use crate::service::report::Batch;
use crate::service::view::ReportAddress;
use crate::web::office::Office;
use crate::web::v1::answers;
use crate::web::v1::caller::{Asked, At, Caller, RequestKey, Sent, SentBytes, address_of};
use crate::web::v1::checked;
use crate::web::v1::fault::Fault;
use crate::web::v1::reports::ReportAt;
use crate::web::v1::requests::{
    FileQuery, NoQuery, OpeningRequest, ProposeRequest, SaveRequest, SendRequest, WithdrawRequest,
};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

/// Says that the answer was given before and nothing was done this time.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// What a change came to: the report, or values that cannot be used, found out in the transaction that would have used them.
type Outcome = Result<Report, Fault>;

/// Runs a change in one transaction with its answer.
async fn done(
    office: &Office,
    caller: Caller,
    once: Option<RequestKey>,
    address: ReportAddress,
    work: impl FnOnce(&mut Batch<'_>, &Caller, &ReportAddress) -> Outcome + Send + 'static,
) -> Result<Response, Fault> {
    let once = caller.once(once);
    let now = office.now();
    let answered = office
        .run(move |service| {
            let mut unusable = None;
            let answered = service.once(once.as_ref(), now, |batch| {
                match work(batch, &caller, &address) {
                    Ok(report) => {
                        Ok(serde_json::to_vec(&answers::changed(&report)).unwrap_or_default())
                    }
                    Err(fault) => {
                        unusable = Some(fault);
                        // Leaves the transaction without a trace; the fault itself is what is answered.
                        Err(ServiceError::NotFound)
                    }
                }
            });
            Ok(match unusable {
                Some(fault) => Err(fault),
                None => answered.map_err(Fault::from),
            })
        })
        .await??;
    let mut response = Response::new(Body::from(answered.answer));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    if answered.again {
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// `POST /api/v1/reports/{regime}/{period}/{unit}/draft`
pub async fn save(
    State(office): State<Office>,
    caller: Caller,
    At(at): ReportAt,
    Asked(NoQuery {}): Asked<NoQuery>,
    Sent { body, once }: Sent<SaveRequest>,
) -> Result<Response, Fault> {
    let (address, now) = (address_of(at)?, office.now());
    done(
        &office,
        caller,
        once,
        address,
        move |batch, caller, address| {
            let plan = batch.plan(&caller.actor, address)?;
            let base = body.base;
            let change = checked::change(&plan, body)?;
            Ok(batch.save(&caller.actor, address, now, (base, change), Vec::new())?)
        },
    )
    .await
}

/// `POST /api/v1/reports/{regime}/{period}/{unit}/files`
pub async fn attach(
    State(office): State<Office>,
    caller: Caller,
    At(at): ReportAt,
    Asked(query): Asked<FileQuery>,
    SentBytes { body, once }: SentBytes,
) -> Result<Response, Fault> {
    let (address, now) = (address_of(at)?, office.now());
    done(
        &office,
        caller,
        once,
        address,
        move |batch, caller, address| {
            let plan = batch.plan(&caller.actor, address)?;
            let FileQuery {
                base,
                form,
                row,
                column,
                name,
            } = query;
            let cell = checked::file_cell(&plan, &form, &row, &column)?;
            let file = ChosenFile::of(cell, &name, body).map_err(ServiceError::File)?;
            let change = (base, Default::default());
            Ok(batch.save(&caller.actor, address, now, change, vec![file])?)
        },
    )
    .await
}

/// `POST /api/v1/reports/{regime}/{period}/{unit}/opening`
pub async fn declare_opening(
    State(office): State<Office>,
    caller: Caller,
    At(at): ReportAt,
    Asked(NoQuery {}): Asked<NoQuery>,
    Sent { body, once }: Sent<OpeningRequest>,
) -> Result<Response, Fault> {
    let (address, now) = (address_of(at)?, office.now());
    done(
        &office,
        caller,
        once,
        address,
        move |batch, caller, address| {
            let plan = batch.plan(&caller.actor, address)?;
            let cells = checked::openings(&plan, &body)?;
            let (form, reason) = (body.form, body.reason);
            let command = Command::DeclareOpening {
                form,
                cells,
                reason,
            };
            Ok(batch.command(&caller.actor, address, now, |_| command)?)
        },
    )
    .await
}

/// Runs one command that needs nothing from the plan; who may not know of the report learns nothing.
async fn step(
    office: &Office,
    caller: Caller,
    once: Option<RequestKey>,
    address: ReportAddress,
    command: Command,
) -> Result<Response, Fault> {
    let now = office.now();
    done(
        office,
        caller,
        once,
        address,
        move |batch, caller, address| {
            batch.plan(&caller.actor, address)?;
            Ok(batch.command(&caller.actor, address, now, |_| command)?)
        },
    )
    .await
}

/// `POST /api/v1/reports/{regime}/{period}/{unit}/propose`
pub async fn propose(
    State(office): State<Office>,
    caller: Caller,
    At(at): ReportAt,
    Asked(NoQuery {}): Asked<NoQuery>,
    Sent { body, once }: Sent<ProposeRequest>,
) -> Result<Response, Fault> {
    let command = Command::Propose { draft: body.draft };
    step(&office, caller, once, address_of(at)?, command).await
}

/// `POST /api/v1/reports/{regime}/{period}/{unit}/send`
pub async fn send(
    State(office): State<Office>,
    caller: Caller,
    At(at): ReportAt,
    Asked(NoQuery {}): Asked<NoQuery>,
    Sent { body, once }: Sent<SendRequest>,
) -> Result<Response, Fault> {
    let dispatch = match body.dispatch {
        None => None,
        Some(dispatch) => Some(Dispatch {
            channel: dispatch.channel.into(),
            at: checked::moment("dispatch.at", &dispatch.at)?,
            document: dispatch.document,
        }),
    };
    let command = Command::Send {
        revision: body.revision,
        note: SendingNote {
            late_reason: body.late_reason,
            dispatch,
        },
    };
    step(&office, caller, once, address_of(at)?, command).await
}

/// `POST /api/v1/reports/{regime}/{period}/{unit}/withdraw`
pub async fn withdraw(
    State(office): State<Office>,
    caller: Caller,
    At(at): ReportAt,
    Asked(NoQuery {}): Asked<NoQuery>,
    Sent { body, once }: Sent<WithdrawRequest>,
) -> Result<Response, Fault> {
    let command = Command::Withdraw {
        reason: body.reason,
    };
    step(&office, caller, once, address_of(at)?, command).await
}
