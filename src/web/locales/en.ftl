# The words of the pages, in English. Every key here is in vi.ftl and the other way round.

product = Reporting information system
skip = Skip to main content
navigation = Services
breadcrumb = Where you are
switch-language = Tiếng Việt
unit-switcher = Unit you work for
unit-all = All my units
unit-switch = Choose
sign-out = Sign out
footer = { $province } · Reporting information system
clock = System time: { $now }
demo-strip = Demonstration with invented figures · system time { $now }
back-home = Back to your work

# Signing in
sign-in = Sign in
account-name = Account name
password = Password
password-hint = Given out by the province's administrator
sign-in-failed = The account name or the password is wrong.
sign-in-wait = Too many failed attempts. Please try again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}.

# Navigation
nav-work = Work to do
nav-collections = Consolidation
nav-regimes = Reporting regimes
nav-admin = Administration
crumb-history = History

# Work to do
work = Work to do
work-caption = { $unit } · today is { $date }
work-caption-all = Today is { $date }
work-none = There is nothing to do now.
work-returned = Returned
work-to-approve = To approve
work-to-send = Approved, to send
work-to-fill = To report
work-upcoming = Periods still open, before their cut-off
work-done = Sent
work-reason = Returned because: { $reason }
due-on = due { $date }
due-unset = no deadline set
due-left = { $days ->
    [one] one day left
   *[other] { $days } days left
}
due-today = due today
late-by = { $days ->
    [one] one day late
   *[other] { $days } days late
}
late-hours = late, same day
on-time = on time
sent-late-by = { $days ->
    [one] sent one day late
   *[other] sent { $days } days late
}
not-sent = not sent

# Consolidation
collections = Consolidation
collections-heading = Reports to consolidate
collections-none = There is no report for you to consolidate.
board = Who has reported
board-filters = Filter by standing
board-caption = { $shown } of { $total } reporting units
board-empty = There is no unit in this group.
filter-all = All
filter-on-time = On time
filter-late = Late
filter-returned = Returned
filter-missing = Not sent
open-total = Open consolidated form { $form }
col-regime = Reporting regime
col-period = Period
col-due = Deadline
col-received = Received
col-accepted = Accepted
col-late = Late
col-returned = Returned
col-totals = Consolidated form
col-unit = Unit
col-row = Row
col-kind = Kind
col-state = Standing
col-sent-at = Sent at
col-revision = Revision
col-actions = Actions
received-of = { $received }/{ $expected } units
coverage-of = { $received }/{ $due } { $kind }
coverage-units = units
coverage-missing = , missing:
coverage-more = and { $count ->
    [one] one more unit
   *[other] { $count } more units
}
coverage-all = Show the missing units
consolidated = Consolidated form
consolidated-hint = Open a figure to see its formula, its units and the cells it comes from. Marked figures do not cover all units yet.
row-choice = Rows
rows-by-unit = By unit
rows-of-list = Row by row
list-conflicts = The lists of the units contradict one another
whole-outline = In words
whole-narratives = { $label }: written by { $count } units
forms-absent = Not part of this report: { $forms }.
rows-by-catalog = By { $catalog }
row-total = Total
group-unregistered = Not in the register
partial-of-parts = { $answered } of { $due } periods so far
partial-of = { $answered } of { $due } units so far

# One figure
figure-coverage = Coverage
figure-complete = { $answered }/{ $due } units
figure-partial = { $answered }/{ $due } units; missing: { $missing }
figure-nature = Nature
figure-sum = Sum of column { $column } over the units that reported
figure-formula = Recomputed from consolidated figures by the formula
figure-rows = Sum of the rows of the form
figure-words = Each unit's own words
figure-entered = Entered by the unit
figure-carried = Carried over from the preceding period
figure-operands = Figures it is made of
figure-operand = Figure
figure-value = Value
figure-sources = Cells this figure comes from
figure-no-sources = No unit has a figure for this cell yet.
figure-revision = Revision
figure-author = Prepared by
figure-approver = Approved by
figure-when = Sent at
figure-uneven = Numerator and denominator do not rest on the same units yet ({ $numerator } and { $denominator } units).
figure-whole = whole province
nature-flow = Happens during the period
nature-stock = Stands at the end of the period
nature-opening = Stands at the start of the period
nature-not-over-time = Does not add up over time
nature-ratio = Ratio, recomputed at every level
nature-mixed = Recomputed from its parts
nature-period-average = Mean over the period
nature-average-by = Weighted mean
nature-index = Index, never added
nature-score = Score, never added
nature-none = Never added

