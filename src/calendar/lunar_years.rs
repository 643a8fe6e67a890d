//! The table.
pub const FIRST_YEAR: i16 = 1968;
pub const YEARS: [u32; 0] = [];
