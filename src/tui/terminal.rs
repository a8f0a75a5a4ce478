//! The terminal, taken and given back: on quit, error, panic and suspend.

use std::cell::RefCell;
use std::io::{self, Write, stdout};
use std::rc::Rc;

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::input::Gate;
use super::mouse;
use super::view::areas::MOST;

/// What is drawn, held back until the frame is whole: a terminal that is given back in the
/// middle of one gets nothing of it.
#[derive(Clone, Debug, Default)]
struct Held(Rc<RefCell<Vec<u8>>>);

impl Held {
    /// Hands it over.
    fn release(&self) -> io::Result<()> {
        let frame = std::mem::take(&mut *self.0.borrow_mut());
        stdout().write_all(&frame)?;
        stdout().flush()
    }
}

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    /// Does nothing: ratatui does so several times a frame.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal in use; dropping it gives it back.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Held>>,
    held: Held,
    /// What of it is drawn on.
    area: Rect,
    /// What keeps the keys for another program.
    gate: Option<Gate>,
    /// Whether the terminal reports the mouse while it is ours.
    mouse: bool,
}

impl Screen {
    /// Takes the terminal; a panic in any thread gives it back before it prints.
    ///
    /// # Errors
    /// When the terminal cannot be taken; it is then as before.
    pub fn enter() -> io::Result<Screen> {
        take().inspect_err(|_| give_back())?;
        let earlier = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            give_back();
            earlier(info);
        }));
        Screen::of_terminal().inspect_err(|_| give_back())
    }

    fn of_terminal() -> io::Result<Screen> {
        let area = area()?;
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let held = Held::default();
        let terminal = Terminal::with_options(CrosstermBackend::new(held.clone()), options)?;
        Ok(Screen { terminal, held, area, gate: None, mouse: false })
    }

    /// Draws a frame between the marks of a synchronized update.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        if area()? != self.area {
            self.clear()?;
        }
        self.terminal.draw(view)?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.held.release()
    }

    /// Forgets what was drawn.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    pub fn clear(&mut self) -> io::Result<()> {
        // `Terminal::clear` asks the terminal where its cursor is, and the answer would be
        // read as keys by the thread that reads them.
        self.area = area()?;
        self.terminal.resize(self.area)
    }

    /// Gives the terminal to the shell; returns when it is back. What was typed meanwhile is forgotten.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn suspend(&mut self) -> io::Result<()> {
        give_back();
        println!("repbox is suspended, nothing is lost: fg brings it back");
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        rustix::termios::tcflush(io::stdin(), rustix::termios::QueueSelector::IFlush)?;
        self.take_again()
    }

    fn take_again(&mut self) -> io::Result<()> {
        take()?;
        self.report_mouse(self.mouse)
    }

    /// Has the terminal report the mouse, or leaves it to the terminal: it selects text then.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    pub fn report_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        execute!(stdout(), Print(if on { mouse::ON } else { mouse::OFF }))
    }

    /// Takes what keeps the keys for another program, once they are listened to.
    pub fn listen(&mut self, gate: Gate) {
        self.gate = Some(gate);
    }

    /// Gives the terminal and its keys to another program while `work` runs it.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn lend<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        if let Some(gate) = &mut self.gate {
            gate.close()?;
        }
        give_back();
        let done = work();
        let taken = self.take_again();
        if let Some(gate) = &mut self.gate {
            gate.open();
        }
        taken.map(|()| done)
    }

    /// Asks the terminal to put a text on its clipboard (OSC 52); whether it did, it does not tell.
    ///
    /// # Errors
    /// When the terminal takes nothing more.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(stdout(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Columns and rows that are drawn on.
    ///
    /// # Errors
    /// When the terminal does not tell.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        area().map(|area| (area.width, area.height))
    }
}

fn area() -> io::Result<Rect> {
    let (width, height) = crossterm::terminal::size()?;
    Ok(Rect::new(0, 0, width.min(MOST), height.min(MOST)))
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)
}

fn give_back() {
    let _ = execute!(stdout(), Print(mouse::OFF), DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _ = disable_raw_mode();
    let _ = stdout().flush();
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}
