//! Pages of any view, filter and order: what the command line lists.
use super::{Repository, Result};
use crate::domain::{
    filter::Query,
    task::{StoredTask, TaskNumber},
    view::Today,
};

impl Repository {
    /// The tasks of a query from `skip` on, at most `limit` (`None`: all). `visit` gets one
    /// task at a time, so that memory does not grow; it ends the walk by returning false.
    pub fn each(
        &self,
        _query: &Query,
        _today: &Today,
        _skip: u64,
        _limit: Option<u64>,
        _visit: &mut dyn FnMut(StoredTask) -> bool,
    ) -> Result<()> {
        todo!()
    }
    /// The same, collected.
    pub fn list(&self, query: &Query, today: &Today, skip: u64, limit: Option<u64>) -> Result<Vec<StoredTask>> {
        let mut out = Vec::new();
        self.each(query, today, skip, limit, &mut |task| {
            out.push(task);
            true
        })?;
        Ok(out)
    }
    /// How many tasks a query has.
    pub fn count(&self, _query: &Query, _today: &Today) -> Result<u64> {
        todo!()
    }
    /// Tasks by number, in the order asked; unknown numbers are left out.
    pub fn tasks(&self, _numbers: &[TaskNumber]) -> Result<Vec<StoredTask>> {
        todo!()
    }
}
