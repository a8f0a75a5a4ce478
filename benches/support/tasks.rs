//! Made-up tasks in Close's wire form, some 850 bytes each: same number, same bytes.

use std::io::{BufWriter, Write};
use std::path::Path;

/// The moment that the dates lie around.
pub(crate) const NOW: &str = "2025-11-24T19:07:00Z";

pub(crate) const TODAY: i64 = 20_416;
const OPEN_SHARE: u64 = 20;

/// Writes `count` tasks, one a line; one in twenty is open.
pub(crate) fn write(path: &Path, count: u64) -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, std::fs::File::create(path)?);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let reps: Vec<String> = (0..10).map(|_| dice.id("user")).collect();
    let leads: Vec<(String, String)> = (0..(count / 12).max(3)).map(|_| (dice.id("lead"), dice.id("cont"))).collect();
    let organization = dice.id("orga");
    for i in 0..count {
        let (open, lead, rep) = (i % OPEN_SHARE == 0, dice.below(leads.len() as u64), dice.below(10));
        let task =
            Task { open, lead: &leads[lead as usize], lead_number: lead, rep: &reps[rep as usize], rep_number: rep };
        writeln!(out, "{}", task.line(&mut dice, &organization))?;
    }
    out.flush()
}

struct Task<'a> {
    open: bool,
    lead: &'a (String, String),
    lead_number: u64,
    rep: &'a str,
    rep_number: u64,
}

pub(crate) const NAMES: [&str; 10] = [
    "Dana Okafor",
    "Bo Novak",
    "José Müller",
    "Mina Ito",
    "Aisha Khan",
    "Ravi Singh",
    "Olga Petrov",
    "Zoë Dubois",
    "Søren Jensen",
    "Yuki Tanaka",
];
const TEXTS: [&str; 6] = [
    "Send revised quote before Thursday",
    "Prepare demo account for the 2nd site",
    "Follow up on pilot pricing - they asked twice",
    "Prüfen: Angebot, and cc finance",
    "见面 确认",
    "Ask legal about the DPA in writing, they want every point of the statement of work listed one by one",
];

impl Task<'_> {
    fn line(&self, dice: &mut Dice, organization: &str) -> String {
        let (name, weight) = (TYPES[dice.below(100) as usize % TYPES.len()], dice.below(100));
        let inbound = !matches!(name, "lead" | "outgoing_call" | "opportunity_due" | "email_followup");
        let day = match (self.open, weight) {
            (true, 0..15) => TODAY,
            (true, 15..50) => TODAY - 1 - dice.below(21) as i64,
            (true, _) => TODAY + if inbound { 0 } else { 1 + dice.below(60) as i64 },
            (false, _) => TODAY - 1 - dice.below(1095) as i64,
        };
        let second = dice.below(86_400) as i64;
        let date_only = !inbound && dice.below(100) < 75;
        let date = if date_only { day_text(day) } else { format!("{}+00:00", moment_text(day, second / 900 * 900)) };
        let created = moment_text(day.min(TODAY) - dice.below(10) as i64, second);
        let updated = moment_text(day.min(TODAY) + i64::from(!self.open) * dice.below(3) as i64, second);
        let (micros, prefix) =
            (dice.below(1_000_000), if name == "lead" || name == "outgoing_call" { "task" } else { "noti" });
        let by = if inbound { "null".to_owned() } else { format!("\"{}\"", self.rep) };
        let lead = self.lead_number;
        format!(
            r#"{{"_type":"{name}","assigned_to":"{}","assigned_to_name":"{}","contact_id":"{}","contact_name":"{} {lead}","created_by":{by},"date":"{date}","date_created":"{created}.{micros:06}+00:00","date_updated":"{updated}.{micros:06}+00:00","id":"{}","is_complete":{},"lead_id":"{}","lead_name":"Northwind Logistics & Sons {lead}",{},"organization_id":"{organization}","updated_by":{by},"view":"{}"{}}}"#,
            self.rep,
            NAMES[self.rep_number as usize],
            self.lead.1,
            NAMES[(lead % 10) as usize],
            dice.id(prefix),
            !self.open,
            self.lead.0,
            object(name, dice),
            if !self.open {
                "archive"
            } else if day > TODAY {
                "future"
            } else {
                "inbox"
            },
            own(name, dice),
        )
    }
}

const TYPES: [&str; 12] = [
    "lead",
    "lead",
    "lead",
    "lead",
    "incoming_email",
    "incoming_email",
    "email_followup",
    "missed_call",
    "voicemail",
    "opportunity_due",
    "incoming_sms",
    "outgoing_call",
];

fn object(name: &str, dice: &mut Dice) -> String {
    let (kind, prefix) = match name {
        "lead" => return r#""object_id":null,"object_type":null"#.to_owned(),
        "incoming_email" | "email_followup" => ("emailthread", "acti"),
        "opportunity_due" => ("opportunity", "oppo"),
        "incoming_sms" => ("sms", "acti"),
        _ => ("call", "acti"),
    };
    format!(r#""object_id":"{}","object_type":"{kind}""#, dice.id(prefix))
}

fn own(name: &str, dice: &mut Dice) -> String {
    let text = TEXTS[dice.below(6) as usize];
    let phone = |dice: &mut Dice| format!("+1{}", 2_000_000_000 + dice.below(8_000_000_000));
    match name {
        "lead" => format!(r#","is_dateless":false,"text":"{text}""#),
        "incoming_email" => {
            let emails: Vec<String> = (0..=dice.below(3)).map(|_| format!("\"{}\"", dice.id("acti"))).collect();
            format!(
                r#","emails":[{}],"subject":"Re: pilot pricing","body_preview":"Hi, thanks for the call today. As discussed I attach the updated""#,
                emails.join(",")
            )
        }
        "email_followup" => {
            format!(r#","email_id":"{}","subject":"Proposal v2","body_preview":"{text}""#, dice.id("acti"))
        }
        "opportunity_due" => format!(
            r#","opportunity_note":"{text}","opportunity_value":{v}00000,"opportunity_value_currency":"USD","opportunity_value_formatted":"${v},000","opportunity_value_period":"one_time""#,
            v = 1 + dice.below(90)
        ),
        "incoming_sms" => {
            format!(r#","remote_phone":"{}","local_phone":"{}","text":"{text}""#, phone(dice), phone(dice))
        }
        "outgoing_call" => format!(r#","text":"{text}""#),
        "voicemail" => format!(
            r#","phone":"{}","local_phone":"{}","voicemail_duration":{},"voicemail_url":"https://example.com/voicemail/{}""#,
            phone(dice),
            phone(dice),
            3 + dice.below(180),
            dice.id("v")
        ),
        _ => format!(r#","phone":"{}","local_phone":"{}""#, phone(dice), phone(dice)),
    }
}

fn day_text(day: i64) -> String {
    chrono::NaiveDate::from_epoch_days(i32::try_from(day).expect("a near day")).expect("a near day").to_string()
}

pub(crate) fn moment_text(day: i64, second: i64) -> String {
    format!("{}T{:02}:{:02}:{:02}", day_text(day), second / 3600, second / 60 % 60, second % 60)
}

/// A xorshift generator: the same throws in the same order everywhere.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: u64) -> u64 {
        (self.throw() >> 11) % bound
    }

    pub(crate) fn id(&mut self, prefix: &str) -> String {
        const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let mut id = format!("{prefix}_");
        id.extend((0..43).map(|_| char::from(LETTERS[self.below(62) as usize])));
        id
    }
}