# The report page
group-unanswered = Not stated: { $field }
form-sign = Form { $sign }
form-symbol = Form no. { $sign }
form-basis = Issued with { $basis }
forms = Forms
fact-unit = Reporting unit
fact-recipient = Recipient
fact-due = Deadline
fact-state = Standing
period-day-of-event = Day { $date } – { $title }
period-end-of-event = End – { $title }
period-line = Period: { $period } (from { $from } to { $to })
revision-note = revision { $number }
revision-sent = revision { $number }, sent { $when }
open-history = History of the report
measure = Unit of measure: { $measure }
no-rows = No row has been chosen yet.
column = column { $column }
cell-label = { $row }, { $column }
column-name = column { $code } { $label }
explanation = Explanation
returned-by-head = Returned by the head of the unit
returned-by-recipient = Returned by the recipient
returned-answered = What was returned last time
remark = { $column } – returned by { $name } { $when }
said-by = { $name }, { $when }
title-error = Errors:
summary-both = { $errors ->
    [one] One error
   *[other] { $errors } errors
} and { $explain } to be explained
summary-errors = { $errors ->
    [one] One error
   *[other] { $errors } errors
}
summary-explain = { $explain } to be explained
summary-warnings = Warnings
summary-counts = { $errors } errors · { $explain } to be explained · { $warnings } warnings · { $undecided } undecided · { $unanswered } not answered
summary-unanswered = { $count ->
    [one] One cell is not answered
   *[other] { $count } cells are not answered
}
summary-more = { $count ->
    [one] One more item
   *[other] { $count } more items
}
unanswered-cells = { $count } cells are not answered: columns { $columns }; enter figures, or “-” where nothing happened
undecided = Undecided: figures are missing
checked-clean = Checked: there are no errors; the report may be proposed.
save = Save draft
saved-at = Saved on the server { $when }
not-saved = Not saved yet
check = Check
nil = Nothing to report
propose = Propose to the head
add-row = Add row
add-row-label = Add a row from { $catalog }
remove-row = Remove row
choose = – Choose –
entry-hint = Type numbers the Vietnamese way (1.234,5). Type a hyphen (-) where nothing happened. An empty cell means there is no figure yet.
files-hint = An attached file has at most { $most }; choose it and save the draft.
file-take-out = Take this file out
openings = Opening figures
openings-why = There is no earlier report in the system to carry figures from. Declare the opening figures and say where they come from.
openings-reason = Ground for these opening figures
openings-declare = Declare opening figures
decide = Decide
approve-and-send = Approve and send
send = Send
accept = Accept
receive = Receive
receive-hint = Once received, the unit cannot withdraw it by itself; return it where it has to be corrected.
return = Return
return-heading = Return for correction
return-cell = Cell to correct
return-whole = Whole report
return-reason = Reason
return-this-cell = Return this cell
withdraw = Withdraw
withdraw-heading = Withdraw the report
withdraw-reason = Reason for withdrawing
reopen = Open again
reopen-heading = Open for correction
reopen-hint = The accepted figures count until the unit sends its correction.
reopen-reason = Reason for opening it again
late-reason = Reason for being late (needed after the deadline)
dispatch-heading = It was officially sent another way
dispatch-hint = For a report that went on paper, by fax, by e-mail… before it was entered here. The official time and the time of entry are both kept and shown.
dispatch-channel = Way of sending
dispatch-none = Through this system only
dispatch-at = Official time of sending
dispatch-document = Number and sign of the document
dispatch-no-number = without number
sent-outside = Officially sent { $when } ({ $channel }; document: { $document })
sent-late-reason = Reason for being late: { $reason }
revisions = Revisions
revision-link = Revision { $number }, proposed { $when }
sign-author = PREPARED BY
sign-date = …, date …
sign-head = HEAD OF UNIT
severity-error = Error
severity-explain = To be explained
severity-advice = Advice
severity-warning = Warning
conflict-heading = Somebody else has just changed the same cell
conflict-message = Your figures in these cells were not saved. Look at what is stored, type again where needed, and save.
conflict-cell = Cell
conflict-stored = Stored
conflict-yours = Yours
blank = (blank)

# What was typed is no number
typed-empty = no number
typed-character = the character “{ $character }” at position { $position } cannot stand in a number
typed-missing-digits = digits are missing beside a mark
typed-grouping = points only part thousands in threes; decimals stand after a comma (1.234,5)
typed-too-long = the number has { $digits } digits, which is too many
typed-refused = “{ $typed }” was not saved: { $problem }

# History
history = History of the report
history-none = Nothing has been recorded yet.
event-saved = { $name } saved the draft
event-opening = { $name } declared opening figures: { $reason }
event-proposed = { $name } proposed revision { $revision }
event-approved = { $name } approved revision { $revision }
event-sent = { $name } sent revision { $revision }
event-sent-late = { $name } sent revision { $revision }, { $days ->
    [one] one day
   *[other] { $days } days
} late
event-returned = { $name } returned revision { $revision }
event-received = { $name } received revision { $revision }
event-reopened = { $name } opened revision { $revision } for correction: { $reason }
event-accepted = { $name } accepted revision { $revision }
event-withdrawn = { $name } withdrew revision { $revision }: { $reason }
diff-heading = Revision { $number }: changes since the one before
diff-first = Revision { $number }: proposed for the first time
diff-cell = Cell
diff-before = Before
diff-after = After
diff-none = No cell has changed.

