//! The look: roles to styles. Only the terminal's own 16 colours; body text keeps the
//! terminal's colour, and colour only repeats what a word or sign says.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::kind::TaskType;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Body text.
    Plain,
    /// Names: of the program, of a task in its details.
    Strong,
    /// Lines between panes.
    Border,
    /// The border of the pane that has the keys.
    FocusBorder,
    /// The name of the pane that has the keys.
    FocusTitle,
    /// The name of a section.
    Heading,
    /// A task's tag.
    Tag(Option<TaskType>),
    /// What is late, or went wrong.
    Alarm,
    /// What is done.
    Done,
    /// Marks.
    Mark,
    /// The row that the keys act on.
    Cursor,
    /// The row that they would act on, in another pane.
    IdleCursor,
    /// What is chosen.
    Chosen,
    /// A key.
    Key,
    /// The name of a field.
    Label,
    /// Where something is typed.
    Field,
    /// What was searched for, in a row.
    Match,
    /// What of a typed text is not understood.
    Wrong,
}

/// The style of a role, with colours or without.
pub(super) fn style(role: Role, colour: bool) -> Style {
    if colour { coloured(role) } else { mono(role) }
}

fn coloured(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Plain => plain,
        Role::Strong | Role::IdleCursor => plain.add_modifier(Modifier::BOLD),
        // Decoration only: it may be faint, words may not.
        Role::Border => plain.add_modifier(Modifier::DIM),
        Role::FocusBorder => plain.fg(Color::Cyan),
        Role::FocusTitle => plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Role::Heading => plain.add_modifier(Modifier::BOLD),
        Role::Tag(task_type) => plain.fg(tag_colour(task_type)),
        Role::Alarm => plain.fg(Color::Red).add_modifier(Modifier::BOLD),
        Role::Done => plain.fg(Color::Green),
        Role::Mark => plain.fg(Color::Yellow).add_modifier(Modifier::BOLD),
        Role::Cursor => plain.add_modifier(Modifier::REVERSED),
        Role::Chosen => plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Role::Key => plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Role::Label => plain.fg(Color::Cyan),
        Role::Field => plain.add_modifier(Modifier::UNDERLINED),
        Role::Match => plain.fg(Color::Yellow).add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
        Role::Wrong => plain.fg(Color::Red).add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
    }
}

/// What waits for an answer by mail, by phone, or by hand.
fn tag_colour(task_type: Option<TaskType>) -> Color {
    match task_type {
        Some(TaskType::Lead) => Color::Green,
        Some(TaskType::IncomingEmail | TaskType::EmailFollowup | TaskType::IncomingSms) => Color::Blue,
        Some(TaskType::MissedCall | TaskType::AnsweredDetachedCall | TaskType::Voicemail | TaskType::OutgoingCall) => {
            Color::Magenta
        }
        Some(TaskType::OpportunityDue) => Color::Yellow,
        None => Color::Reset,
    }
}

fn mono(role: Role) -> Style {
    let modifier = match role {
        Role::Plain | Role::Border | Role::Tag(_) | Role::Done | Role::Label => Modifier::empty(),
        Role::Strong
        | Role::FocusBorder
        | Role::Heading
        | Role::Alarm
        | Role::Mark
        | Role::IdleCursor
        | Role::Chosen
        | Role::Key => Modifier::BOLD,
        Role::FocusTitle | Role::Match | Role::Wrong => Modifier::BOLD.union(Modifier::UNDERLINED),
        Role::Cursor => Modifier::REVERSED,
        Role::Field => Modifier::UNDERLINED,
    };
    Style::new().add_modifier(modifier)
}
