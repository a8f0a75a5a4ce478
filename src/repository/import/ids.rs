//! The ids that an import into an empty file has taken in.
//!
//! A place in a growing tree for each of a million ids that come in no order takes longer
//! than all else of their rows. While every id is new no tree of them is asked, and it is
//! built when one may come again, or at the end.

use rusqlite::Connection;

use crate::repository::dictionary::Key;
use crate::repository::schema;

/// Which ids were taken in, while the file has no index of them.
#[derive(Debug)]
pub(super) struct Ids {
    /// `None` once the index is there.
    taken: Option<Taken>,
}

impl Ids {
    /// Of a file whose index of ids was taken away, or stands.
    pub(super) fn new(is_without_index: bool) -> Ids {
        Ids { taken: is_without_index.then(Taken::default) }
    }

    /// Whether each id that was taken in was the first of its kind.
    pub(super) fn are_all_new(&self) -> bool {
        self.taken.is_some()
    }

    /// Whether surely no task has this id or had it, and takes it in. Where one may, the
    /// index is built: from then on it says so.
    pub(super) fn is_first(&mut self, conn: &Connection, id: Key) -> rusqlite::Result<bool> {
        let is_first = self.taken.as_mut().is_some_and(|taken| taken.put(id));
        if !is_first {
            self.index(conn)?;
        }
        Ok(is_first)
    }

    /// Builds the index where there is none.
    pub(super) fn index(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        match self.taken.take() {
            Some(_) => conn.execute_batch(schema::TASK_ID),
            None => Ok(()),
        }
    }
}

/// Four bytes of the hash of each id, in shards by two others: few enough to look through,
/// and none ever moves with all the others.
#[derive(Debug)]
struct Taken {
    shards: Vec<Vec<u32>>,
    count: usize,
}

impl Default for Taken {
    fn default() -> Taken {
        Taken { shards: vec![Vec::new(); 1 << 16], count: 0 }
    }
}

impl Taken {
    /// Some 14 MB.
    const MOST: usize = if cfg!(test) { 24 } else { 2_000_000 };

    /// Takes an id in; false where it may have been, or no more are kept.
    fn put(&mut self, id: Key) -> bool {
        let (shard, mark) = id.parts();
        let shard = &mut self.shards[usize::from(shard)];
        let is_new = self.count < Taken::MOST && !shard.contains(&mark);
        if is_new {
            shard.push(mark);
            self.count += 1;
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_taken_once_and_of_all_together_no_more_than_the_bound() {
        let mut taken = Taken::default();
        let key = |n: usize| Key::of_task(&format!("task_{n}"));
        assert!(taken.put(key(1)));
        assert!(!taken.put(key(1)));
        assert!(taken.put(key(2)));
        taken.count = Taken::MOST - 1;
        assert!(taken.put(key(3)));
        assert!(!taken.put(key(4)));
    }
}
