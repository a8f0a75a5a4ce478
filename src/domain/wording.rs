//! Dates, rows and counts in words.