# After something was done
notice-saved = The draft was saved.
notice-proposed = The report was proposed to the head.
notice-approved = The report was approved and sent.
notice-sent = The report was sent.
notice-returned = The report was returned with its reason.
notice-accepted = The report was accepted.
notice-received = The report was received.
notice-reopened = The report was opened for correction.
notice-withdrawn = The report was withdrawn.
notice-opening = The opening figures were recorded.
notice-nil = “Nothing to report” was entered in the cells that were blank.
notice-already = This had been done before.

# Reporting regimes
regimes = Reporting regimes in force
regimes-none = No reporting regime is in force yet.
col-code = Code
col-version = Version
col-in-force = In force
col-decision = Decision
col-published = Put into force
col-fingerprint = Fingerprint
in-force-from = from { $from }
in-force-between = from { $from } until { $until }
published-by = { $when }, { $name }
regime-basis = Legal basis
regime-issuer = Issuer
regime-version = Version
regime-in-force = In force
regime-decision = Decision of publication
regime-periods = Periods and deadlines
regime-deadlines = Deadlines
regime-rules = Rules that figures are checked by
regime-rule = Rule
regime-severity = Strength
regime-rule-text = Text
regime-no-rules = There are no rules.
regime-reading = In plain words
regime-reading-open = Read the whole regime in plain words
regime-source = Source
rows-each-unit = One row per reporting unit
rows-chosen = The unit chooses rows from { $catalog }
rows-written = Printed rows
rows-listed = A list to which the unit adds rows
rows-from = One row per entry of { $catalog }

# Administration
admin = Administration
admin-problems = Regime files with mistakes
admin-no-problems = The regime files have no mistakes.
admin-versions = Versions put into force
admin-accounts = Accounts
admin-permissions = Who may do what
account-disabled = disabled
col-person = Name
col-grants = Roles and units
col-action = Action
col-role = Role
statuses-any = in any state
place = line { $line }, column { $column }

# Error pages
error-not-found = Page not found
error-not-found-text = The address is wrong, or this is not for your account.
error-forbidden = Not allowed
error-forbidden-text = Your account may not do this.
error-refused = Not done
error-cross-site = The request came from another site and was not carried out. Please open the page again and retry.
error-bad-request = The request cannot be read
error-bad-request-text = Please open the page again and retry.
error-too-large = Too much data
error-too-large-text = One request may carry at most 1 MiB; with files at most 31 MiB, of which each may have 10 MiB.
error-timeout = The server took too long
error-timeout-text = Please try again in a few minutes.
error-internal = Something went wrong
error-internal-text = What you just did was not recorded. Please try again; if it happens again, tell the administrator the code below.
error-storage = Not saved
error-reference = Request code: { $reference }
error-signed-out = Your session has ended. Please sign in again.

# Deadlines in words
deadline-local = set by the province
deadline-by = by { $moment }
deadline-before = before { $moment }
term-working-days = { $amount ->
    [one] one working day
   *[other] { $amount } working days
} after { $anchor }
term-days = { $amount ->
    [one] one day
   *[other] { $amount } days
} after { $anchor }
term-hours = { $amount ->
    [one] one hour
   *[other] { $amount } hours
} after { $anchor }
anchor-cutoff = the cut-off of the figures
anchor-event-start = the event begins
anchor-event-end = the event ends
moment-clock-day = { $clock } on { $day }
point-last-year = { $date } of the year before
point-same-year = { $date }
point-next-year = { $date } of the year after
point-day-of = day { $day } of { $month }
point-last-day-of = the last day of { $month }
month-before = the month before the period
month-first = the first month of the period
month-last = the last month of the period
month-after = the month after the period

