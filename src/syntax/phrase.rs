//! What an author is told about each rule of the grammar: an exhaustive match, so that no rule can be
//! added without deciding its name.
//!
//! Rules that are means of the grammar, or whose parts say more, have no name.

use super::grammar::Rule;
use super::keywords;
use crate::diagnostic::problem::syntax::Expected;

/// The name of a rule in a list of things expected; `None` if it is not to be mentioned.
pub(super) fn of(rule: Rule) -> Option<Expected> {
    let expected = match rule {
        Rule::name
        | Rule::cell_name
        | Rule::listed_name
        | Rule::path
        | Rule::rule_id
        | Rule::switched_rule
        | Rule::traits
        | Rule::row_form => Expected::Name,
        Rule::label
        | Rule::label_text
        | Rule::template
        | Rule::template_text
        | Rule::smart_text
        | Rule::heir
        | Rule::test_head => Expected::Label,
        Rule::printed | Rule::place => Expected::Code,
        Rule::integer => Expected::Integer,
        Rule::number | Rule::thousands | Rule::bound => Expected::Number,
        Rule::full_date => Expected::Date,
        Rule::day_month => Expected::DayMonth,
        Rule::part_of_year => Expected::PartOfYear,
        Rule::year_span => Expected::Year,
        Rule::clock => Expected::Clock,
        Rule::cell | Rule::cells | Rule::pick | Rule::cell_path | Rule::row_reference => {
            Expected::Cell
        }
        Rule::expr
        | Rule::conjunction
        | Rule::negation
        | Rule::comparison
        | Rule::sum
        | Rule::product
        | Rule::factor
        | Rule::parenthesis
        | Rule::name_path
        | Rule::this_row
        | Rule::this_cell
        | Rule::conditional
        | Rule::call
        | Rule::function
        | Rule::interpolated
        | Rule::when_head => Expected::Expression,
        Rule::comparison_sign => Expected::Comparison,
        Rule::who | Rule::who_name | Rule::who_list => Expected::Who,
        Rule::which | Rule::instance | Rule::period_head => Expected::PeriodKind,
        Rule::point | Rule::due => Expected::PointInTime,
        Rule::extent => Expected::Extent,
        Rule::weekday => Expected::Keyword(keywords::word(Rule::kw_monday)),
        Rule::month_of => Expected::MonthOfPeriod,
        Rule::attribute | Rule::value_type | Rule::nature | Rule::vintage | Rule::vintages => {
            Expected::Attribute
        }
        Rule::value => Expected::Value,
        Rule::given_block | Rule::lost_block => Expected::Block,
        Rule::line_end | Rule::EOI => Expected::LineEnd,
        Rule::comma => Expected::Sign(","),
        Rule::colon => Expected::Sign(":"),
        Rule::equals | Rule::formula => Expected::Sign("="),
        Rule::dots => Expected::Sign(".."),
        Rule::open_brace => Expected::Sign("{"),
        Rule::close_brace => Expected::Sign("}"),
        Rule::open_paren | Rule::digits => Expected::Sign("("),
        Rule::close_paren => Expected::Sign(")"),
        Rule::open_bracket => Expected::Sign("["),
        Rule::close_bracket => Expected::Sign("]"),
        Rule::star => Expected::Sign("*"),
        Rule::arrow => Expected::Sign("->"),
        Rule::minus | Rule::value_sign => Expected::Sign("-"),
        Rule::version => Expected::Keyword(keywords::word(Rule::kw_version)),
        Rule::dated => Expected::Keyword(keywords::word(Rule::kw_from)),
        Rule::code_attribute => Expected::Keyword(keywords::word(Rule::kw_code)),
        Rule::numbered => Expected::Keyword(keywords::word(Rule::kw_numbered)),
        Rule::decided => Expected::Keyword(keywords::word(Rule::kw_decided)),
        Rule::fixed_day => Expected::Keyword(keywords::word(Rule::kw_on)),
        Rule::for_forms => Expected::Keyword(keywords::word(Rule::kw_for_forms)),
        Rule::relation => Expected::Keyword(keywords::word(Rule::kw_derived_from)),
        Rule::on_holiday => Expected::Keyword(keywords::word(Rule::kw_on_holiday)),
        Rule::message => Expected::Keyword(keywords::word(Rule::kw_message)),
        Rule::only => Expected::Keyword(keywords::word(Rule::kw_only_in)),
        Rule::grouped => Expected::Keyword(keywords::word(Rule::kw_grouped_by)),
        Rule::rows => Expected::Keyword(keywords::word(Rule::kw_rows_from)),
        Rule::own_measure_of => Expected::Keyword(keywords::word(Rule::kw_own_measure)),
        Rule::measure_of => Expected::Keyword(keywords::word(Rule::kw_measure)),
        Rule::kw_regime
        | Rule::kw_form
        | Rule::kw_list
        | Rule::kw_catalog
        | Rule::kw_item
        | Rule::kw_level
        | Rule::kw_tag
        | Rule::kw_trait
        | Rule::kw_agency
        | Rule::kw_measure
        | Rule::kw_own_measure
        | Rule::kw_calendar
        | Rule::kw_indicator
        | Rule::kw_target
        | Rule::kw_period_kind
        | Rule::kw_export
        | Rule::kw_units
        | Rule::kw_links
        | Rule::kw_successors
        | Rule::kw_event
        | Rule::kw_test
        | Rule::kw_numbered
        | Rule::kw_year_starts
        | Rule::kw_holiday
        | Rule::kw_on
        | Rule::kw_lunar
        | Rule::kw_decided
        | Rule::kw_decisions
        | Rule::kw_given_to
        | Rule::kw_adds_up
        | Rule::kw_owner
        | Rule::kw_broken_down_by
        | Rule::kw_defined_as
        | Rule::kw_basis
        | Rule::kw_issuer
        | Rule::kw_version
        | Rule::kw_in_force_from
        | Rule::kw_track
        | Rule::kw_statistical
        | Rule::kw_reporters
        | Rule::kw_recipient
        | Rule::kw_channel
        | Rule::kw_sign_by
        | Rule::kw_opened_by
        | Rule::kw_closed_by
        | Rule::kw_route
        | Rule::kw_suspend
        | Rule::kw_along_the_tree
        | Rule::kw_arrow
        | Rule::kw_with
        | Rule::kw_for_forms
        | Rule::kw_from
        | Rule::kw_to
        | Rule::kw_until
        | Rule::kw_period
        | Rule::kw_daily_of
        | Rule::kw_end_of
        | Rule::kw_on_request
        | Rule::kw_month
        | Rule::kw_quarter
        | Rule::kw_first_half
        | Rule::kw_second_half
        | Rule::kw_nine_months
        | Rule::kw_year
        | Rule::kw_derived_from
        | Rule::kw_checked_against
        | Rule::kw_independent
        | Rule::kw_window
        | Rule::kw_covers
        | Rule::kw_decree_09
        | Rule::kw_calendar_window
        | Rule::kw_at
        | Rule::kw_whole_event
        | Rule::kw_day
        | Rule::kw_last_day
        | Rule::kw_of_month_before
        | Rule::kw_of_first_month
        | Rule::kw_of_last_month
        | Rule::kw_of_month_after
        | Rule::kw_last_year
        | Rule::kw_next_year
        | Rule::kw_deadline
        | Rule::kw_first_report
        | Rule::kw_by_deadline
        | Rule::kw_before
        | Rule::kw_local
        | Rule::kw_working_days
        | Rule::kw_days
        | Rule::kw_hours
        | Rule::kw_after
        | Rule::kw_cutoff
        | Rule::kw_event_start
        | Rule::kw_event_end
        | Rule::kw_on_holiday
        | Rule::kw_next_holiday
        | Rule::kw_previous_holiday
        | Rule::kw_unchanged
        | Rule::kw_waived_when
        | Rule::kw_figures_are
        | Rule::kw_estimate
        | Rule::kw_preliminary
        | Rule::kw_final
        | Rule::kw_only_in
        | Rule::kw_only_for
        | Rule::kw_only_when
        | Rule::kw_default
        | Rule::kw_rows_each_reporting_unit
        | Rule::kw_rows_chosen_from
        | Rule::kw_rows_from
        | Rule::kw_rows_grouped_by
        | Rule::kw_consolidated
        | Rule::kw_each_reporting_unit
        | Rule::kw_each
        | Rule::kw_grouped_by
        | Rule::kw_column
        | Rule::kw_row
        | Rule::kw_group
        | Rule::kw_total_row
        | Rule::kw_total_group
        | Rule::kw_field
        | Rule::kw_key
        | Rule::kw_unique
        | Rule::kw_merged
        | Rule::kw_count_type
        | Rule::kw_integer
        | Rule::kw_decimal
        | Rule::kw_percent
        | Rule::kw_text
        | Rule::kw_date
        | Rule::kw_yes_or_no
        | Rule::kw_choice
        | Rule::kw_file
        | Rule::kw_reporter_type
        | Rule::kw_matching
        | Rule::kw_flow
        | Rule::kw_opening_nature
        | Rule::kw_stock
        | Rule::kw_since_year
        | Rule::kw_since_event
        | Rule::kw_since_start
        | Rule::kw_period_average
        | Rule::kw_index
        | Rule::kw_score
        | Rule::kw_not_over_time
        | Rule::kw_average_by
        | Rule::kw_range
        | Rule::kw_optional
        | Rule::kw_required_when
        | Rule::kw_closed_when
        | Rule::kw_closed_attribute
        | Rule::kw_entered
        | Rule::kw_only
        | Rule::kw_filled_by
        | Rule::kw_for_previous
        | Rule::kw_plan_attribute
        | Rule::kw_planned
        | Rule::kw_from_registry
        | Rule::kw_same_for
        | Rule::kw_split
        | Rule::kw_by_catalog
        | Rule::kw_of_which
        | Rule::kw_carry_from
        | Rule::kw_within
        | Rule::kw_shows
        | Rule::kw_ordinal
        | Rule::kw_label
        | Rule::kw_measure_stub
        | Rule::kw_code
        | Rule::kw_printed_as
        | Rule::kw_balance
        | Rule::kw_check
        | Rule::kw_warn
        | Rule::kw_message
        | Rule::kw_explain
        | Rule::kw_rounded
        | Rule::kw_when
        | Rule::kw_in
        | Rule::kw_and
        | Rule::kw_or
        | Rule::kw_not
        | Rule::kw_outline
        | Rule::kw_section
        | Rule::kw_narrative
        | Rule::kw_sentence
        | Rule::kw_table
        | Rule::kw_for_next
        | Rule::kw_as_change
        | Rule::kw_sum
        | Rule::kw_min
        | Rule::kw_max
        | Rule::kw_round
        | Rule::kw_abs
        | Rule::kw_number
        | Rule::kw_blank_function
        | Rule::kw_previous_function
        | Rule::kw_year_ago
        | Rule::kw_year_to_date
        | Rule::kw_plan_function
        | Rule::kw_opening_function
        | Rule::kw_count_function
        | Rule::kw_growth
        | Rule::kw_rank
        | Rule::kw_sum_below
        | Rule::kw_count_below
        | Rule::kw_where
        | Rule::kw_distinct
        | Rule::kw_over_events
        | Rule::kw_total
        | Rule::kw_nil
        | Rule::kw_blank_value
        | Rule::kw_closed_value
        | Rule::kw_yes
        | Rule::kw_no
        | Rule::kw_migrate_from_version
        | Rule::kw_same
        | Rule::kw_move
        | Rule::kw_merge
        | Rule::kw_drop
        | Rule::kw_of
        | Rule::kw_given
        | Rule::kw_given_previous
        | Rule::kw_given_event
        | Rule::kw_given_plan
        | Rule::kw_given_succession
        | Rule::kw_given_registry
        | Rule::kw_reporter
        | Rule::kw_columns
        | Rule::kw_missing
        | Rule::kw_partial
        | Rule::kw_of_number
        | Rule::kw_expect
        | Rule::kw_valid
        | Rule::kw_fails
        | Rule::kw_warns
        | Rule::kw_undecided
        | Rule::kw_holds
        | Rule::kw_inapplicable
        | Rule::kw_due
        | Rule::kw_prints
        | Rule::kw_campaign
        | Rule::kw_rule
        | Rule::kw_week
        | Rule::kw_ten_days
        | Rule::kw_starting
        | Rule::kw_monday
        | Rule::kw_tuesday
        | Rule::kw_wednesday
        | Rule::kw_thursday
        | Rule::kw_friday
        | Rule::kw_saturday
        | Rule::kw_sunday
        | Rule::kw_if
        | Rule::kw_then
        | Rule::kw_else
        | Rule::kw_for_each
        | Rule::kw_cell
        | Rule::kw_off
        | Rule::kw_becomes
        | Rule::kw_given_narrative
        | Rule::kw_event_begins
        | Rule::kw_event_ends
        | Rule::kw_complete => Expected::Keyword(keywords::word(rule)),
        Rule::WHITESPACE
        | Rule::comment
        | Rule::comment_text
        | Rule::sp
        | Rule::idc
        | Rule::nl
        | Rule::sep
        | Rule::open
        | Rule::missing_open
        | Rule::section_open
        | Rule::given_begins
        | Rule::test_start
        | Rule::close
        | Rule::missing_close
        | Rule::missing_end
        | Rule::close_inside
        | Rule::head_end
        | Rule::inside
        | Rule::leading
        | Rule::leading_declaration
        | Rule::lost_words
        | Rule::any_attribute
        | Rule::bad_head
        | Rule::top_start
        | Rule::stray
        | Rule::stray_at_top
        | Rule::strays_at_top
        | Rule::lost_head
        | Rule::lost_line
        | Rule::lost_text
        | Rule::lost_gap
        | Rule::quoted
        | Rule::trailing_brace
        | Rule::continuation
        | Rule::stray_close
        | Rule::any_member
        | Rule::any_statement
        | Rule::lone_statement
        | Rule::headless
        | Rule::printed_part
        | Rule::capitals
        | Rule::code
        | Rule::decimal_comma
        | Rule::missing_quote
        | Rule::interpolation
        | Rule::bad_interpolation
        | Rule::file
        | Rule::item
        | Rule::measure
        | Rule::level
        | Rule::entries
        | Rule::entry
        | Rule::units
        | Rule::links
        | Rule::successors
        | Rule::tag
        | Rule::r#trait
        | Rule::agency
        | Rule::catalog
        | Rule::period_kind
        | Rule::target
        | Rule::indicator
        | Rule::campaign
        | Rule::rule_switch
        | Rule::severity
        | Rule::calendar
        | Rule::calendar_member
        | Rule::holiday
        | Rule::lunar_table
        | Rule::decisions_table
        | Rule::export
        | Rule::export_member
        | Rule::export_period
        | Rule::regime
        | Rule::regime_head
        | Rule::regime_member
        | Rule::basis
        | Rule::issuer
        | Rule::track
        | Rule::reporters
        | Rule::recipient
        | Rule::channel
        | Rule::sign_by
        | Rule::not_who
        | Rule::suspend
        | Rule::route
        | Rule::window
        | Rule::covers
        | Rule::period
        | Rule::period_block
        | Rule::period_member
        | Rule::waived
        | Rule::figures
        | Rule::deadline
        | Rule::delay
        | Rule::event
        | Rule::event_head
        | Rule::event_member
        | Rule::opened_by
        | Rule::closed_by
        | Rule::only_statement
        | Rule::form
        | Rule::form_head
        | Rule::form_member
        | Rule::list
        | Rule::list_head
        | Rule::list_member
        | Rule::key
        | Rule::rows_grouped
        | Rule::default
        | Rule::rows_statement
        | Rule::consolidated
        | Rule::total_row
        | Rule::total_group
        | Rule::column
        | Rule::cell_head
        | Rule::group
        | Rule::group_head
        | Rule::group_member
        | Rule::row
        | Rule::row_block
        | Rule::row_member
        | Rule::field
        | Rule::indicator_of
        | Rule::range
        | Rule::required_when
        | Rule::closed_when
        | Rule::closed_cells
        | Rule::entered
        | Rule::only_cell
        | Rule::carry_from
        | Rule::within
        | Rule::shows
        | Rule::printed_as
        | Rule::plan_of
        | Rule::filled_by
        | Rule::owner
        | Rule::broken_down_by
        | Rule::defined_as
        | Rule::matching
        | Rule::same_for
        | Rule::split
        | Rule::of_which
        | Rule::rule_statement
        | Rule::rule_start
        | Rule::repeated_place
        | Rule::side
        | Rule::otherwise
        | Rule::repeated
        | Rule::tail
        | Rule::balance
        | Rule::check
        | Rule::warn
        | Rule::when
        | Rule::sum_sign
        | Rule::product_sign
        | Rule::slash
        | Rule::own_rule
        | Rule::own_rule_name
        | Rule::rule_number
        | Rule::unnamed_rule
        | Rule::primary
        | Rule::reserved
        | Rule::outline
        | Rule::outline_member
        | Rule::section
        | Rule::section_head
        | Rule::section_block
        | Rule::narrative
        | Rule::sentence
        | Rule::table
        | Rule::migrate
        | Rule::migrate_member
        | Rule::same
        | Rule::r#move
        | Rule::merge
        | Rule::drop
        | Rule::test
        | Rule::test_member
        | Rule::test_reporter
        | Rule::test_period
        | Rule::given_succession
        | Rule::given_event
        | Rule::event_block
        | Rule::facts_block
        | Rule::event_moment
        | Rule::given_plan
        | Rule::given_registry
        | Rule::given_narrative
        | Rule::given
        | Rule::given_data
        | Rule::given_table
        | Rule::table_row
        | Rule::given_row
        | Rule::row_cells
        | Rule::given_stray
        | Rule::misplaced
        | Rule::braced
        | Rule::pair
        | Rule::expect
        | Rule::expect_outcome
        | Rule::expect_due
        | Rule::expect_extent
        | Rule::expect_prints
        | Rule::expect_route
        | Rule::expect_value
        | Rule::look_item
        | Rule::look_entry
        | Rule::look_calendar
        | Rule::look_export
        | Rule::look_regime
        | Rule::look_period
        | Rule::look_event
        | Rule::look_form
        | Rule::look_list
        | Rule::look_group
        | Rule::look_row
        | Rule::look_when
        | Rule::look_outline
        | Rule::look_migrate
        | Rule::look_test
        | Rule::look_given
        | Rule::look_event_given
        | Rule::look_facts
        | Rule::look_regime_head
        | Rule::look_form_head
        | Rule::look_list_head
        | Rule::look_group_head
        | Rule::look_event_head
        | Rule::look_period_head
        | Rule::look_section_head
        | Rule::look_when_head
        | Rule::look_test_head => return None,
    };
    Some(expected)
}
