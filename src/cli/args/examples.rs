//! Examples of each command, as its help shows them. A test runs every line.

pub(super) const LIST: &str = "\
Examples:
  repbox list                                  # what is due up to the end of today
  repbox list --type missed_call,voicemail
  repbox list --view open --type all --assigned-to me
  repbox list --view archive --limit 10 --output json --fields id,text,date";

pub(super) const SHOW: &str = "\
Examples:
  repbox show 1
  repbox show 1 2 --output json";

pub(super) const COUNT: &str = "\
Examples:
  repbox count --type all
  repbox count --assigned-to me --output json
  repbox count --fail-if overdue || echo 'something waits'";

pub(super) const HISTORY: &str = "\
Examples:
  repbox history --limit 10
  repbox history 1";

pub(super) const STATS: &str = "\
Examples:
  repbox stats
  repbox stats --since '30d ago' --output json";

pub(super) const REPORT: &str = "\
Examples:
  repbox report --since yesterday
  repbox report --since '3d ago' --output json";

pub(super) const ADD: &str = "\
Examples:
  repbox add Send the quote --lead Fabrikam --date fri
  repbox add Agree the date --type outgoing_call --phone '+1 650 555 0177' --date 'tom 9:30'";

pub(super) const EDIT: &str = "\
Examples:
  repbox edit 3 --text 'Prepare two demo accounts' --date +1d
  repbox edit 3 --assigned-to 'Ben Okafor'";

pub(super) const SNOOZE: &str = "\
Examples:
  repbox snooze 1 2 --until fri
  repbox snooze --where is:overdue --until tom --yes";

pub(super) const DONE: &str = "\
Examples:
  repbox done 1 2
  repbox done --where 'lead:Fabrikam' --dry-run";

pub(super) const REOPEN: &str = "\
Examples:
  repbox reopen 1";

pub(super) const OUTCOME: &str = "\
Examples:
  repbox outcome 1 no_answer --dry-run
  repbox outcome 1 call_back --at 'fri 14:30'";

pub(super) const ASSIGN: &str = "\
Examples:
  repbox assign 1 2 --to 'Ben Okafor'
  repbox assign 3 --to me";

pub(super) const DELETE: &str = "\
Examples:
  repbox delete 3 --yes
  repbox delete --where 'lead:Fabrikam' --dry-run";

pub(super) const UNDO: &str = "\
Examples:
  repbox undo
  repbox undo 2";

pub(super) const REDO: &str = "\
Examples:
  repbox redo";

pub(super) const IMPORT: &str = "\
Examples:
  repbox import tasks.json
  repbox export | repbox import --dry-run -";

pub(super) const EXPORT: &str = "\
Examples:
  repbox export > tasks.ndjson
  repbox export --view open --type lead --output csv > tasks.csv";

pub(super) const BACKUP: &str = "\
Examples:
  repbox backup tasks-of-today.db";

pub(super) const DOCTOR: &str = "\
Examples:
  repbox doctor";

pub(super) const PURGE: &str = "\
Examples:
  repbox purge --dry-run       # what is past its time, nothing is removed
  repbox purge";

pub(super) const DEMO: &str = "\
Examples:
  repbox demo --print | head -n 3
  repbox demo --into";

pub(super) const CONFIG: &str = "\
Examples:
  repbox config show
  repbox config init --config trial.toml       # without --config: where it is looked for";

pub(super) const HELP: &str = "\
Examples:
  repbox help search
  repbox help snooze";

pub(super) const COMPLETIONS: &str = "\
Examples:
  eval \"$(repbox completions bash)\"            # in .bashrc
  repbox completions zsh > _repbox             # in a folder of $fpath
  repbox completions fish > repbox.fish        # in ~/.config/fish/completions";

pub(super) const MAN: &str = "\
Examples:
  repbox man > repbox.1
  repbox man list > repbox-list.1";

pub(super) const PROGRAM: &str = "\
Examples:
  repbox list --type all
  repbox done 1
  repbox undo
  repbox help keys";