# Outline
narrative-before = What the report before said
narrative-optional = (optional)
narrative-empty = nothing written yet
events = Events and requests
events-opened = Opened
events-none = Nothing has been opened.
events-title = Called
events-from = From
events-to = To
events-units = Units concerned
events-units-hint = Identities of units, parted by commas; empty: all that report
events-all-units = all that report
events-who = Opened by, because
events-closed = Closed
events-close = Close the event
events-open = Open the event
events-ask = Ask for the report
events-request = Ask for a report out of turn
events-start = Beginning
events-due = Due
events-reason = Reason or document
yes = yes
no = no
figure-beside = Figures of other periods and plan values
figure-notes = Notes
figure-revised = that report says { $stated }, a later one corrects it
figure-restated = put together from the units before a reform: { $units }
figure-period-missing = no figures of: { $units }
figure-not-assigned = not assigned
# Writing regimes
nav-studio = Studio
studio-intro = The drafts that all authors share. Only what is published reaches the reporting units.
studio-files = Files
studio-file = File
studio-state = State
studio-mistakes = Mistakes
studio-saved = Saved last
studio-none = There is no file yet.
studio-new = Name of a new file
studio-new-hint = Letters without marks, digits, - and _; a table ends in .csv. For example: b01_xa, data/linh_vuc.csv
studio-begin = Begin a file
studio-text = Text
studio-check = Check
studio-save = Save
studio-save-publish = Save and publish
studio-sound = No mistakes.
studio-remove = Remove this file
studio-remove-hint = The file leaves the drafts; its history is kept and what is published does not change.
studio-removed = The file was removed from the drafts.
studio-history = History
studio-revisions = saves { $first } to { $last }
studio-more-lines = and { $count } more lines
studio-publish = Publish
studio-decision = Number of the decision
studio-decision-hint = For example: Quyết định số 12/QĐ-UBND ngày 02/12/2026
studio-date = In force from
studio-date-hint = Day/month/year, as the text says
studio-choice = { $name } – { $title } (version { $version }, in force from { $from })
studio-nothing = No draft waits to be published: every version without mistakes is in force. To change a published one, raise its version number.
studio-publish-intro = Choose a draft without mistakes and say the number of the decision. Once published, reporting units see the form at once.
studio-no-regime = No regime, only the tables below
studio-tables = Tables and rules that come along
studio-tables-hint = These parts of the drafts differ from what is in force.
studio-version = { $name } version { $version }
studio-sources = Regimes
studio-tables-files = Tables
studio-no-mistakes = none
studio-revision = save { $number }
studio-operator = Operator
studio-history-intro = Saves of one person that follow each other closely are told as one. − marks lines taken out, + lines put in.
studio-spoilt = Mistakes, cannot be published
studio-why = why
studio-count = { $count ->
    [one] 1 mistake
   *[other] { $count } mistakes
}
studio-not-published = not published
studio-published = published
studio-differs = differs from what is published
notice-draft-saved = The draft is saved.
notice-draft-removed = The file left the drafts.
notice-published = Published; the reporting units see the new version.
preview-no-period = This regime has no period that can be shown yet.
preview-absent = This form does not apply to the unit, the period or the sort of event chosen.
preview-given = Supposed event or request
preview-start = Begins on
preview-end = Ends on
preview-day = Day of the report
preview-request-day = Day of the request
preview-on-request = On request, { $date }

# My account
my-account = My account
my-grants = My roles
my-grants-none = The account has no role yet.
lent-grant = { $grant } (lent by { $lender })
signer-on-behalf = { $name } (on behalf of { $lender })
days-from = from { $from }
days-to = until { $to }
days-from-to = from { $from } until { $to }
reason = Reason
reason-basis = Reason or document
delegations = Delegations
delegations-none = There are no delegations.
delegation-explained = You can lend your own rights for a unit to another person, from a day to a day. What is done with them bears both names; a lent right is never lent on, and nobody approves a report that they proposed themselves, under whosever name.
delegation-new = New delegation
delegation-lender = Lent by
delegation-delegate = Lent to
delegation-delegate-hint = The account name of the person who may act for you.
delegation-unit = Unit
delegation-from = First day
delegation-to = Last day
delegation-give = Lend
delegation-end = End the delegation
delegation-ended = ended { $when }
delegation-over = run out
delegation-coming = not begun yet
delegation-holds = in force
notice-delegated = The delegation is recorded.
notice-delegation-ended = The delegation has ended.
notice-account-changed = The change of the account is recorded.
notice-password-changed = The password is changed; your other sessions have ended.
password-change = Change password
password-forced = The administrator gave you this password. Choose one of your own before anything else.
password-present = Present password
password-new = New password
password-again = New password again
password-policy = 12 to 128 characters of any kind; no common words, not your account name or your name. A short sentence works well.
error-first-do = Change the password you were given, or set the second factor, before anything else.

# Administration of accounts
account-history = History of the account
account-changes = Changes
account-new = New account
account-create = Create the account
account-id-hint = 3 to 64 small letters without accents, digits, points, hyphens, underscores; for example canbo.anhson
account-rename = Change the name
account-disable = Disable
account-disable-hint = The person is signed out at once and cannot sign in any more. The history stays.
account-enable = Enable again
account-must-change = must change the password
account-second-factor = second factor
accounts-search = Search accounts
accounts-search-hint = Account name, name, role or unit, with or without accents.
accounts-find = Search
accounts-counted = { $shown } of { $found } accounts found are shown, { $total } in all.
accounts-manage = Manage accounts
grants-none = No role yet.
grant-give = Give a role
grant-withdraw = Take the role away
grant-unit-hint = Id or name of the unit; for roles of the whole province the body the person works in.
grant-from = First day (empty: from the beginning)
grant-to = Last day (empty: without end)
password-reset = Give a new password
password-reset-hint = The old password stops working and all sessions end. The new one works once and must be changed at sign-in.
one-time-password = One-time password of { $account }:
one-time-password-hint = It is shown this once only. Hand it over in person; it must be changed at the first sign-in.
col-when = When
col-who = By
col-what = What
people-created = Account { $name } created
people-taken-over = Account { $name } is older than this history; roles: { $grants }
people-renamed = Name changed to { $name }
people-granted = Role given: { $grant }
people-withdrawn = Role taken away: { $grant }
people-disabled = Account disabled
people-enabled = Account enabled again
people-password-reset = One-time password given
people-password-changed = Password changed by the person
people-factor-set = Second factor set
people-factor-removed = Second factor removed
people-recovery-used = Signed in with a recovery code, { $left } left
people-recovery-renewed = Recovery codes made anew
people-sessions-ended = { $count } sessions ended
people-delegated = Lent to { $delegate } for { $unit } from { $from } until { $to }
people-delegation-ended = Delegation number { $number } ended

