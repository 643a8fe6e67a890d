//! Nguồn gốc chỉ tiêu as the protocol's call hierarchy: what a figure calls is what it is made of, and what calls it is made of it.
//!
//! A figure travels to the client and back as data of the item, so that nothing is remembered between two questions. A figure that is no longer there has empty answers.

use super::outline::kind;
use crate::diagnostic::Label;
use crate::ide::hierarchy::{self, Figure, Link, Origin};
use crate::lsp::refusal::Answer;
use crate::lsp::view::{ProjectView, View};
use serde::{Deserialize, Serialize};
use tower_lsp::lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, Range,
};

/// A figure as data of an item.
#[derive(Serialize, Deserialize)]
struct Sent {
    regime: String,
    version: u32,
    form: String,
    row: Option<String>,
    column: Option<String>,
}

fn item(project: &ProjectView, origin: Origin) -> Option<CallHierarchyItem> {
    let whole = project.location(origin.declared.whole)?;
    let selected = project.location(origin.declared.selected)?;
    let Figure {
        regime,
        version,
        form,
        row,
        column,
    } = origin.figure;
    Some(CallHierarchyItem {
        name: origin.title,
        detail: Some(format!("{} · {regime}", origin.label)),
        kind: kind(origin.declared.kind),
        tags: None,
        uri: whole.uri,
        range: whole.range,
        selection_range: selected.range,
        data: serde_json::to_value(Sent {
            regime,
            version,
            form,
            row,
            column,
        })
        .ok(),
    })
}

fn figure(item: &CallHierarchyItem) -> Option<Figure> {
    let sent: Sent = serde_json::from_value(item.data.clone()?).ok()?;
    Some(Figure {
        regime: sent.regime,
        version: sent.version,
        form: sent.form,
        row: sent.row,
        column: sent.column,
    })
}

/// The figure at a place.
pub fn prepare(
    view: &View,
    asked: CallHierarchyPrepareParams,
) -> Answer<Option<Vec<CallHierarchyItem>>> {
    let Some((document, offset)) = view.at(&asked.text_document_position_params) else {
        return Ok(None);
    };
    let origin = hierarchy::prepare(document.snapshot(), document.file, offset);
    let item = origin.and_then(|origin| item(document.project, origin));
    Ok(item.map(|item| vec![item]))
}

/// What is made of a figure.
pub fn incoming(
    view: &View,
    asked: CallHierarchyIncomingCallsParams,
) -> Answer<Option<Vec<CallHierarchyIncomingCall>>> {
    let (Some(document), Some(figure)) = (view.document(&asked.item.uri), figure(&asked.item))
    else {
        return Ok(None);
    };
    let links = hierarchy::makes(document.snapshot(), &figure).into_iter();
    let calls = links.filter_map(|link| {
        let (from_ranges, origin) = places(document.project, link);
        Some(CallHierarchyIncomingCall {
            from: item(document.project, origin)?,
            from_ranges,
        })
    });
    Ok(Some(calls.collect()))
}

/// What a figure is made of.
pub fn outgoing(
    view: &View,
    asked: CallHierarchyOutgoingCallsParams,
) -> Answer<Option<Vec<CallHierarchyOutgoingCall>>> {
    let (Some(document), Some(figure)) = (view.document(&asked.item.uri), figure(&asked.item))
    else {
        return Ok(None);
    };
    let links = hierarchy::made_of(document.snapshot(), &figure).into_iter();
    let calls = links.filter_map(|link| {
        let (from_ranges, origin) = places(document.project, link);
        Some(CallHierarchyOutgoingCall {
            to: item(document.project, origin)?,
            from_ranges,
        })
    });
    Ok(Some(calls.collect()))
}

/// Where the reading stands, and the figure at the other end.
fn places(project: &ProjectView, link: Link) -> (Vec<Range>, Origin) {
    let range = |label: &Label| project.location(*label).map(|place| place.range);
    (link.places.iter().filter_map(range).collect(), link.origin)
}
