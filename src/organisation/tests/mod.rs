//! Tests of the organisation: tables, the tree in time, routes, and the real units of Nghệ An.

use super::{Organisation, Party, Route, UnitId, parse_successions, parse_units};
use crate::calendar::Date;
use crate::calendar::dates::parse_date;

mod country;
mod nghe_an;
mod reforms;
mod routes;
mod table_texts;
mod tree;

fn d(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn id(text: &str) -> UnitId {
    UnitId::from(text)
}

fn party(text: &str) -> Party {
    let mut words = text.split(" with ");
    let name = words.next().unwrap_or_default().to_owned();
    let tags = words
        .next()
        .map(|tags| tags.split(" and ").map(str::to_owned).collect());
    Party {
        name,
        tags: tags.unwrap_or_default(),
    }
}

/// `xa, so -> thanh_tra_tinh`
fn route(text: &str) -> Route {
    let hops = text
        .split(" -> ")
        .map(|hop| hop.split(", ").map(party).collect())
        .collect();
    Route {
        hops,
        from: None,
        until: None,
        forms: Vec::new(),
    }
}

/// Two communes in a district until the reform, one commune of another identity and the same code after it.
const UNITS: &str = "\
id,level,item,name,area_code,agency,parent,tags,valid_from,valid_to
VN,chinh_phu,chinh_phu,Chính phủ,,,,,,
TTCP,bo,bo,Thanh tra Chính phủ,,thanh_tra_chinh_phu,VN,,,
P,tinh,tinh,Tỉnh A,40,ubnd_tinh,VN,,,
P-tt,so,so,Thanh tra tỉnh,,thanh_tra_tinh,P,,,
P-nv,so,so,Sở Nội vụ,,so_noi_vu,P,chu_dau_tu,,
P-xd,so,so,Sở Xây dựng,,so_xay_dung,P,hiv chu_dau_tu,,
D,huyen,huyen,Huyện B,412,,P,,,2025-06-30
C1,xa,xa,Xã Một,17329,,D,,,2025-06-30
C2,xa,thi_tran,Thị trấn Hai,17330,,D,,,2025-06-30
C1.2025,xa,xa,Xã Một Hai,17329,,P,,2025-07-01,
Q,tinh,tinh,Tỉnh Z,42,,VN,,,
Q-tt,so,so,Thanh tra tỉnh Z,,thanh_tra_tinh,Q,,,
Q1,xa,xa,Xã Z,18000,,Q,,,
";

const SUCCESSIONS: &str = "\
old,new,date,share,basis
C1,C1.2025,2025-07-01,,Nghị quyết
C2,C1.2025,2025-07-01,,
";

fn organisation() -> Organisation {
    let (units, problems) = parse_units(UNITS);
    assert_eq!(problems, []);
    let (successions, problems) = parse_successions(SUCCESSIONS);
    assert_eq!(problems, []);
    Organisation::new(units, successions)
}

fn texts(ids: &[UnitId]) -> Vec<&str> {
    ids.iter().map(UnitId::as_str).collect()
}