# Who may do what
permissions = Who may do what
permissions-explained = This page is made from the very table by which the system allows or refuses. What is not in the table nobody may do.
permission-rules = General rules
permissions-by-role = By role
permission-sentence = { $action }: { $relation }, when the report is: { $statuses }.
permission-sentence-province = { $action }.
permission-yes = yes
rule-own-draft = Figures being entered are seen by people of the reporting unit only; bodies above, leaders and administrators see what was sent, according to their role.
rule-two-persons = Whoever proposed a report may not approve it, not with a lent right either, and not when they proposed it on somebody's behalf.
rule-days = A role can have a first and a last day; outside them it is not held. A disabled account stops at once.
rule-lending = Only one's own rights are lent, unit by unit, for at most a year; a lent right is never lent on; writing and publishing regimes and keeping the system are not lent.
rule-seen = Every change of accounts, roles, delegations and passwords stands in a history with who, when and why; it can be neither changed nor deleted.

# Second factor and sessions
my-protection = Protection of the account
second-factor = Second factor
second-factor-is-on = set
second-factor-is-off = not set
second-factor-forced = Your role demands a second factor. Set it before anything else.
second-factor-explained = Install an application for codes (TOTP) on your phone, add the account by the key or the link below, then type the six digits it shows. Each sign-in will ask for a new code.
second-factor-key = Key
second-factor-link = Add to an application on this device
second-factor-code = Code
second-factor-code-hint = The six digits the application shows, or a recovery code.
second-factor-set = Set the second factor
second-factor-on = It is set. Recovery codes left: { $left }.
second-factor-remove = Remove the second factor
second-factor-lost-hint = For a person who lost the phone and has no recovery code left. Make sure first who is asking; all sessions of the account end.
second-factor-demand = Demand a second factor of these roles
second-factor-demand-save = Record the demand
recovery-codes = Recovery codes
recovery-codes-hint = Each works once when the phone is not there. They are shown this once only; print or copy them and keep them safe.
recovery-renew = Make new recovery codes
notice-session-ended = The session has ended.
notice-factor-demanded = The demand is recorded.
people-factor-demanded = Second factor demanded of: { $roles }
people-factor-not-demanded = Second factor demanded of no role
sessions = Open sessions
sessions-end-others = End all others
session-where = Device
session-since = Signed in
session-seen = Last used
session-this = this one
session-end = End
session-device = { $browser } on { $system }
session-unknown = Unknown device
sign-in-code-failed = The code is wrong or was used before.

# What is owed
obligations = Reports owed
obligations-hint = Choose a period to exempt units, extend the deadline, lock it, or take that back.
obligations-none = No period has begun yet.
obligations-units = Units that owe the report
col-owed = Owed
col-exempted = Exempted
col-extended = Extended
col-locked = Locked
rule-heading = Decision
rule-kind = What is decided
rule-extend = Extend the deadline
rule-exempt = Exempt from reporting
rule-lock = Lock: figures do not change any more
rule-unlock = Unlock
rule-extension-ended = End the extension
rule-exemption-ended = End the exemption
rule-unit = Unit
rule-all-units = All units
rule-day = Extended to the end of
rule-clock = Time of day (if not the end of the day)
rule-no-day = An extension needs its day.
rule-reason = Reason, or the document it rests on
rule-submit = Record the decision
rulings = Decisions
rulings-none = Nothing was decided yet.
ruled-exempted = Exempted since { $when }: { $reason }
ruled-extended = Extended to { $when }: { $reason }
ruled-locked = Locked since { $when }: { $reason }
notice-ruled = The decision was recorded.

