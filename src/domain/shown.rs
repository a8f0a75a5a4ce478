//! Text made harmless.
