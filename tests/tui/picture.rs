//! A screen as a picture: a buffer of cells becomes an SVG, which shows the same wherever there is a monospaced font.

use std::fmt::Write;

use celan::text::width::{Ambiguous, columns};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// A cell of the terminal, in pixels.
const CELL: (usize, usize) = (9, 21);
/// Room around the screen, in pixels.
const MARGIN: usize = 12;
const FOREGROUND: &str = "#d6dbe5";
const BACKGROUND: &str = "#1b2029";

/// Cells side by side that look alike and are equally wide.
struct Run {
    row: usize,
    column: usize,
    columns: usize,
    text: String,
    look: Look,
}

#[derive(PartialEq, Eq)]
struct Look {
    foreground: String,
    background: String,
    modifier: Modifier,
    /// Columns of each character: those of a run are spaced evenly.
    width: usize,
}

/// The screen as an SVG document.
pub(crate) fn svg(buffer: &Buffer, title: &str) -> String {
    let (width, height) =
        (usize::from(buffer.area.width) * CELL.0 + 2 * MARGIN, usize::from(buffer.area.height) * CELL.1 + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" font-size=\"15\" font-family=\"'Noto Sans Mono CJK SC','Sarasa Mono SC','Source Han Mono SC',\
         'Microsoft YaHei Mono','PingFang SC',Menlo,Consolas,monospace\" xml:space=\"preserve\">\n<title>{title}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n",
        title = escaped(title)
    );
    let runs = runs(buffer);
    for run in runs.iter().filter(|run| run.look.background != BACKGROUND) {
        let (x, y) = corner(run);
        let (wide, high) = (run.columns * CELL.0, CELL.1);
        writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" fill=\"{}\"/>", run.look.background).unwrap();
    }
    for run in runs.iter().filter(|run| !run.text.trim().is_empty()) {
        let (x, y) = corner(run);
        let Look { foreground, modifier, .. } = &run.look;
        let weight = if modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
        let line = if modifier.contains(Modifier::UNDERLINED) { " text-decoration=\"underline\"" } else { "" };
        let faint = if modifier.contains(Modifier::DIM) { " opacity=\"0.6\"" } else { "" };
        let (y, length, text) = (y + 16, run.columns * CELL.0, escaped(&run.text));
        let look = format!("fill=\"{foreground}\"{weight}{line}{faint}");
        writeln!(svg, "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\" lengthAdjust=\"spacing\" {look}>{text}</text>").unwrap();
    }
    svg.push_str("</svg>\n");
    svg
}

fn corner(run: &Run) -> (usize, usize) {
    (MARGIN + run.column * CELL.0, MARGIN + run.row * CELL.1)
}

fn runs(buffer: &Buffer) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for row in 0..usize::from(buffer.area.height) {
        let mut column = 0;
        while column < usize::from(buffer.area.width) {
            let cell = &buffer[(u16::try_from(column).unwrap(), u16::try_from(row).unwrap())];
            let width = columns(cell.symbol(), Ambiguous::Narrow).max(1);
            let look = look(cell, width);
            match runs.last_mut().filter(|run| run.row == row && run.column + run.columns == column && run.look == look) {
                Some(run) => {
                    run.text.push_str(cell.symbol());
                    run.columns += width;
                }
                None => runs.push(Run { row, column, columns: width, text: cell.symbol().to_owned(), look }),
            }
            column += width;
        }
    }
    runs
}

fn look(cell: &Cell, width: usize) -> Look {
    let (mut foreground, mut background) = (colour(cell.fg, FOREGROUND), colour(cell.bg, BACKGROUND));
    if cell.modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut foreground, &mut background);
    }
    Look { foreground, background, modifier: cell.modifier & (Modifier::BOLD | Modifier::DIM | Modifier::UNDERLINED), width }
}

/// The colours of a usual dark terminal.
fn colour(colour: Color, plain: &str) -> String {
    let named = match colour {
        Color::Black => "#1b2029",
        Color::Red => "#e06c75",
        Color::Green => "#98c379",
        Color::Yellow => "#e5c07b",
        Color::Blue => "#61afef",
        Color::Magenta => "#c678dd",
        Color::Cyan => "#56b6c2",
        Color::Gray => "#abb2bf",
        Color::DarkGray => "#7a8394",
        Color::LightRed => "#ff8f96",
        Color::LightGreen => "#b5e08c",
        Color::LightYellow => "#ffdd9b",
        Color::LightBlue => "#8cc8ff",
        Color::LightMagenta => "#e2a0f2",
        Color::LightCyan => "#7fdbe6",
        Color::White => "#ffffff",
        Color::Rgb(red, green, blue) => return format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::Indexed(number) => return indexed(number),
        Color::Reset => plain,
    };
    named.to_owned()
}

/// The 256 colours of xterm: 16 named ones, a cube of 6 × 6 × 6, 24 greys.
fn indexed(number: u8) -> String {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    const NAMED: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match number {
        0..16 => colour(NAMED[usize::from(number)], FOREGROUND),
        16..232 => {
            let [red, green, blue] =
                [(number - 16) / 36, (number - 16) / 6 % 6, (number - 16) % 6].map(|step| STEPS[usize::from(step)]);
            colour(Color::Rgb(red, green, blue), FOREGROUND)
        }
        232.. => {
            let grey = 8 + 10 * (number - 232);
            colour(Color::Rgb(grey, grey, grey), FOREGROUND)
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