# Units, calendars and the history of tables
units = Units
units-day = On the day
units-search = Find a unit
units-search-hint = Name, code or kind; accents are not needed.
units-level = Level
units-all-levels = All levels
units-find = Show
units-counted = { $shown } of { $found } units found are shown; { $total } units in all on { $day }.
units-changed = Last changed: { $when }.
units-none = There are no units.
units-import = Load tables of units
units-import-hint = Load one or more CSV tables. All changes and what they would do are shown first; they are put into force only when confirmed with a reason. Tables not sent stay as they are.
units-current-file = Download the table
units-file = CSV file
units-paste = Or paste its text
units-try = Preview
units-nothing-sent = No file was chosen and nothing was pasted.
units-not-text = The file is not UTF-8 text; save it as CSV UTF-8.
units-preview = Preview of the change
units-problems = This cannot be put into force
units-problem-line = { $table }, line { $line }: { $problem }
units-removed-with-reports = { $unit } cannot be removed: it has { $count } reports. Give it a last day instead.
units-counted-changes = New { $added }, ended { $closed }, changed { $changed }, removed { $removed }.
units-confirm = Put exactly this into force
units-cancel = Do not
units-changes = Changes
units-more-changes = { $count } more changes.
units-no-changes = Nothing changes.
units-received-reports = { $count } reports received
units-draft-not-owed = no longer owed
units-draft-rerouted = goes elsewhere
units-no-recipient = recipient not determined
units-no-longer-owed = { $count } units no longer report: { $units }
units-newly-owed = { $count } more units report: { $units }
units-rerouted = { $count } units report to { $to } instead of { $from }: { $units }
units-due-moved = the deadline of { $count } units moves from { $from } to { $to }: { $units }
effects-owed = What is owed, to whom and until when
effects-owed-none = No obligation, recipient or deadline changes.
effects-drafts = Reports being written that are concerned
effects-drafts-none = No report being written is concerned.
effects-comparisons = Comparison with earlier periods
effects-not-comparable = Periods whose figures cannot be put into the new boundaries
effects-accounts = Accounts with a role at a unit that ends, to be granted anew
unit-facts = About the unit
unit-exists = Exists
unit-agency = Agency
unit-tags = Tags
unit-attributes = Attributes
unit-reports = Reports
unit-not-there = The unit does not exist on this day.
unit-codes = Codes in time
unit-no-codes = No codes.
unit-parents = Units above in time
unit-no-parents = No unit above.
unit-above = On the day shown:
unit-predecessors = Took over from
unit-successors = Was taken over by
unit-share = share { $share }
unit-below = Units below
unit-below-of = Below
unit-children = Units below
units-reform = Reform of units
reform-steps = Kind of reform
reform-merge = Merge
reform-split = Divide
reform-transfer = Hand over a part
reform-rename = Rename or change kind
reform-recode = New code
reform-abolish = End a level
reform-hint = Choose units by their names from the suggestions. A unit that loses territory ends and the rest gets a new identity; a unit that only takes over keeps its own.
reform-day = First day in force
reform-no-day = There is no day, or it cannot be read.
reform-basis = Resolution or decision
reform-merged = Merged unit { $number }
reform-into-existing = Into an existing unit (empty: a new one)
reform-name = Name of the new unit
reform-same-kind = As the former unit
reform-code = Territorial code
reform-parent = Below (empty: as the former unit)
reform-more = More units
reform-divided = Unit to be divided
reform-part-name = Part { $number }: name of the new unit
reform-part-existing = Part { $number }: or into an existing unit
reform-part-share = Part { $number }: share of the figures (such as 0,4; may be empty)
reform-gives = Unit that hands over a part
reform-takes = Unit that takes it over
reform-share = Share of the figures handed over (may be empty)
reform-bad-share = The share is no number.
reform-system = System of codes
reform-no-system = No system of codes was chosen.
reform-new-code = New code
reform-level = Level that ends
reform-children-to = Units below go to (empty: whatever the ended unit hung below)
table-history = History of tables
table-history-hint = Every loading or change of a table is kept with who did it and why; nothing can be changed or deleted.
table-units = List of units
table-links = Links between units
table-successions = Successors of units
table-codes = Codes of units
table-decisions = Days off and swapped days
table-switches = Rules switched off or made milder
table-deadlines = Deadlines set by the province
col-table = Table
col-source = Source
calendars = Working days and deadlines
calendar-decisions = Days off and swapped working days
calendar-hint = Enter the days fixed by yearly decisions. Fixed holidays, lunar days and days off in lieu are computed and do not belong here.
calendar-day = Day
calendar-what = It is
calendar-off = Off
calendar-work = A working day (swapped)
calendar-basis = Decision
calendar-remove = Remove
calendar-known = Days entered
calendar-known-local = Deadlines
calendar-none = No days yet.
calendar-table = Edit the whole table
calendar-local = Deadlines set by the province
calendar-local-hint = Deadlines that regimes leave to the province.
calendar-local-none = No regime leaves a deadline to the province.
calendar-for = Set the deadline for
calendar-last-day = Last day
calendar-party = Sender
admin-facts = Units and calendars
notice-units = The change of units was put into force.
notice-calendars = The change of the calendar was put into force.

