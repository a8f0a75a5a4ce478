//! Made-up unread emails of threads, in Close's wire form: same number, same bytes.

use std::io::{BufWriter, Write};
use std::path::Path;

use super::tasks::{Dice, NAMES, TODAY, moment_text};

/// Writes `count` unread emails of so many threads, one a line; each thread is one rep's,
/// and its emails come far apart.
pub(crate) fn write(path: &Path, count: u64, threads: u64) -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, std::fs::File::create(path)?);
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let reps: Vec<String> = (0..10).map(|_| dice.id("user")).collect();
    for i in 0..count {
        let thread = i % threads;
        let rep = (thread % 10) as usize;
        let at = moment_text(TODAY - 5 + (i / threads) as i64 % 5, (i % 86_400) as i64);
        writeln!(
            out,
            r#"{{"_type":"incoming_email","assigned_to":"{}","assigned_to_name":"{}","body_preview":"Hi, thanks for the call today. As discussed I attach the updated","contact_id":"cont_{thread}","contact_name":"{} {thread}","created_by":null,"date":"{at}+00:00","date_created":"{at}+00:00","date_updated":"{at}+00:00","emails":["{}"],"id":"{}","is_complete":false,"lead_id":"lead_{thread}","lead_name":"Northwind Logistics & Sons {thread}","object_id":"acti_{thread}","object_type":"emailthread","organization_id":"orga_1","subject":"Re: pilot pricing","updated_by":null,"view":"inbox"}}"#,
            reps[rep],
            NAMES[rep],
            NAMES[rep],
            dice.id("acti"),
            dice.id("noti"),
        )?;
    }
    out.flush()
}
