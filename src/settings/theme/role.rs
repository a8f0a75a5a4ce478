//! What a piece of text on the screen is.

macro_rules! roles {
    ($($variant:ident $name:literal $about:literal)+) => {
        /// What a piece of text on the screen is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Role {
            $(#[doc = $about] $variant,)+
        }

        impl Role {
            /// All of them, in the order of a theme's file.
            pub const ALL: [Role; Role::COUNT] = [$(Role::$variant),+];

            /// How many there are.
            pub const COUNT: usize = [$($name),+].len();

            /// What it is, in a sentence.
            pub fn about(self) -> &'static str {
                match self {
                    $(Role::$variant => $about,)+
                }
            }

            /// Its name in a theme's file.
            pub fn name(self) -> &'static str {
                match self {
                    $(Role::$variant => $name,)+
                }
            }
        }
    };
}

roles! {
    Plain "plain" "Body text, and the ground below everything."
    Strong "strong" "Names: of the program, of a task in its details."
    Border "border" "Lines between panes."
    FocusBorder "focus-border" "The border of the pane that has the keys."
    FocusTitle "focus-title" "The name of the pane that has the keys."
    Heading "heading" "The name of a section."
    Todo "todo" "The tag of a to-do."
    Mail "mail" "The tag of what is answered in writing."
    Call "call" "The tag of what is answered by phone."
    Opportunity "opportunity" "The tag of an opportunity."
    Other "other" "The tag of a type that this version does not know."
    Alarm "alarm" "What is late, or went wrong."
    Done "done" "What is done."
    Mark "mark" "Marks."
    Cursor "cursor" "The row that the keys act on."
    IdleCursor "idle-cursor" "The row that they would act on, in another pane."
    Chosen "chosen" "What is chosen."
    Key "key" "A key."
    Label "label" "The name of a field."
    Field "field" "Where something is typed."
    Match "match" "What was searched for, in a row."
    Wrong "wrong" "What of a typed text is not understood."
}
