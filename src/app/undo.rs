//! Undo and redo, with what came back in words.