# Consolidated documents
document = Consolidated document
document-of = Consolidated document of { $body }
document-frozen = Consolidated document { $number } of { $body }, as proposed
document-body = Consolidating body
document-outside = Outside this system (sent another way)
document-units = Units
document-received = Figures of { $received } of { $due } units
document-shown = revision { $number }
document-last = proposed up to revision { $number }; these are the figures as they are now
document-locked = The period is locked: { $reason }
document-returned = To be corrected before proposing again
document-forms = Forms
document-below = Documents of the bodies below
document-missing = { $count } units without figures
document-missing-hint = Each needs a reason before proposing; the list goes with the document.
document-missing-all = One reason for all that are left empty
document-missing-why = Reason
document-missing-save = Save reasons
document-no-reason = no reason given yet
document-through = through { $body }
document-findings = Checks of the whole
document-undecided = Undecided
document-explanation = Explanation
document-words = The body's own words
document-no-words = Nothing written yet.
document-propose-hint = Proposing freezes every figure of the whole and the list of units as one revision.
document-adjusted = The figures hold { $count } adjustments of the consolidating body.
adjustments = Adjustments
adjustments-hint = Open a figure of a form to adjust it. An adjustment is a difference that is added, with a reason; the units' figures do not change.
adjustments-none = No adjustments: every figure is the sum of the units.
adjustment-number = No.
adjustment-difference = Difference
adjustment-reason = Reason
adjustment-review = Look again: units' figures have changed
adjustment-keep = It still holds
adjustment-take-back = Take back
adjustment-taken-back = Taken back by { $name } at { $when }: { $reason }
adjustment-mistyped = The difference “{ $typed }” is not understood: { $why }.
adjust-heading = Adjust this figure
adjust-hint = Write the difference that is added to the sum, for example -5 or 1.234,5.
adjust-save = Adjust
figure-of-units = { $value } ({ $answered } of { $due } units)
figure-through = Through
event-adjusted = { $name } adjusted { $cell } by { $difference } (adjustment { $number }): { $reason }
event-adjustment-taken-back = { $name } took adjustment { $number } back: { $reason }
event-adjustment-reviewed = { $name } looked at adjustment { $number } again and kept it
event-missing-explained = { $name } said why { $count } units are missing
notice-adjusted = Adjusted.
notice-adjustment-taken-back = The adjustment was taken back.
notice-adjustment-reviewed = The adjustment was looked at again.
notice-missing-explained = Reasons saved.
open-document = Open the consolidated document
bodies = Consolidating bodies

# API keys
tokens = API keys
tokens-explained = Programs of the unit use an API key to fetch forms, enter figures, propose and send reports. Programs do not approve or accept in a person's place.
tokens-none = There is no key yet.
tokens-holding = Keys in use
token-unit-id = Id of a unit
token-unit-id-hint = As in the table of units, such as C17329.2025.
token-unit-open = Open the unit's keys
token-name = Name of the key
token-name-hint = Usually that of the program; it stands in the history of reports.
token-rights = Rights
token-rights-hint = Every key reads what the responsible person reads.
token-responsible = Responsible person
token-responsible-hint = The key can do only what this person may do for the unit, within the rights above; what the program does is recorded as done on this person's behalf.
token-days = Days
token-used = Last used
token-never-used = Never used
token-revoke = Revoke the key
token-revoked = Revoked
token-new = A new key
token-make = Make the key
token-made = The key was made. Copy it from below into the program now.
token-made-hint = It is shown only once; it is not kept and cannot be shown again.
token-event-made = Made { $when }, { $who }: { $reason }
token-event-revoked = Revoked { $when }, { $who }: { $reason }
notice-token-revoked = The key was revoked.
api = Interface for programs
api-what = A unit's programs fetch forms, enter figures, check, propose and send reports over https in JSON, with the same rights and rules as on the pages.
api-key = The unit's head or an administrator makes a key on the page API keys; send it in the header Authorization: Bearer. Each key has so many requests in a minute.
api-figures = Figures are exact decimals written as text, such as "-12.5"; "nil" says that nothing happened; null is a blank cell.
api-base = A save names in base the draft number that was read. Where somebody else changed the same cell, the answer is 409 with what stands there now; nobody is overwritten.
api-once = Send the header Idempotency-Key with each POST: the same request sent again after a lost answer is done once and gets the same answer; the same key with another request is refused (422).
api-errors = Errors follow RFC 9457 (application/problem+json) with stable codes; 400 is malformed, 409 and 422 are well-formed and refused. Accept-Language chooses Vietnamese or English.
api-approve = Approving, receiving, accepting and returning are for people and not part of the interface.
api-document = OpenAPI 3.1 document
api-addresses = Addresses
api-address = Address
api-purpose = Purpose
api-right-none = No key needed
api-examples = Examples
api-example-owed = Which reports the unit owes
api-example-read = Reading a report
api-example-save = Saving figures
api-example-check = Checking
api-example-propose = Proposing to the head
api-example-send = Sending after the head approved

