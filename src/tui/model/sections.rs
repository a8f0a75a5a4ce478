//! Headings between rows: which line is a heading, which a task. Arithmetic only, so that
//! a list of 50,000 tasks is scrolled without its rows.

use super::list::Line;
use crate::domain::view::Section;

/// The headings of a list: each with the rank of its first task and how many it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sections(Vec<(Section, usize, usize)>);

impl Sections {
    /// Headings for these counts; empty sections have none.
    pub fn new(counts: &[(Section, usize)]) -> Sections {
        let mut rank = 0;
        let mut headings = Vec::new();
        for (section, count) in counts.iter().filter(|(_, count)| *count > 0) {
            headings.push((*section, rank, *count));
            rank += count;
        }
        Sections(headings)
    }

    /// How many headings there are.
    pub fn headings(&self) -> usize {
        self.0.len()
    }

    /// The line of the task of this rank.
    pub fn line_of(&self, rank: usize) -> usize {
        rank + self.0.iter().filter(|(_, first, _)| *first <= rank).count()
    }

    /// The heading of the section of the task of this rank.
    pub fn heading_of(&self, rank: usize) -> Option<Line> {
        let (section, _, count) = self.0.iter().rev().find(|(_, first, _)| *first <= rank)?;
        Some(Line::Heading(*section, *count))
    }

    /// What a line shows.
    pub fn at(&self, line: usize) -> Line {
        for (above, (section, first, count)) in self.0.iter().enumerate().rev() {
            let heading = first + above;
            if line == heading {
                return Line::Heading(*section, *count);
            }
            if line > heading {
                return Line::Task(line - above - 1);
            }
        }
        Line::Task(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_ranks_agree() {
        let sections = Sections::new(&[(Section::Overdue, 2), (Section::Today, 0), (Section::NoDate, 3)]);
        let shown: Vec<_> = (0..7).map(|line| sections.at(line)).collect();
        assert_eq!(
            shown,
            [
                Line::Heading(Section::Overdue, 2),
                Line::Task(0),
                Line::Task(1),
                Line::Heading(Section::NoDate, 3),
                Line::Task(2),
                Line::Task(3),
                Line::Task(4),
            ]
        );
        for rank in 0..5 {
            assert_eq!(sections.at(sections.line_of(rank)), Line::Task(rank));
        }
        assert_eq!(sections.heading_of(1), Some(Line::Heading(Section::Overdue, 2)));
        assert_eq!(sections.heading_of(4), Some(Line::Heading(Section::NoDate, 3)));
        assert_eq!(Sections::default().heading_of(0), None);
    }
}