# Looking back
looking-back = Look back at a moment
looking-back-why = Every page about reports, figures, units and regimes will show what the system knew at this moment. Nothing can be changed while looking back.
looking-back-moment = Moment
looking-back-go = Look back
looking-back-no-moment = There is no moment, or it has not come yet.
looking-back-strip = Shown as it was known at { $when }
looking-back-end = Back to today
notice-only-looking = Nothing can be changed while looking back. Come back to today first.
# Complete and in time
boards = Complete and on time
boards-none = There is no report to follow yet.
boards-caption = { $shown } of { $total } units
board-year = Year
board-parent = Under
board-order = Order
board-find = Find a unit (marks may be left out)
board-show = Show
board-any-level = Every kind of unit
board-any-parent = Every unit above
board-any-state = Every standing
board-summary = By kind of unit
board-units = Unit by unit, period by period
board-owed = Owed
board-complete = Complete
board-punctual = On time (%)
board-shares = Complete: reports sent, of those that are due or were sent. On time: reports sent in time, of the same. What is not due yet and what is exempted does not count.
board-pages = Pages
board-file = Download { $format }
board-of-unit = { $owed } owed, { $sent } sent; complete { $complete }, on time { $punctual }
order-name = By kind and name
order-punctual = Least on time first
order-missing = Most missing first
mark-on-time = On time
mark-late = Sent late
mark-returned = Returned
mark-overdue = Overdue
mark-waiting = Not sent
mark-exempted = Exempted
mark-not-owed = Not owed
mark-accepted = accepted
mark-extended = extended
mark-locked = locked
mark-sent-at = sent { $when }

# Reminding
remind = Remind
remind-hint = A reminder stands on the page of things to do of the unit's officers and heads until the report is sent. Each person reminds of a report at most once a day.
remind-hint-mail = Those who gave an address get an e-mail too.
remind-words = A word (optional)
remind-units = Units that did not send
remind-tick = Remind
remind-last = Reminded last
remind-submit = Remind the units ticked
remind-none = There is no unit for you to remind.
remind-nobody = No unit is ticked.
notice-reminded = The units were reminded.
work-reminders = Reminders
reminded-by = { $name } reminded on { $when }
reminded-before = The deadline is near
reminded-after = The deadline has passed
work-unanswered = Reports waiting to be accepted
work-missing = Reports still missing from units
work-count = { $count ->
    [one] { $count } report
   *[other] { $count } reports
}
work-on-behalf = on behalf of { $name }
work-events-open = open
letters-stopped = { $count ->
    [one] { $count } reminder by e-mail was not delivered, or nobody knows
   *[other] { $count } reminders by e-mail were not delivered, or nobody knows
}

# Calendar of deadlines
feeds = Calendar of deadlines
feeds-hint = An address for the calendar of a telephone, Outlook or Google: the unit's deadlines appear there and move when they are extended. Whoever has the address sees deadlines and no figures. A new address ends the earlier one.
feeds-none = The account makes reports for no unit.
feed-address = Address
feed-made = The address, shown this once only:
feed-since = In use since { $when }
feed-none = None yet
feed-make = Make an address
feed-renew = Make a new address
feed-end = End it
notice-feed-ended = The address of the calendar works no more.

# Letters
mails = Reminders by e-mail
mails-manage = Letters, days of automatic reminders
mails-off = No mail server is set; letters only wait. Reminders still stand on the pages.
mails-calendar = Automatic reminders
mails-days = Days before a deadline
mails-days-hint = Once before the deadline and once after it has passed; 0: none.
mails-days-save = Save the days
mails-letters = Newest letters
mails-none = No letters yet.
notice-mails = The change was saved.
mail-queued = Queued
mail-to = To
mail-subject = Subject
mail-said = What the mail server said
mail-waiting = Waiting
mail-sending = Being sent
mail-sent = Sent
mail-uncertain = Perhaps sent
mail-given-up = Not delivered
mail-next = tried { $attempts } times, next at { $when }
mail-resend = Send again
my-email = E-mail
email = Address for reminders
email-hint = Leave it empty to be reminded on the pages only.
email-save = Save the address
notice-email = The e-mail address was saved.
people-email-set = Address for reminders set to { $email }
people-email-removed = No more reminders by e-mail

# Audit
audit = What was done
audit-when = When
audit-who = By
audit-user = By the account
audit-about = Unit or account
audit-about-id = About the unit (its id) or account
audit-subject = About
audit-what = What
audit-kind = Kind
audit-any-kind = Every kind
audit-from = From
audit-to = To
audit-earlier = Earlier
audit-later = Later
audit-none = Nothing that was done meets this.
audit-manage = Who did what when
audit-kind-report = Report
audit-kind-account = Account
audit-kind-ruling = Decision about what is owed
audit-kind-reminder = Reminder
audit-kind-regime = Regime put into force
audit-kind-opened = Event opened
audit-kind-closed = Event closed
audit-kind-table = Table loaded
audit-of-revision = { $what } revision { $revision }
audit-saved = Saved
audit-opening = Declared opening figures
audit-proposed = Proposed
audit-approved = Approved
audit-sent = Sent
audit-received = Received
audit-returned = Returned
audit-accepted = Accepted
audit-withdrawn = Withdrew
audit-reopened = Opened for correction
audit-added = Added to the document
audit-kind-document = Consolidated document
